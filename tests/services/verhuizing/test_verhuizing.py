"""Moving from one municipality's house into another's: what arrives, and that nothing is twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import admitting
from loket.ledger.database import one, rows
from loket.services.verhuizing import admission
from loket.services.verhuizing.report import report
from tests.conftest import Api, make_client
from tests.registers.zaken.zaakwerk import BSN
from tests.services.verhuizing.inboedel import ZAKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.services.verhuizing.moving import Move
    from tests.services.verhuizing.huis import Wire
    from tests.services.verhuizing.inboedel import Inboedel

Json = dict[str, Any]


def state(move: Move) -> list[tuple[Any, ...]]:
    """Return how things stand, without what a single run did."""
    return [
        (row.resource, row.bron, row.overgenomen, row.geweigerd, row.controlegetal_hier)
        for row in report(move).rows
    ]


BY_US = "FROM ledger_event WHERE actor_label = 'loket zgw copy'"


def events() -> int:
    return int(one(f"SELECT count(*) {BY_US}")[0])


def shown(url: str) -> Json:
    """Return a record of the source as this house shows it."""
    path = "/" + url.split("/", 3)[3]
    reader = Api("kijker")
    if reader.get(path).status_code == 403:
        make_client("kijker")
    answer = reader.get(path)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def test_everything_arrives_and_is_the_same(moved: Callable[..., Move]) -> None:
    made = report(moved())
    assert made.goed, made.whole()
    counted = {row.resource: row for row in made.rows}
    assert counted["zaken/zaken"].overgenomen == counted["zaken/zaken"].bron == ZAKEN
    assert counted["catalogi/informatieobjecttypen"].overgenomen >= 2
    for name in ("besluiten/besluiten", "documenten/enkelvoudiginformatieobjecten"):
        assert counted[name].overgenomen == counted[name].bron == 1
    assert counted["documenten/objectinformatieobjecten"].overgenomen == 2
    for name in ("statussen", "rollen", "resultaten", "zaakobjecten", "zaaknotities"):
        row = counted[f"zaken/{name}"]
        assert row.bron == row.overgenomen > 0
    for name in ("zaakeigenschappen", "zaakinformatieobjecten"):
        assert counted[f"zaken/{name}"].overgenomen == 1
    assert list(made.whole()["opmerkingen"]) == []


def test_a_zaak_keeps_its_key_its_dates_and_its_end(
    moved: Callable[..., Move], inboedel: Inboedel
) -> None:
    moved()
    ours, theirs = shown(inboedel.gesloten["url"]), inboedel.gesloten
    for name in ("uuid", "identificatie", "einddatum", "registratiedatum", "archiefnominatie",
                 "archiefactiedatum", "startdatumBewaartermijn", "archiefstatus"):  # fmt: skip
        assert ours[name] == theirs[name], name
    assert ours["status"].rsplit("/", 1)[1] == theirs["status"].rsplit("/", 1)[1]
    assert shown(inboedel.deel["url"])["hoofdzaak"].endswith(inboedel.open["uuid"])
    assert shown(inboedel.deel["url"])["relevanteAndereZaken"][0]["url"].endswith(
        inboedel.gesloten["uuid"]
    )


def test_a_type_keeps_its_publication_and_its_names(
    moved: Callable[..., Move], inboedel: Inboedel
) -> None:
    moved()
    zaaktype = shown(inboedel.typen.zaaktype)
    kinds = inboedel.api.get(inboedel.typen.zaaktype).json()["informatieobjecttypeOmschrijving"]
    assert "Kaartblad" in kinds
    assert zaaktype["concept"] is False
    assert zaaktype["besluittypeOmschrijving"] == ["Vergunning"]
    assert zaaktype["informatieobjecttypeOmschrijving"] == kinds
    assert shown(inboedel.concept["url"])["concept"] is True


def test_a_bsn_is_kept_apart_for_the_purpose_of_the_move(
    moved: Callable[..., Move], inboedel: Inboedel
) -> None:
    moved()
    [initiator] = [
        each
        for url in shown(inboedel.open["url"])["rollen"]
        if (each := shown(url))["omschrijvingGeneriek"] == "initiator"
    ]
    assert initiator["betrokkeneIdentificatie"]["inpBsn"] == BSN
    purposes = rows("SELECT DISTINCT processing_activity_id, name FROM ledger_verwerking")
    assert ("urn:loket:verwerking:verhuizing", "bsn vastleggen") in purposes
    kept = "".join(str(row) for row in rows("SELECT * FROM verhuizing_overname"))
    assert BSN not in kept
    assert BSN not in str(rows("SELECT nieuw FROM ledger_event"))


def test_the_audit_trail_says_where_it_came_from_and_nobody_is_told(
    moved: Callable[..., Move], bron: str
) -> None:
    moved()
    told = rows(f"SELECT DISTINCT toelichting {BY_US}")
    assert told == [(f"overgenomen van {bron}",)]
    later = rows(f"SELECT DISTINCT resource {BY_US} AND actie <> 'create'")
    assert later == [("enkelvoudiginformatieobjecten",)]
    queued = "SELECT count(*) FROM ledger_outbox JOIN ledger_event USING (position)"
    assert one(f"{queued} WHERE actor_label = 'loket zgw copy'")[0] == 0


def test_a_second_time_changes_nothing_and_asks_little(
    moved: Callable[..., Move], wire: Wire
) -> None:
    first = state(moved())
    before = events()
    wire.asked.clear()
    again = moved()
    assert not [where for where in wire.asked if "zaak=" in where]
    assert state(again) == first
    assert events() == before
    assert again.tally.by_resource == {}


def test_a_thorough_second_time_changes_nothing_either(moved: Callable[..., Move]) -> None:
    first = state(moved())
    before = events()
    again = moved(recheck=True, update=True)
    assert (state(again), events()) == (first, before)
    assert {what for run in again.tally.by_resource.values() for what in run} == {"there"}


@pytest.mark.parametrize("writes", [1, 2, 9, 20, 33])
def test_broken_off_at_any_write_it_goes_on_to_the_same_end(
    moved: Callable[..., Move], monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    left = [writes]

    def breaks(*arguments: Any, **keys: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return admitting.admit(*arguments, **keys)

    monkeypatch.setattr(admission, "admit", breaks)
    with pytest.raises(KeyboardInterrupt):
        moved()
    halfway = events()
    assert halfway < writes
    made = moved()
    assert report(made).goed
    created = f"{BY_US} AND actie = 'create'"
    all_of_it = sum(row.overgenomen for row in report(made).rows)
    assert one(f"SELECT count(*) {created}")[0] == all_of_it
    assert one(f"SELECT count(*) {created} GROUP BY key HAVING count(*) > 1") is None


def test_what_changed_at_the_source_is_told_and_taken_over_when_asked(
    moved: Callable[..., Move], wire: Wire, inboedel: Inboedel
) -> None:
    moved()
    wire.rewrites.append(lambda body: body.replace(b"Boom kappen", b"Boom snoeien"))
    told = report(moved())
    assert told.gewijzigd == [inboedel.open["url"]]
    assert not told.goed
    before = events()
    made = report(moved(update=True))
    assert made.goed, made.whole()
    assert events() == before + 1
    assert shown(inboedel.open["url"])["omschrijving"] == "Boom snoeien"


def test_what_was_changed_here_since_shows_in_the_checksum(
    moved: Callable[..., Move], inboedel: Inboedel
) -> None:
    moved()
    path = "/" + inboedel.open["url"].split("/", 3)[3]
    answer = make_client("wijziger").patch(path, json={"omschrijving": "Hier gewijzigd"})
    assert answer.status_code == 200
    made = report(moved())
    assert made.anders == [f"zaken/zaken/{inboedel.open['uuid']}"]


def test_what_the_house_cannot_hold_is_refused_with_the_reason_and_all_below_it(
    moved: Callable[..., Move], wire: Wire, inboedel: Inboedel
) -> None:
    wrong = json.dumps(inboedel.open["omschrijving"]).encode()
    wire.rewrites.append(lambda body: body.replace(wrong, b'"' + b"x" * 81 + b'"'))
    made = report(moved())
    counted = {row.resource: row for row in made.rows}
    assert counted["zaken/zaken"].geweigerd == 2
    assert counted["zaken/zaken"].overgenomen == ZAKEN - 2
    said = {each["url"]: each["reden"] for each in made.whole()["opmerkingen"]}
    assert said[inboedel.open["url"]].startswith("omschrijving: ")
    assert said[inboedel.deel["url"]].startswith("hoofdzaak: ")
    assert sum(reason.startswith("Hoort bij") for reason in said.values()) >= 6
    wire.rewrites.clear()
    assert report(moved()).goed


def test_what_the_rules_would_refuse_comes_in_with_a_remark_or_strictly_not(
    moved: Callable[..., Move], wire: Wire, inboedel: Inboedel
) -> None:
    wire.rewrites.append(lambda body: body.replace(b"voorbeeld.nl/1", b"voorbeeld.nl/2", 9))
    bad = b'"productenOfDiensten":["https://producten.voorbeeld.nl/2"],"vertrouw'
    good = bad.replace(b"nl/2", b"nl/1")
    wire.rewrites[:] = [lambda body: body.replace(good, bad)]
    made = report(moved(strict=True))
    assert {row.resource: row.geweigerd for row in made.rows}["zaken/zaken"] == 2
    made = report(moved())
    said = {each["url"]: each["reden"] for each in made.whole()["opmerkingen"]}
    assert list(said) == [inboedel.open["url"]]
    assert said[inboedel.open["url"]].startswith("productenOfDiensten: ")
    assert made.goed
