"""A register in the dialect INTERACTIES: references with a uuid, pages of the client's size."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.register import INTERACTIES, Register
from loket.grammar.resource import Resource

_LEZEN = ("stalen.lezen",)
_SCHRIJVEN = ("stalen.bijwerken",)

STALEN = Register(
    "stalen",
    "Stalen",
    "stl",
    "0.4.0",
    INTERACTIES,
    description="Stalen, alleen voor de tests.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _SCHRIJVEN,
        "update": _SCHRIJVEN,
        "partial_update": _SCHRIJVEN,
        "destroy": _SCHRIJVEN,
    },
)


class Houder(Record):
    """Waar stalen in liggen."""

    naam = field.text("De naam.", 40)
    stalen = field.back("De STALEN erin.")

    class Meta:
        app_label = "proef"


class Staal(Record):
    """Een staal."""

    nummer = field.number("STAAL", "Het nummer.", once=True)
    naam = field.text("De naam.", 40)
    houder = field.ref(Houder, "De HOUDER.", back="stalen", optional=True, cascade=None)
    zuster = field.ref("proef.Staal", "Het STAAL waar dit bij hoort.", optional=True, cascade=None)
    genomen_op = field.day("Wanneer het genomen is.", optional=True)
    buizen = field.back("De BUIZEN.")
    eerste_buis = field.back("De eerste BUIS.", of="buizen", first="id")
    gelijk_aan = field.refs(Houder, "De HOUDERS waar het op lijkt.")

    class Meta:
        app_label = "proef"


class Buis(Record):
    """Een buis van een staal."""

    staal = field.ref(Staal, "Het STAAL.", back="buizen", once=True)
    inhoud = field.integer("De inhoud in milliliters.", most=10_000)

    class Meta:
        app_label = "proef"


houders = Resource(STALEN, "houders", Houder, filters=["naam", "naam__icontains"])

stalen = Resource(
    STALEN,
    "stalen",
    Staal,
    filters=["nummer", "naam", "houder__uuid", "houder__url", "genomen_op__gte"],
    ordering=["naam"],
)

buizen = Resource(STALEN, "buizen", Buis, parent="staal", filters=["staal__uuid", "inhoud__gte"])
