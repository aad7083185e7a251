"""The API of MijnServices: a description of our own, since nobody published one (M1, M2, M54)."""

from __future__ import annotations

from typing import Final

from loket.grammar.register import MIJN, register

LEZEN: Final = ("mijn.lezen",)
BIJWERKEN: Final = ("mijn.bijwerken",)
WIJZIGEN: Final = ("mijn.wijzigen",)
"""To change how somebody is reached. No provider gives it: the door does, beside `mijn.bijwerken`,
to who showed who he is a short while ago (`auth_time`)."""

MIJNSERVICES = register(
    "mijn",
    "MijnServices",
    "mijn",
    "1.0.0",
    MIJN,
    description=(
        "Wat een burger of bedrijf van zichzelf ziet en doet: MijnZaken, MijnTaken, MijnBerichten, "
        "MijnContactmomenten en MijnProfiel, voor portalen, apps, chatbots en andere overheden. "
        "Wie er komt, bewijst een toegangstoken (RFC 9068) van een aanbieder die de gemeente "
        "vertrouwt; een BSN of KVK-nummer staat nooit in een adres."
    ),
    scopes={"list": LEZEN, "retrieve": LEZEN, "update": BIJWERKEN},
)
