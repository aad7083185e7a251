"""Partijen and klantcontacten to measure: one of each through the front door, then copies.

A partij gets five klantcontacten, a telephone number, an e-mail address and a KVK-nummer; names are
made of `WORDS` different words, as in a real municipality, where few words are in many names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.installing import recount
from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.ledger.database import atomic, connection, one, rows
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.site.bench.copying import insert
from loket.site.bench.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from loket.grammar.resource import Resource

STEP = 20_000
EACH = 5
"""Klantcontacten of one partij."""

WORDS = 50_000
KNOWN = 5_000
"""The number of the partij that is asked for."""

_ROOT = "/klantinteracties/api/v1"
_ACTOR = Actor.system("bench")
_WORD = "'w' || md5((nr %% {0})::text || '{1}')"
_SURNAME = _WORD.format(WORDS, "achternaam")
_FIRST = _WORD.format(2_000, "voornaam")


def _make(resource: Resource, **body: Any) -> UUID:
    made: UUID = resource.create(_ACTOR, body, Call(base=HOUSE)).record.pk
    return made


def furnish() -> UUID:
    """Make the partij of which the others are copies, with one klantcontact; return its key."""
    with atomic():
        naam = {"voornaam": "Eva", "achternaam": "Jansen"}
        partij = _make(
            partijen, soortPartij="persoon", indicatieActief=True,
            partijIdentificatie={"contactnaam": naam},
        )  # fmt: skip
        of = {"uuid": str(partij)}
        _make(
            partij_identificatoren, identificeerdePartij=of,
            partijIdentificator={
                "codeObjecttype": "niet_natuurlijk_persoon", "codeRegister": "hr",
                "codeSoortObjectId": "kvk_nummer", "objectId": "00000000",
            },
        )  # fmt: skip
        for soort, adres in (("email", "eva@voorbeeld.nl"), ("telefoonnummer", "0600000000")):
            _make(digitaleadressen, soortDigitaalAdres=soort, adres=adres, verstrektDoorPartij=of)
        contact = _make(
            klantcontacten, kanaal="telefoon", onderwerp="Parkeervergunning", taal="nld",
            vertrouwelijk=False, inhoud="Mevrouw heeft gevraagd wat een vergunning kost.",
        )  # fmt: skip
        _make(
            betrokkenen, wasPartij=of, hadKlantcontact={"uuid": str(contact)}, rol="klant",
            initiator=True,
        )  # fmt: skip
    return partij


def grow(template: UUID, count: int, tell: Callable[[int], None]) -> None:
    """Copy partijen, with what is theirs, until there are `count`."""
    have = one("SELECT count(*) FROM klantinteracties_partij")[0]
    indexes = _without_indexes() if count - have > 10 * STEP else []
    while have < count:
        step = min(STEP, count - have)
        with atomic():
            one("SET LOCAL session_replication_role = replica")
            one("SET LOCAL synchronous_commit = off")
            _copy(template, have, step)
        have += step
        tell(have)
    for sql in indexes:
        one(sql)
    one("INSERT INTO klantinteracties_naamwoord SELECT DISTINCT unnest(naam_woorden) "
        "FROM klantinteracties_partij ON CONFLICT DO NOTHING")  # fmt: skip
    for resource in (partijen, klantcontacten, betrokkenen, digitaleadressen):
        if resource.counted:
            recount(resource)
    connection().execute("VACUUM ANALYZE")
    connection().execute("CHECKPOINT")


def _without_indexes() -> list[str]:
    """Take the inverted indexes away, which are quicker made anew; return how."""
    found = rows(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%% USING gin %%' "
        "AND tablename LIKE 'klantinteracties_%%' AND indexname <> 'naamwoord_lijkt'"
    )
    for name, _ in found:
        one(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _copy(template: UUID, have: int, count: int) -> None:
    one(
        "CREATE TEMP TABLE copied ON COMMIT DROP AS "
        "SELECT uuidv7() AS id, nr FROM generate_series(%s::int, %s::int) nr",
        (have + 1, have + count),
    )
    name = (
        f"jsonb_build_object('contactnaam', jsonb_build_object('voornaam', {_FIRST}, "
        f"'achternaam', {_SURNAME}), 'volledigeNaam', {_FIRST} || ' ' || {_SURNAME})"
    )
    insert(
        "klantinteracties_partij", "copied", "t.id = %s", (template,),
        id="copied.id", nummer="lpad(copied.nr::text, 10, '0')", partij_identificatie=name,
    )  # fmt: skip
    insert(
        "klantinteracties_partijidentificator", "copied", "t.identificeerde_partij_id = %s",
        (template,), id="uuidv7()", identificeerde_partij_id="copied.id",
        partij_identificator="t.partij_identificator || jsonb_build_object("
        "'objectId', lpad(copied.nr::text, 8, '0'))",
    )  # fmt: skip
    insert(
        "klantinteracties_digitaaladres", "copied", "t.verstrekt_door_partij_id = %s",
        (template,), id="uuidv7()", verstrekt_door_partij_id="copied.id",
        adres="CASE t.soort_digitaal_adres WHEN 'email' THEN 'nr' || nr || '@voorbeeld.nl' "
        "ELSE '06' || lpad(nr::text, 8, '0') END",
    )  # fmt: skip
    _copy_contacts(template)


def _copy_contacts(template: UUID) -> None:
    one(
        "CREATE TEMP TABLE contacts ON COMMIT DROP AS SELECT uuidv7() AS id, c.id AS partij, "
        "(c.nr - 1) * %s + n AS nr FROM copied c, generate_series(1, %s::int) n",
        (EACH, EACH),
    )
    (contact,) = one(
        "SELECT had_klantcontact_id FROM klantinteracties_betrokkene WHERE was_partij_id = %s",
        (template,),
    )
    insert(
        "klantinteracties_klantcontact", "contacts", "t.id = %s", (contact,),
        id="contacts.id", referentienummer="'9' || lpad(contacts.nr::text, 9, '0')",
        plaatsgevonden_op="timestamptz '2020-01-01' + contacts.nr * interval '30 seconds'",
    )  # fmt: skip
    insert(
        "klantinteracties_betrokkene", "contacts", "t.had_klantcontact_id = %s", (contact,),
        id="uuidv7()", had_klantcontact_id="contacts.id", was_partij_id="contacts.partij",
    )  # fmt: skip


def scale() -> list[Request]:
    """Return what must cost the same however many partijen there are."""
    key, name = one(
        "SELECT id, partij_identificatie->>'volledigeNaam' FROM klantinteracties_partij "
        "WHERE nummer = %s",
        (f"{KNOWN:010}",),
    )
    wrong = name[:-3] + name[-2:]  # a letter fell out
    contacten, zoek = f"{_ROOT}/klantcontacten", f"{_ROOT}/zoek"
    kvk = f"hadBetrokkene__wasPartij__partijIdentificator__objectId={KNOWN:08}"
    return [
        Request("partijen, bladzijde 1", f"{_ROOT}/partijen"),
        Request("klantcontacten, bladzijde 1", contacten),
        Request(
            "klantcontacten van een partij", f"{contacten}?hadBetrokkene__wasPartij__uuid={key}"
        ),
        Request("klantcontacten, op KVK-nummer", f"{contacten}?{kvk}"),
        Request("klantcontacten van een onderneming", f"{contacten}?onderneming={KNOWN:08}"),
        Request("zoek, naam", zoek, "POST", {"vraag": name}, reads=True),
        Request("zoek, naam met een fout", zoek, "POST", {"vraag": wrong}, reads=True),
        Request("zoek, telefoon", zoek, "POST", {"vraag": f"+31 6 {KNOWN:08}"}, reads=True),
        Request("zoek, e-mail", zoek, "POST", {"vraag": f"nr{KNOWN}@voorbeeld.nl"}, reads=True),
    ]


def writes() -> list[Request]:
    """Return the command by which a contact is recorded, of a partij that nobody asks for."""
    number = f"{KNOWN + 1:010}"
    (key,) = one("SELECT id FROM klantinteracties_partij WHERE nummer = %s", (number,))
    body = {
        "klantcontact": {
            "kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False,
            "inhoud": "Mevrouw heeft een afspraak gemaakt.",
        },
        "betrokkene": {"wasPartij": {"uuid": str(key)}, "rol": "klant", "initiator": True},
    }  # fmt: skip
    return [Request("maak-klantcontact", f"{_ROOT}/maak-klantcontact", "POST", body, bar=3)]
