"""Procestype: processes that are alike in what is kept of them."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.selectielijst.register import READ_ONLY, SELECTIELIJST


class ProcesType(Record):
    """Een groep processen die op dezelfde manier bewaard of vernietigd worden."""

    nummer = field.integer("Het nummer van het procestype.")
    jaar = field.integer("Het jaar waarin deze lijst van kracht werd.")
    naam = field.text("De naam van het procestype.", 100)
    omschrijving = field.text("De omschrijving van het procestype.", 300)
    toelichting = field.prose("Toelichting op het procestype.", optional=True)
    procesobject = field.text("Waarover de processen gaan.", 80)


procestypen = Resource(
    SELECTIELIJST,
    "procestypen",
    ProcesType,
    public=True,
    verbs=READ_ONLY,
    filters=["jaar"],
    default_order="id",
    expand=[],
    paged=False,
    counted=False,
    with_uuid=False,
)
