"""What the pages of one citizen cost, as the registers of the municipality grow.

He has as much as the busiest citizen: 200 zaken, 500 berichten, 300 contactmomenten and 40 taken;
the first of each came through the front door. Each page is read in this process, as the portal
reads it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.kernel.clock import today
from loket.ledger.database import atomic, connection, counted, one
from loket.registers.berichten.bericht import berichten
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.registers.taken.externetaak import externetaken
from loket.services.mijnservices import berichten as mijnberichten
from loket.services.mijnservices import burger, contactmomenten, overzicht, taken, zaken
from loket.site.bench.copying import insert

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from loket.grammar.resource import Resource

BSN: Final = "999990019"
ZAKEN, BERICHTEN, CONTACTEN, TAKEN = 200, 500, 300, 40
TURNS: Final = 60
MOST_STATEMENTS: Final = 2

_ACTOR: Final = Actor.system("bench")


@dataclass(frozen=True)
class Burger:
    """The citizen, and one of his zaken."""

    actor: Actor
    zaak: UUID

    def pages(self) -> dict[str, Callable[[], object]]:
        """Return what each page reads."""
        return {
            "overzicht": lambda: overzicht.overzicht(self.actor),
            "mijn zaken": lambda: zaken.overzicht(self.actor),
            "één zaak": lambda: zaken.detail(self.actor, self.zaak),
            "mijn taken": lambda: taken.overzicht(self.actor),
            "mijn berichten": lambda: mijnberichten.overzicht(self.actor),
            "mijn contactmomenten": lambda: contactmomenten.overzicht(self.actor),
        }


def furnish(template: UUID) -> Burger:
    """Let a citizen have as much as the busiest one, his zaken as copies of a whole one."""
    actor = burger.from_bsn(BSN, "E. Jansen", "bench")
    with atomic():
        one("SET LOCAL session_replication_role = replica")
        _zaken(template, actor)
        _several(_bericht(), BERICHTEN)
        _several(_taak(), TAKEN)
        _contacten()
    connection().execute("VACUUM ANALYZE")
    row = one(
        "SELECT zaak_id FROM zaken_rol WHERE betrokkene_identificatie_nummer = %s LIMIT 1",
        (actor.number,),
    )
    return Burger(actor, row[0])


def measure(who: Burger, count: int) -> list[dict[str, Any]]:
    """Read each page a number of times; return the quickest, and how many statements it took."""
    figures = []
    for name, read in who.pages().items():
        for _ in range(6):  # the database plans a statement anew for its first five turns
            read()
        with counted() as statements:
            read()
        figures.append(
            {
                "name": f"MijnServices: {name}",
                "rows": count,
                "ms": round(min(_timed(read) for _ in range(TURNS)), 2),
                "statements": len(statements),
            }
        )
    return figures


def table(figures: list[dict[str, Any]]) -> Table:
    """Show the pages, and how many times as much they cost where there is much more."""
    shown = Table(box=None)
    for name in ("pagina", "zaken in het register", "ms", "SQL", "× klein"):
        shown.add_column(name, justify="left" if name == "pagina" else "right")
    small = {each["name"]: each["ms"] for each in figures if each["rows"] == figures[0]["rows"]}
    for each in figures:
        grown = round(each["ms"] / small[each["name"]], 2)
        each["times_small"] = grown
        many = each["statements"] > MOST_STATEMENTS
        statements = f"[red]{each['statements']}[/]" if many else str(each["statements"])
        shown.add_row(
            each["name"], str(each["rows"]), str(each["ms"]), statements,
            str(grown) if each["rows"] != figures[0]["rows"] else "",
        )  # fmt: skip
    return shown


def _timed(read: Callable[[], object]) -> float:
    begun = time.perf_counter()
    read()
    return 1000 * (time.perf_counter() - begun)


def _make(resource: Resource, **body: Any) -> UUID:
    made: UUID = resource.create(_ACTOR, body, Call(base=HOUSE)).record.pk
    return made


def _copies(count: int) -> None:
    one(
        "CREATE TEMP TABLE copied ON COMMIT DROP AS "
        "SELECT uuidv7() AS id, nr FROM generate_series(1, %s::int) nr",
        (count,),
    )


def _several(made: tuple[Resource, UUID], count: int) -> None:
    """Copy a record that is whole by itself."""
    resource, key = made
    _copies(count - 1)
    insert(resource.table, "copied", "t.id = %s", (key,), id="copied.id")
    one("DROP TABLE copied")


def _zaken(template: UUID, actor: Actor) -> None:
    _copies(ZAKEN)
    insert(
        "zaken_zaak", "copied", "t.id = %s", (template,), id="copied.id",
        identificatie="'MIJN-' || copied.nr::text", registratiedatum="current_date - copied.nr",
    )  # fmt: skip
    own = {"id": "uuidv7()", "zaak_id": "copied.id"}
    insert("zaken_status", "copied", "t.zaak_id = %s", (template,), **own)
    own["betrokkene_identificatie_nummer"] = (
        f"CASE WHEN t.betrokkene_identificatie_nummer IS NOT NULL THEN '{actor.number}'::uuid END"
    )
    insert("zaken_rol", "copied", "t.zaak_id = %s", (template,), **own)
    one("DROP TABLE copied")


def _bericht() -> tuple[Resource, UUID]:
    made = _make(
        berichten, onderwerp="Uw vergunning", berichtTekst="Wij hebben besloten.",
        ontvanger=f"urn:nld:brp:bsn:{BSN}", mijnOverheidBerichtenbox=False,
    )  # fmt: skip
    return berichten, made


def _taak() -> tuple[Resource, UUID]:
    made = _make(
        externetaken, titel="Stuur een foto", taakSoort="urltaak",
        einddatumHandelingsTermijn=today().isoformat(),
        isToegewezenAan=f"urn:nld:brp:bsn:{BSN}",
        details={"uitvraagLink": "https://formulier.gemeente.example/1"},
    )  # fmt: skip
    return externetaken, made


def _contacten() -> None:
    naam = {"contactnaam": {"voornaam": "Eva", "achternaam": "Jansen"}}
    partij = _make(partijen, soortPartij="persoon", indicatieActief=True, partijIdentificatie=naam)
    of = {"uuid": str(partij)}
    codes = {
        "codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp",
        "codeSoortObjectId": "bsn", "objectId": BSN,
    }  # fmt: skip
    _make(partij_identificatoren, identificeerdePartij=of, partijIdentificator=codes)
    contact = _make(
        klantcontacten, kanaal="telefoon", onderwerp="Heeft gevraagd wat een vergunning kost.",
        taal="nld", vertrouwelijk=False, inhoud="Mevrouw heeft gevraagd wat dat kost.",
    )  # fmt: skip
    betrokkene = _make(
        betrokkenen, wasPartij=of, hadKlantcontact={"uuid": str(contact)}, rol="klant",
        initiator=True,
    )  # fmt: skip
    _copies(CONTACTEN - 1)
    insert(
        "klantinteracties_klantcontact", "copied", "t.id = %s", (contact,), id="copied.id",
        referentienummer="lpad((9000000000 + copied.nr)::text, 10, '0')",
    )  # fmt: skip
    insert(
        "klantinteracties_betrokkene", "copied", "t.id = %s", (betrokkene,), id="uuidv7()",
        had_klantcontact_id="copied.id",
    )  # fmt: skip
    one("DROP TABLE copied")
