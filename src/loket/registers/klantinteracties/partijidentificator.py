"""Partij-identificator: the number under which a register knows a partij."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties import identificator_regels as regels
from loket.registers.klantinteracties.filters import own_number
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import (
    CodeObjecttype,
    CodeRegister,
    CodeSoortObjectId,
)

_NUMMER = KeyTextTransform("objectId", "partij_identificator")
_SOORT = KeyTextTransform("codeSoortObjectId", "partij_identificator")


EENMAAL = [
    models.UniqueConstraint(
        _SOORT,
        _NUMMER,
        condition=models.Q(sub_identificator_van=None, partij_identificator_nummer=None),
        name="partij_identificator_uniek",
    ),
    models.UniqueConstraint(
        "sub_identificator_van", _SOORT, _NUMMER, name="partij_identificator_onder"
    ),
    models.UniqueConstraint(
        fields=["partij_identificator_nummer"], name="partij_identificator_bsn"
    ),
    models.UniqueConstraint("identificeerde_partij", _SOORT, name="partij_identificator_soort"),
]


class PartijIdentificator(Record):
    """Het nummer waaronder een basisregistratie een partij kent."""

    identificeerde_partij = field.ref(
        Partij, "De PARTIJ.", back="partij_identificatoren", optional=True
    )
    andere_partij_identificator = field.text(
        "Een nummer dat in geen register past.", 200, optional=True, deprecated=True
    )
    partij_identificator = field.numbered(
        "Het nummer, met het register dat het uitgaf.",
        listed=False,
        code_objecttype=field.choice(CodeObjecttype, "Wat voor ding het nummer heeft."),
        code_soort_object_id=field.choice(CodeSoortObjectId, "Wat voor nummer het is."),
        object_id=field.bsn(
            "Het nummer; een BSN staat er alleen voor wie een doel heeft, en nooit in een lijst.",
            when=("codeSoortObjectId", "bsn"),
            longest=200,
        ),
        code_register=field.choice(CodeRegister, "Het register dat het nummer uitgaf."),
    )
    sub_identificator_van = field.ref(
        "klantinteracties.PartijIdentificator",
        "Het nummer waar dit een deel van is, zoals het KVK-nummer bij een vestigingsnummer.",
        back="sub_identificatoren",
        optional=True,
        cascade=False,
    )
    sub_identificatoren = field.back("De nummers die hier een deel van zijn.", hidden=True)

    class Meta:
        verbose_name_plural = "partij-identificatoren"
        indexes: ClassVar = [models.Index(_NUMMER, name="partij_identificator_nr")]
        constraints: ClassVar = EENMAAL


UNIEK = {
    "partij_identificator_uniek": ("partijIdentificator.objectId", "unique"),
    "partij_identificator_onder": ("partijIdentificator.objectId", "unique"),
    "partij_identificator_bsn": ("partijIdentificator.objectId", "unique"),
    "partij_identificator_soort": ("partijIdentificator.codeSoortObjectId", "unique"),
}

partij_identificatoren = Resource(
    KLANTINTERACTIES,
    "partij-identificatoren",
    PartijIdentificator,
    parent="identificeerde_partij",
    checks=[regels.codes_passen],
    rules=[
        regels.vestiging_hoort_bij_kvk,
        regels.is_niet_van_zichzelf,
        regels.soort_blijft_met_delen,
        regels.heeft_geen_delen,
    ],
    filters=["andere_partij_identificator", *own_number("partijIdentificator")],
    unique=UNIEK,
)
