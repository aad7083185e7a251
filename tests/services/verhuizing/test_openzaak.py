"""Moving out of Open Zaak: its dialect, its faults, and what it says when it does not let us in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.zgw import (
    Access,
    Denied,
    NotZgw,
    Patience,
    Source,
    Unreachable,
    roots_under,
)
from loket.kernel import tenant
from loket.ledger.database import one
from loket.services.verhuizing.moving import Move
from loket.services.verhuizing.options import Options, Stopped
from loket.services.verhuizing.report import report
from tests.conftest import SECRET, Api, make_client
from tests.services.verhuizing.huis import CUT, SLOW, Wire, once, served
from tests.services.verhuizing.openzaak import OpenZaak, at, filled, key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.kernel.tenant import Tenant
    from loket.services.verhuizing.report import Report

QUICK = Patience(timeout=5, attempts=4, pause=0.01)


@pytest.fixture
def openzaak() -> OpenZaak:
    return filled()


@pytest.fixture
def wire(openzaak: OpenZaak) -> Wire:
    return Wire(openzaak)


@pytest.fixture
def moved(wire: Wire, gemeente: Tenant) -> Iterator[Callable[..., Report]]:
    """Move out of Open Zaak into the municipality of this test."""
    del gemeente
    with served(wire) as address:

        def go(secret: str = SECRET, patience: Patience = QUICK, **options: Any) -> Report:
            source = Source(Access("verhuizer", secret), patience)
            try:
                move = Move(source, roots_under(address), Options(**options))
                move.carry_out()
                return report(move)
            finally:
                source.close()

        yield go


def shown(path: str) -> Any:
    reader = Api("kijker")
    if reader.get(path).status_code == 403:
        make_client("kijker")
    answer = reader.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_all_of_it_arrives_page_by_page(moved: Callable[..., Report]) -> None:
    made = moved()
    counted = {row.resource: (row.bron, row.overgenomen) for row in made.rows}
    assert counted["zaken/zaken"] == (5, 5)
    assert counted["zaken/statussen"] == (6, 6)
    assert counted["zaken/rollen"] == (5, 5)
    assert counted["catalogi/zaaktypen"] == (2, 2)
    assert made.goed, made.whole()
    said = {each["url"]: each["reden"] for each in made.whole()["opmerkingen"]}
    for name in ("oud", "nieuw"):
        reason = said.pop(at("catalogi", "zaaktypen", name))
        assert reason.startswith("referentieproces.naam: ")
    assert list(said) == [at("catalogi", "resultaattypen", "af")]
    assert "selectielijstklasse: " in next(iter(said.values()))


def test_what_has_no_place_here_is_told(moved: Callable[..., Report]) -> None:
    made = moved()
    assert made.niet_overgenomen_velden == {"zaken/zaken: eigenVeld": 1}
    assert made.ontbreekt_bij_bron == []


def test_a_bsn_that_the_source_does_not_show_is_told(moved: Callable[..., Report]) -> None:
    assert moved().zonder_bsn == 1


def test_what_the_house_otherwise_works_out_is_as_it_was(moved: Callable[..., Report]) -> None:
    moved()
    zaak = shown(f"/zaken/api/v1/zaken/{key('zaken3')}")
    assert zaak["opschorting"] == {"indicatie": False, "eerdereOpschorting": True, "reden": ""}
    assert zaak["laatstGemuteerd"].startswith("2024-01-01T00:00:00")


def test_addresses_become_ours_and_those_of_others_stay(moved: Callable[..., Report]) -> None:
    moved()
    nieuw = shown(f"/catalogi/api/v1/zaaktypen/{key('zaaktypennieuw')}")
    here = f"http://{Api().host}/catalogi/api/v1/zaaktypen"
    assert nieuw["deelzaaktypen"] == [f"{here}/{key('zaaktypenoud')}"]
    assert [each["zaaktype"] for each in nieuw["gerelateerdeZaaktypen"]] == [
        f"{here}/{key('zaaktypenoud')}",
        f"https://elders.example/catalogi/api/v1/zaaktypen/{key('elders')}",
    ]
    assert nieuw["selectielijstProcestype"].startswith("https://selectielijst.openzaak.nl/")
    zaak = shown(f"/zaken/api/v1/zaken/{key('zaken2')}")
    assert zaak["relevanteAndereZaken"][0]["url"].endswith(key("zaken1"))
    assert zaak["relevanteAndereZaken"][0]["url"].startswith(f"http://{Api().host}/zaken/")


def test_a_closed_zaak_and_a_deelzaak_are_as_they_were(moved: Callable[..., Report]) -> None:
    moved()
    closed = shown(f"/zaken/api/v1/zaken/{key('zaken1')}")
    assert (closed["einddatum"], closed["archiefactiedatum"]) == ("2021-05-06", "2022-05-06")
    assert closed["startdatumBewaartermijn"] is None
    deelzaak = shown(f"/zaken/api/v1/zaken/{key('zaken0')}")
    assert deelzaak["hoofdzaak"].endswith(key("zaken4"))
    rol = shown(f"/zaken/api/v1/rollen/{key('rollen1')}")
    assert rol["betrokkeneIdentificatie"]["inpBsn"] == "999990019"
    assert rol["registratiedatum"].startswith("2021-03-04T09:10:11.121314")


def test_a_besluit_and_its_mirror_under_the_zaak_arrive(moved: Callable[..., Report]) -> None:
    made = moved()
    counted = {row.resource: row for row in made.rows}
    assert counted["besluiten/besluiten"].overgenomen == counted["besluiten/besluiten"].bron == 2
    besluit = shown(f"/besluiten/api/v1/besluiten/{key('besluiteneen')}")
    assert besluit["zaak"].endswith(key("zaken1"))
    assert besluit["identificatie"] == "BESLUIT-2021-0000000001"
    [mirror] = shown(f"/zaken/api/v1/zaken/{key('zaken1')}/besluiten")
    assert mirror["uuid"] == key("besluiten-bij-zaak")
    assert mirror["besluit"] == besluit["url"]


@pytest.mark.parametrize(
    "fault",
    [
        once(3, 500),
        once(3, 503, "statussen?"),
        once(2, CUT, "/zaken/"),
        once(3, 429, "rollen"),
        once(1, SLOW, "/zaken/api/v1/zaken"),
    ],
    ids=["500", "503", "cut", "429", "slow"],
)
def test_a_source_that_falters_is_asked_again(
    moved: Callable[..., Report], wire: Wire, fault: Callable[[str], int]
) -> None:
    wire.faults.append(fault)
    assert moved(patience=Patience(timeout=1, attempts=4, pause=0.01)).goed


def test_a_zaak_that_the_source_cannot_give_waits_for_a_next_time(
    moved: Callable[..., Report], wire: Wire
) -> None:
    part = f"zaken%2Fapi%2Fv1%2Fzaken%2F{key('zaken3')}"
    wire.faults.append(once(10_000, 500, part))
    made = moved()
    counted = {row.resource: row for row in made.rows}
    assert (counted["zaken/zaken"].overgenomen, counted["zaken/zaken"].mislukt) == (4, 1)
    assert not made.goed
    wire.faults.clear()
    assert moved().goed


@pytest.mark.parametrize("requests", [1, 8, 14, 25, 33])
def test_a_host_that_goes_down_halfway_is_told_and_gone_on_with(
    moved: Callable[..., Report], wire: Wire, requests: int
) -> None:
    wire.faults.append(lambda _: CUT if len(wire.asked) > requests else 0)
    with pytest.raises(Unreachable, match="is niet bereikbaar"):
        moved()
    wire.faults.clear()
    assert moved().goed
    assert (
        one(
            "SELECT count(*) FROM ledger_event WHERE actor_label = 'loket zgw copy' "
            "AND actie = 'create' GROUP BY key HAVING count(*) > 1"
        )
        is None
    )


def test_a_list_that_grows_while_we_walk_it_is_walked_again(
    moved: Callable[..., Report], wire: Wire, openzaak: OpenZaak
) -> None:
    zaken = openzaak.records["/zaken/api/v1/zaken"]
    late = zaken.pop()

    def grow(where: str) -> int:
        if "/zaken/api/v1/zaken?page=2" in where and late not in zaken:
            zaken.insert(0, late)
        return 0

    wire.faults.append(grow)
    made = moved()
    assert {row.resource: row.overgenomen for row in made.rows}["zaken/zaken"] == 5
    assert made.goed, made.whole()


def test_stop_at_the_first_that_is_refused(
    moved: Callable[..., Report], openzaak: OpenZaak
) -> None:
    openzaak.records["/zaken/api/v1/zaken"][1]["bronorganisatie"] = "123"
    with pytest.raises(Stopped, match="bronorganisatie: RSIN moet 9 tekens lang zijn"):
        moved(stop=True)
    assert one("SELECT count(*) FROM zaken_zaak")[0] < 4
    made = moved()
    assert {row.resource: row.geweigerd for row in made.rows}["zaken/zaken"] == 1


def test_a_wrong_secret_is_told_as_that(moved: Callable[..., Report]) -> None:
    with pytest.raises(Denied, match="de client-id of het geheim wordt niet aanvaard"):
        moved(secret="another secret of thirty-two characters")


def test_a_missing_right_is_told_as_that(moved: Callable[..., Report], openzaak: OpenZaak) -> None:
    openzaak.forbidden.add("/zaken/api/v1/rollen")
    with pytest.raises(Denied, match=r"rollen.*deze client mag dit niet lezen"):
        moved()


def test_what_is_no_zgw_api_is_told_as_that(gemeente: Tenant) -> None:
    assert tenant.current() is gemeente

    def page(environ: Any, start: Any) -> list[bytes]:
        del environ
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<html></html>"]

    source = Source(Access("a", SECRET), QUICK)
    with served(Wire(page)) as address:
        move = Move(source, roots_under(address), Options())
        with pytest.raises(NotZgw, match="is dit de API"):
            move.carry_out()
    source.close()


def test_nobody_there_is_told_as_that(gemeente: Tenant) -> None:
    assert tenant.current() is gemeente
    source = Source(Access("a", SECRET), Patience(attempts=2, pause=0.01))
    move = Move(source, roots_under("http://127.0.0.1:9"), Options())
    with pytest.raises(Unreachable, match="is niet bereikbaar"):
        move.carry_out()
    source.close()


def test_a_token_never_goes_to_another_host(
    moved: Callable[..., Report], wire: Wire, openzaak: OpenZaak
) -> None:
    elsewhere = Wire(openzaak)
    with served(elsewhere) as address:
        wire.rewrites.append(
            lambda body: body.replace(b'"next": "https://openzaak.gemeente.example',
                                      f'"next": "{address}'.encode())
        )  # fmt: skip
        assert moved().goed
    assert elsewhere.asked == []
