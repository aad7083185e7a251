"""Rekeningnummer: the bank account of a partij."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Rekeningnummer(Record):
    """Een rekeningnummer bij een bank."""

    partij = field.ref(Partij, "De PARTIJ.", back="rekeningnummers", optional=True)
    iban = field.text(
        "Het rekeningnummer (ISO 13616).",
        34, pattern="[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}",
    )  # fmt: skip
    bic = field.text("De bank (ISO 9362).", 11, min=8, pattern="[A-Za-z0-9]+", optional=True)


rekeningnummers = Resource(
    KLANTINTERACTIES,
    "rekeningnummers",
    Rekeningnummer,
    parent="partij",
    filters=[Along("uuid", "uuid"), "iban", "bic"],
)
