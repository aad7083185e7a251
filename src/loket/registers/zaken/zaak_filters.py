"""How zaken are found: the query parameters of the list, and those that only _zoek takes."""

from __future__ import annotations

from uuid import UUID

from loket.grammar.filters import Filter, escaped, key_at, taken_by
from loket.grammar.words import Level, Text
from loket.kernel.problems import InvalidValue
from loket.registers.catalogi.waarden import Vertrouwelijkheidaanduiding
from loket.registers.zaken.rol_filters import VAN_ONDERNEMING, of_zaak

_LEVEL = Level("", of=Vertrouwelijkheidaanduiding)
_URI = {"type": "string", "format": "uri"}
_BY_TYPE = "{row}.zaaktype_id = ANY(ARRAY(SELECT y.id FROM catalogi_zaaktype y WHERE y.%s))"


def _kenmerk(raw: str, _: str) -> list[str]:
    bron, colon, kenmerk = raw.partition(":")
    if not colon:
        raise InvalidValue("invalid", "Een kenmerk heeft de vorm bron:kenmerk.")
    return [bron, kenmerk]


def _keys(raw: str, _: str) -> list[UUID]:
    try:
        return [UUID(piece.strip()) for piece in raw.split(",")]
    except ValueError:
        raise InvalidValue("invalid", "Dit is geen geldige UUID.") from None


def _zaaktypen(raw: str, base: str) -> list[UUID]:
    take = key_at("catalogi.ZaakType")
    return [take(piece.strip(), base) for piece in raw.split(",")]


_OWN = (
    Filter(
        "maximaleVertrouwelijkheidaanduiding",
        "{row}.vertrouwelijkheidaanduiding <= {value}",
        taken_by(_LEVEL),
        _LEVEL.schema(),
        "Alleen zaken die hoogstens zo vertrouwelijk zijn.",
    ),
    Filter(
        "omschrijving",
        "{row}.omschrijving ILIKE '%%' || {value} || '%%'",
        lambda raw, _: escaped(raw),
        doc="Een stuk van de omschrijving.",
    ),
    Filter(
        "zaaktype__omschrijving",
        _BY_TYPE % "omschrijving ILIKE '%%%%' || {value} || '%%%%'",
        lambda raw, _: escaped(raw),
        doc="Een stuk van de omschrijving van het zaaktype.",
    ),
    Filter(
        "zaaktype__identificatie",
        _BY_TYPE % "identificatie = {value}",
        taken_by(Text("")),
        doc="De identificatie van het zaaktype, in alle versies.",
    ),
    Filter(
        "kenmerk",
        "{row}.kenmerken @> jsonb_build_array(jsonb_build_object("
        "'bron', ({value}::text[])[1], 'kenmerk', ({value}::text[])[2]))",
        _kenmerk,
        doc="Een kenmerk van de zaak, in de vorm bron:kenmerk.",
    ),
    Filter(
        "kenmerk__bron",
        "{row}.kenmerken @> jsonb_build_array(jsonb_build_object('bron', {value}::text))",
        taken_by(Text("")),
        doc="De administratie waarin de zaak een kenmerk heeft.",
    ),
    Filter(
        "resultaat__resultaattype",
        "{row}.id IN (SELECT r.zaak_id FROM zaken_resultaat r WHERE r.resultaattype_id = {value})",
        key_at("catalogi.ResultaatType"),
        _URI,
        "Het RESULTAATTYPE van het resultaat.",
    ),
    Filter(
        "status__statustype",
        "{row}.id IN (SELECT s.zaak_id FROM zaken_status s WHERE s.statustype_id = {value} "
        "AND NOT EXISTS (SELECT FROM zaken_status l WHERE l.zaak_id = s.zaak_id "
        "AND (l.datum_status_gezet, l.id) > (s.datum_status_gezet, s.id)))",
        key_at("catalogi.StatusType"),
        _URI,
        "Het STATUSTYPE van de laatste status.",
    ),
)

ZAAK_FILTERS = [
    "identificatie", "identificatie__icontains", "bronorganisatie", "bronorganisatie__in",
    "zaaktype", "archiefnominatie", "archiefnominatie__in", "archiefactiedatum",
    "archiefactiedatum__isnull", "archiefactiedatum__lt", "archiefactiedatum__gt",
    "archiefstatus", "archiefstatus__in", "startdatum", "startdatum__gt", "startdatum__gte",
    "startdatum__lt", "startdatum__lte", "registratiedatum", "registratiedatum__gt",
    "registratiedatum__lt", "einddatum", "einddatum__isnull", "einddatum__gt", "einddatum__lt",
    "einddatum_gepland", "einddatum_gepland__gt", "einddatum_gepland__lt",
    "uiterlijke_einddatum_afdoening", "uiterlijke_einddatum_afdoening__gt",
    "uiterlijke_einddatum_afdoening__lt", *_OWN, *of_zaak(),
]  # fmt: skip

ZAAK_ORDERING = [
    "startdatum", "einddatum", "publicatiedatum", "archiefactiedatum", "registratiedatum",
    "identificatie",
]  # fmt: skip

ONLY_ZOEK = (
    Filter("uuid__in", "{row}.id = ANY({value}::uuid[])", _keys),
    Filter("zaaktype__in", "{row}.zaaktype_id = ANY({value}::uuid[])", _zaaktypen),
    Filter("zaaktype__not_in", "{row}.zaaktype_id <> ALL({value}::uuid[])", _zaaktypen),
    VAN_ONDERNEMING,
)
"""Questions that only the body of zaken/_zoek takes."""
