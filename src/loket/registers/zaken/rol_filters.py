"""How rollen are found, and zaken by their rollen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loket.grammar.filters import Filter, taken_by
from loket.grammar.links import Url
from loket.grammar.shapes import Bsn
from loket.grammar.words import Choice, Text, camel
from loket.kernel.problems import InvalidValue
from loket.registers.catalogi.waarden import OmschrijvingGeneriek
from loket.registers.zaken.auth_context import Niveau, hoogstens
from loket.registers.zaken.betrokkenen import NUMMERS
from loket.registers.zaken.waarden import BetrokkeneType, IndicatieMachtiging

_TYPE = Choice("", of=BetrokkeneType)
_LOA = Choice("", of=Niveau)
_GENERIEK = Choice("", of=OmschrijvingGeneriek)


def _bsn(raw: str, _: str) -> str:
    if not raw:
        raise InvalidValue("blank", "Dit veld mag niet leeg zijn.")
    return Bsn("").value(raw)


def _machtiging(raw: str, _: str) -> str:
    if raw not in ("eigen", *IndicatieMachtiging.values):
        raise InvalidValue("invalid_choice", f'"{raw}" is een ongeldige keuze.')
    return "" if raw == "eigen" else raw


def _by_number(kind: str, key: str) -> Filter:
    return Filter(
        f"betrokkeneIdentificatie__{camel(kind)}__{key}",
        f"{{row}}.betrokkene_type = '{kind}' "
        f"AND {{row}}.betrokkene_identificatie ->> '{key}' = {{value}}",
        taken_by(Text("")),
        doc=f"De {key} van de betrokkene.",
    )


BY_NUMBER = (
    Filter(
        "betrokkeneIdentificatie__natuurlijkPersoon__inpBsn",
        "{row}.betrokkene_identificatie_nummer = {value}",
        _bsn,
        doc="Het burgerservicenummer van de betrokkene; vraagt een doelbinding.",
        purposeful=True,
    ),
    *(_by_number(kind, key) for kind, key in NUMMERS),
    Filter(
        "betrokkene",
        "{row}.betrokkene = {value}",
        taken_by(Url("", max=1000)),
        {"type": "string", "format": "uri"},
        "Het adres van de betrokkene.",
    ),
)
"""Filters that leave few rollen, each on an index of its own."""

_ONDERNEMING = (
    ("niet_natuurlijk_persoon", "innNnpId"),
    ("niet_natuurlijk_persoon", "kvkNummer"),
    ("niet_natuurlijk_persoon", "vestigingsNummer"),
    ("vestiging", "vestigingsNummer"),
)

_VAN_EEN = " OR ".join(
    f"(rol.betrokkene_type = '{kind}' "
    f"AND rol.betrokkene_identificatie ->> '{key}' = ANY({{value}}::text[]))"
    for kind, key in _ONDERNEMING
)

VAN_ONDERNEMING = Filter(
    "rol__ondernemingsnummer__in",
    f"{{row}}.id = ANY(ARRAY(SELECT rol.zaak_id FROM zaken_rol rol WHERE {_VAN_EEN}))",  # noqa: S608 - fixed
    lambda raw, _: [piece.strip() for piece in raw.split(",")],
    doc="Nummers van een onderneming en haar vestigingen: KVK-nummer, RSIN, vestigingsnummer.",
)
"""Zaken in which one of these has a rol; which numbers go together is asked elsewhere."""

MACHTIGING = Filter(
    "machtiging",
    "{row}.indicatie_machtiging = {value}",
    _machtiging,
    {"type": "string", "enum": ["eigen", *IndicatieMachtiging.values]},
    "Of de betrokkene gemachtigd is, een ander machtigde, of voor zichzelf handelt.",
)

MACHTIGING_LOA = Filter(
    "machtiging__loa",
    "{row}.authenticatie_context ->> 'levelOfAssurance' = ANY({value}::text[])",
    lambda raw, base: hoogstens(taken_by(_LOA)(raw, base)),
    _LOA.schema(),
    "Alleen rollen waarbij het bewijs hoogstens zo sterk is, van dezelfde soort.",
)

BY_KIND = (
    Filter(
        "betrokkeneType",
        "{row}.betrokkene_type = {value}",
        taken_by(_TYPE),
        _TYPE.schema(),
        "Het type van de betrokkene.",
    ),
    Filter(
        "omschrijvingGeneriek",
        "{row}.roltype_id = ANY(ARRAY(SELECT y.id FROM catalogi_roltype y "
        "WHERE y.omschrijving_generiek = {value}))",
        taken_by(_GENERIEK),
        _GENERIEK.schema(),
        "De algemene aard van de rol.",
    ),
    MACHTIGING,
    MACHTIGING_LOA,
)
"""Filters that leave many."""

OMSCHRIJVING = Filter(
    "omschrijving",
    "{row}.roltype_id = ANY(ARRAY(SELECT y.id FROM catalogi_roltype y "
    "WHERE y.omschrijving = {value}))",
    taken_by(Text("")),
    doc="De omschrijving van het roltype.",
)


def of_zaak() -> list[Any]:
    """Return the same questions asked of zaken: is there a rol for which it holds?"""
    few = "{row}.id = ANY(ARRAY(SELECT rol.zaak_id FROM zaken_rol rol WHERE %s))"
    many = "EXISTS (SELECT FROM zaken_rol rol WHERE rol.zaak_id = {row}.id AND %s)"
    return [
        replace(each, name=f"rol__{each.name}", sql=form % each.sql.replace("{row}", "rol"))
        for form, filters in ((few, BY_NUMBER), (many, BY_KIND))
        for each in filters
    ]
