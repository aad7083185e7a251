"""The API of MijnTaken 0.1.0: nothing is recorded here, it shows what the register Taken holds."""

from __future__ import annotations

from loket.grammar.register import VTB, register

LEZEN = ("mijntaken.lezen",)

MIJNTAKEN = register(
    "mijntaken",
    "MijnTaken",
    "mijntaken",
    "0.1.0",
    VTB,
    major="1",
    description=(
        "Wat een burger of bedrijf nog te doen heeft, voor de portalen die dat tonen. "
        "Deze API leest alleen; een taak wordt gedaan via de Taken API."
    ),
    scopes={"list": LEZEN, "retrieve": LEZEN},
)
