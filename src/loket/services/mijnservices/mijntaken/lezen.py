"""The tasks of one citizen or company, and one task, as JSON that PostgreSQL makes.

Each is one statement: who is meant is found in it (a BSN by its pseudonym, which is logged), and
the address of the municipality's portal too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from loket.grammar.authorisation import STAND
from loket.grammar.links import shown_sql
from loket.grammar.reading import SEARCHED, demand_stand
from loket.kernel.clock import today
from loket.kernel.problems import NotFound
from loket.ledger.database import one
from loket.registers.taken.externetaak import externetaken
from loket.registers.taken.waarden import TaakSoort
from loket.services.mijnservices.mijntaken.vraag import OPEN, STATUSSEN

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.mijntaken.vraag import Klant, Vraag

MOST: Final = 500
"""How many tasks one answer holds: of those to be done the most urgent, of others the newest."""

COMPANY: Final = "urn:nld:hr:kvknummer:"
ZAAK: Final = "urn:nld:loket:zaken:zaak:"
TYPES: Final = {
    TaakSoort.BETAALTAAK: "betaling",
    TaakSoort.FORMULIERTAAK: "formulier",
    TaakSoort.URLTAAK: "url",
}
"""How portals know each kind; a type that they don't know is done behind its `fallbackUrl`.

