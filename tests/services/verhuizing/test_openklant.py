"""Moving out of Open Klant: its dialect, and what refers to each other in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from loket.connectors.zgw import INTERACTIES as APIS
from loket.connectors.zgw import Denied, Patience, Source, TokenAccess, roots_under
from loket.ledger.database import one, rows
from loket.services.verhuizing.moving import Move
from loket.services.verhuizing.options import Options
from loket.services.verhuizing.plan_interacties import INTERACTIES
from loket.services.verhuizing.report import report
from loket.site.cli import assembled
from tests.conftest import Api, make_client
from tests.services.verhuizing.huis import Wire, once, served
from tests.services.verhuizing.openklant import BSN, TOKEN, OpenKlant, filled, key, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.kernel.tenant import Tenant
    from loket.services.verhuizing.report import Report

QUICK = Patience(timeout=5, attempts=4, pause=0.01)
API = "/klantinteracties/api/v1"


@pytest.fixture
def openklant() -> OpenKlant:
    return filled()


@pytest.fixture
def wire(openklant: OpenKlant) -> Wire:
    return Wire(openklant)


@pytest.fixture
def moved(wire: Wire, gemeente: Tenant) -> Iterator[Callable[..., Report]]:
    """Move out of Open Klant into the municipality of this test."""
    del gemeente
    with served(wire) as address:

        def go(token: str = TOKEN, **options: Any) -> Report:
            source = Source(TokenAccess(token), QUICK)
            try:
                move = Move(
                    source, roots_under(address, APIS), Options(**options), None, INTERACTIES
                )
                move.carry_out()
                return report(move)
            finally:
                source.close()

        yield go


@pytest.fixture
def api(gemeente: Tenant) -> Api:
    del gemeente
    return make_client("kijker", purposes=("urn:loket:verwerking:dienstverlening",))


def one_of(api: Api, path: str, name: str) -> Any:
    answer = api.get(f"{API}/{path}/{key(path, name)}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_all_of_it_arrives_and_is_the_same(moved: Callable[..., Report]) -> None:
    made = moved()
    assert {row.resource: (row.bron, row.overgenomen) for row in made.rows} == {
        "klantinteracties/actoren": (1, 1),
        "klantinteracties/categorieen": (1, 1),
        "klantinteracties/partijen": (3, 3),
        "klantinteracties/rekeningnummers": (1, 1),
        "klantinteracties/partij-identificatoren": (3, 3),
        "klantinteracties/categorie-relaties": (1, 1),
        "klantinteracties/vertegenwoordigingen": (1, 1),
        "klantinteracties/klantcontacten": (3, 3),
        "klantinteracties/betrokkenen": (3, 3),
        "klantinteracties/digitaleadressen": (3, 3),
        "klantinteracties/bijlagen": (1, 1),
        "klantinteracties/actorklantcontacten": (3, 3),
        "klantinteracties/onderwerpobjecten": (3, 3),
        "klantinteracties/internetaken": (1, 1),
        "contactgegevens/persoon": (1, 1),
        "contactgegevens/organisatie": (0, 0),
    }
    assert made.goed, made.whole()
    assert not made.niet_overgenomen_velden


def test_what_refers_back_is_there_as_well(moved: Callable[..., Report], api: Api) -> None:
    moved()
    ada = one_of(api, "partijen", "ada")
    assert ada["voorkeursDigitaalAdres"]["uuid"] == key("digitaleadressen", "mail")
    assert ada["voorkeursRekeningnummer"]["uuid"] == key("rekeningnummers", "een")
    assert {each["uuid"] for each in ada["digitaleAdressen"]} == {
        key("digitaleadressen", "mail"), key("digitaleadressen", "werk"),
    }  # fmt: skip
    piet = one_of(api, "partijen", "piet")["partijIdentificatie"]
    assert piet["werkteVoorPartij"]["uuid"] == key("partijen", "bakker")
    vestiging = one_of(api, "partij-identificatoren", "vestiging")
    assert vestiging["subIdentificatorVan"]["uuid"] == key("partij-identificatoren", "kvk")
    taak = one_of(api, "internetaken", "een")
    assert (taak["status"], taak["afgehandeldOp"]) == ("verwerkt", "2023-05-02T10:00:00+00:00")
    assert taak["toegewezenOp"] == "2023-05-01T10:00:00+00:00"
    contact = one_of(api, "klantcontacten", "0")
    assert contact["nummer"] == "0000000000"
    assert contact["plaatsgevondenOp"] == "2023-05-01T10:00:00+00:00"
    assert len(contact["hadBetrokkenen"]) == len(contact["gingOverOnderwerpobjecten"]) == 1


def test_a_second_run_makes_nothing_and_leaves_alone_what_changed_here(
    moved: Callable[..., Report], api: Api
) -> None:
    moved()
    path = f"{API}/partijen/{key('partijen', 'ada')}"
    assert api.patch(path, json={"voorkeursDigitaalAdres": None}).status_code == 200
    again = moved()
    assert sum(row.nieuw + row.bijgewerkt for row in again.rows) == 0
    assert api.get(path).json()["voorkeursDigitaalAdres"] is None


def test_what_changed_at_the_source_is_told_and_taken_over_when_asked(
    moved: Callable[..., Report], openklant: OpenKlant, api: Api
) -> None:
    moved()
    [ada] = [
        each
        for each in openklant.records[f"{API}/partijen"]
        if each["uuid"] == key("partijen", "ada")
    ]
    ada["voorkeursDigitaalAdres"] = ref("digitaleadressen", "werk")
    assert moved().gewijzigd == [ada["url"]]
    assert moved(update=True).goed
    shown = one_of(api, "partijen", "ada")["voorkeursDigitaalAdres"]
    assert shown["uuid"] == key("digitaleadressen", "werk")


def test_cut_off_before_the_end_it_goes_on(
    wire: Wire, moved: Callable[..., Report], api: Api
) -> None:
    wire.faults.append(once(4, 502, "internetaken"))
    with pytest.raises(Exception, match="502"):
        moved()
    assert one_of(api, "partijen", "ada")["voorkeursDigitaalAdres"] is None
    assert moved().goed
    assert one_of(api, "partijen", "ada")["voorkeursDigitaalAdres"] is not None


def test_a_bsn_comes_along_unseen(moved: Callable[..., Report], api: Api) -> None:
    moved()
    bsn = one_of(api, "partij-identificatoren", "bsn")["partijIdentificator"]
    assert bsn["objectId"] == BSN
    for table in ("verhuizing_overname", "ledger_event", "klantinteracties_partijidentificator"):
        held = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the line above
        assert held
        assert not [each for (each,) in held if BSN in each]


def test_a_source_without_contactgegevens_is_told(
    openklant: OpenKlant, moved: Callable[..., Report]
) -> None:
    del openklant.records["/contactgegevens/api/v1/persoon"]
    del openklant.records["/contactgegevens/api/v1/organisatie"]
    made = moved()
    assert made.ontbreekt_bij_bron == ["contactgegevens/organisatie", "contactgegevens/persoon"]
    assert made.goed


def test_nobody_is_told_of_what_moved(moved: Callable[..., Report]) -> None:
    moved()
    made = moved(by="loket klantinteracties copy")
    assert made.goed
    queued = "SELECT count(*) FROM ledger_outbox JOIN ledger_event USING (position)"
    assert one(f"{queued} WHERE actor_label = 'loket klantinteracties copy'")[0] == 0


def test_a_token_that_does_not_hold_is_told(moved: Callable[..., Report]) -> None:
    with pytest.raises(Denied, match="Ongeldige token"):
        moved(token="een ander")


def test_the_command_tells_and_ends_well(wire: Wire, gemeente: Tenant) -> None:
    del gemeente
    with served(wire) as address:
        done = CliRunner().invoke(
            assembled(),
            ["klantinteracties", "copy", "--from", address, "--tenant", "demo"],
            env={"LOKET_KLANTINTERACTIES_TOKEN": TOKEN},
        )
    assert done.exit_code == 0, done.output
    assert "klantinteracties/klantcontacten" in done.stdout
    assert "Alles is er, en gelijk aan de bron." in done.stdout