Without any type it would fit two forms of the published `oneOf`, and so none.
"""

_HUIS: Final = """huis AS (SELECT coalesce((SELECT nullif(rtrim(portaal, '/'), '')
    FROM beheer_instellingen LIMIT 1), %(huis)s::text) AS portaal)"""
"""Where the portal is: where the municipality says, or else where the house does."""

_BSN: Final = (
    SEARCHED + ", wie AS (SELECT nummer, NULL::text AS urn, false AS ruim FROM gezocht)"  # noqa: S608
)
_URN: Final = "WITH wie AS (SELECT NULL::uuid AS nummer, %(urn)s::text AS urn, true AS ruim)"
_PARTIJ: Final = """
WITH RECURSIVE keten(id, verder) AS (
    SELECT id, opgegaan_in_id FROM klantinteracties_partij
    WHERE id = %(partij)s AND regime = ANY(%(regimes)s)
    UNION SELECT p.id, p.opgegaan_in_id FROM keten JOIN klantinteracties_partij p
    ON p.id = keten.verder AND p.regime = ANY(%(regimes)s)
), nummers AS (
    SELECT i.partij_identificator_nummer AS nummer, i.sub_identificator_van_id AS deel_van,
        i.partij_identificator->>'codeSoortObjectId' AS soort,
        i.partij_identificator->>'objectId' AS tekst
    FROM keten JOIN klantinteracties_partijidentificator i ON i.identificeerde_partij_id = keten.id
), wie AS (
    SELECT n.nummer, CASE n.soort WHEN 'kvk_nummer' THEN '{company}' || n.tekst
        WHEN 'vestigingsnummer' THEN '{company}' || (b.partij_identificator->>'objectId')
            || ':vestigingsnummer:' || n.tekst END AS urn,
        NOT EXISTS (SELECT FROM nummers WHERE soort = 'vestigingsnummer') AS ruim
    FROM nummers n LEFT JOIN klantinteracties_partijidentificator b ON b.id = n.deel_van
)""".replace("{company}", COMPANY)
"""What a partij, or the one that it was merged with, is known by; a BSN only by its pseudonym."""

_VAN: Final = """van AS (
    SELECT t.id FROM wie JOIN taken_externetaak t ON t.is_toegewezen_aan_nummer = wie.nummer
    UNION SELECT t.id FROM wie JOIN taken_externetaak t ON t.is_toegewezen_aan = wie.urn
    UNION SELECT t.id FROM wie JOIN taken_externetaak t
    ON wie.ruim AND wie.urn ~ '^{company}[0-9]+$'
        AND t.is_toegewezen_aan ~>=~ (wie.urn || ':vestigingsnummer:')
        AND t.is_toegewezen_aan ~<~ (wie.urn || ':vestigingsnummer;')
)""".replace("{company}", COMPANY)
"""Whose it is; a company, unless it is one of its vestigingen, has the tasks of all of them."""

_SEEN: Final = (
    "t.regime = ANY(%(regimes)s) AND t.startdatum <= %(dag)s::date AND t.status = ANY(%(status)s)"
)
_STATUS: Final = " ".join(
    f"WHEN '{ours}' THEN '{shown}'" for shown, several in STATUSSEN.items() for ours in several
)
_LAST: Final = "(t.einddatum_handelings_termijn + time '23:59:59')"
_DEADLINE: Final = (
    f"to_char({_LAST}, 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+' || to_char({_LAST} - "
    f"({_LAST} AT TIME ZONE 'Europe/Amsterdam' AT TIME ZONE 'UTC'), 'HH24:MI')"
)
"""The end of the last day, as it is in the Netherlands on that day."""

_CONTEXT: Final = """(
    SELECT jsonb_build_object('urn', 'urn:' || substr(g.urn, 5), 'canonicalUrl',
        CASE WHEN g.urn ~ '^{zaak}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN huis.portaal || '/mijn-zaken/' || right(g.urn, 36) || '/' END)
    FROM (SELECT e.x->>'urn' AS urn, e.nr
        FROM jsonb_array_elements(t.is_gerelateerd_aan) WITH ORDINALITY e(x, nr)) g
    ORDER BY g.urn <> %(context)s::text, NOT starts_with(g.urn, '{zaak}'), g.nr LIMIT 1
)""".replace("{zaak}", ZAAK)
"""Of all that a task belongs to: what was asked for, else a zaak of ours, else the first."""

_LINK: Final = shown_sql("t.details->>'uitvraagLink'")
_TYPE: Final = " ".join(f"WHEN '{soort}' THEN '{shown}'" for soort, shown in TYPES.items())
_UITVOERING: Final = (
    f"jsonb_build_object('type', CASE t.taak_soort {_TYPE} END, "
    f"'fallbackUrl', CASE t.taak_soort WHEN '{TaakSoort.URLTAAK}' THEN {_LINK} "
    "ELSE huis.portaal || '/mijn-taken/' || t.id || '/' END)"
)
_INFO: Final = (
    "jsonb_strip_nulls(jsonb_build_object('uuid', t.id, "
    "'titel', jsonb_build_object('nl', t.titel), 'toelichting', "
    "CASE WHEN t.toelichting <> '' THEN jsonb_build_object('nl', t.toelichting) END, "
    f"'status', CASE t.status {_STATUS} END, 'deadline', {_DEADLINE}, 'context', {_CONTEXT}, "
    f"'uitvoering', CASE WHEN t.status = '{OPEN}' THEN {_UITVOERING} END))"
)
_HERE: Final = (
    f"CASE WHEN t.status = '{OPEN}' AND t.taak_soort = '{TaakSoort.FORMULIERTAAK}' THEN "
    f"jsonb_build_object('uitvoering', {_UITVOERING} || jsonb_build_object("
    f"'submitUrl', {externetaken.url_sql('t')}, 'schema', t.details->'formulierDefinitie')) "
    "ELSE '{}' END"
)
"""What a portal needs to let a form be filled in on its own pages.

What comes of it is sent to the task itself: a PATCH with `details.ontvangenGegevens` and the
status, by an application that has the scope for it.
"""


def zoek(actor: Actor, call: Call, vraag: Vraag) -> bytes:
    """Return the tasks of whom is asked after; of somebody unknown there are none."""
    params = {
        **_params(actor, call),
        "bsn": vraag.klant.bsn,
        "urn": vraag.klant.urn,
        "partij": vraag.klant.partij,
        "context": vraag.context,
        "status": list(vraag.statussen),
        "hoogstens": MOST,
    }
    stand, shown = one(_list_sql(_found(vraag.klant)), params)
    demand_stand(actor, stand)
    return bytes(shown)


def taak(actor: Actor, call: Call) -> bytes:
    """Return one task; NotFound when there is none that may be seen."""
    seen = [ours for several in STATUSSEN.values() for ours in several]
    params = {**_params(actor, call), "key": call.key, "context": "", "status": seen}
    stand, shown = one(_DETAIL, params)
    demand_stand(actor, stand)
    if shown is None:
        raise NotFound
    return bytes(shown)


def _params(actor: Actor, call: Call) -> dict[str, Any]:
    return {
        "base": call.base,
        "dag": today(),
        "doel": actor.purpose,
        "huis": str(settings.PUBLIC_URL),
        "regimes": [regime.value for regime in actor.regimes],
        "trace": call.trace,
        "wie": actor.logged_as,
    }


def _found(klant: Klant) -> str:
    if klant.bsn:
        return _BSN
    return _PARTIJ if klant.partij else _URN


@cache
def _list_sql(found: str) -> str:
    """Return the statement, given the one that finds who is meant."""
    days = "t.einddatum_handelings_termijn - date '2000-01-01'"
    rows = (
        f"SELECT {_INFO} AS info, t.status <> '{OPEN}' AS gedaan, t.id, "  # noqa: S608 - constants
        f"CASE t.status WHEN '{OPEN}' THEN {days} ELSE -({days}) END AS haast "
        "FROM taken_externetaak t CROSS JOIN huis "
        f"WHERE t.id IN (SELECT id FROM van) AND {_SEEN} AND (%(context)s::text = '' OR "
        "t.is_gerelateerd_aan @> jsonb_build_array(jsonb_build_object('urn', %(context)s::text))) "
        "ORDER BY gedaan, haast, id LIMIT %(hoogstens)s"
    )
    listed = "coalesce(json_agg(info ORDER BY gedaan, haast, id), '[]')"
    return (
        f"{found}, {_VAN}, {_HUIS} SELECT {STAND}, json_build_object('taken', {listed}) "  # noqa: S608
        f"FROM ({rows}) r"
    )


_DETAIL: Final = (
    f"WITH {_HUIS} SELECT {STAND}, (SELECT ({_INFO} || {_HERE})::json "  # noqa: S608 - constants
    f"FROM taken_externetaak t CROSS JOIN huis WHERE t.id = %(key)s AND {_SEEN})"
)
