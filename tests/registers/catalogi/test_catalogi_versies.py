"""Versions of types: being concept, being published, and the days on which they are valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import ExclusionViolation, atomic, one
from tests.conftest import make_client
from tests.registers.catalogi.beheer import PARTS, ROOT, Beheer, faults, urls

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api


KINDS = {
    "zaaktypen": Beheer.zaaktype,
    "besluittypen": Beheer.besluittype,
    "informatieobjecttypen": Beheer.informatieobjecttype,
}
kinds = pytest.mark.parametrize(("path", "make"), KINDS.items(), ids=KINDS)


def events(url: str) -> int:
    """Return how many events a record has."""
    return int(one("SELECT count(*) FROM ledger_event WHERE key = %s", (url[-36:],))[0])


@pytest.mark.rule("ztc-concept")
@kinds
def test_a_list_holds_what_is_published_unless_asked_otherwise(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    concept, published = make(beheer, "een"), beheer.published(make(beheer, "twee"))
    assert (concept["concept"], published["concept"]) == (True, False)
    assert urls(beheer.listed(path)) == {published["url"]}
    assert urls(beheer.listed(path, status="definitief")) == {published["url"]}
    assert urls(beheer.listed(path, status="concept")) == {concept["url"]}
    assert urls(beheer.listed(path, status="alles")) == {concept["url"], published["url"]}
    assert faults(beheer.api.get(f"{ROOT}/{path}?status=anders")) == {("status", "invalid_choice")}


@pytest.mark.rule("ztc-oas")
def test_parts_of_a_concept_are_not_listed_unless_asked(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()
    statustype = beheer.statustype(zaaktype)
    assert beheer.listed("statustypen", zaaktype=zaaktype["url"]) == []
    found = beheer.listed("statustypen", zaaktype=zaaktype["url"], status="alles")
    assert urls(found) == {statustype["url"]}
    beheer.published(zaaktype)
    assert urls(beheer.listed("statustypen")) == {statustype["url"]}


@pytest.mark.rule("ztc-geldigheid")
@kinds
def test_a_day_finds_the_version_of_that_day(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    old = beheer.published(make(beheer, "een", eindeGeldigheid="2024-06-30"))
    new = beheer.published(make(beheer, "een", beginGeldigheid="2024-07-01"))
    assert urls(beheer.listed(path)) == {old["url"], new["url"]}
    assert urls(beheer.listed(path, datumGeldigheid="2024-06-30")) == {old["url"]}
    assert urls(beheer.listed(path, datumGeldigheid="2024-07-01")) == {new["url"]}
    assert beheer.listed(path, datumGeldigheid="2023-12-31") == []
    bad = beheer.api.get(f"{ROOT}/{path}?datumGeldigheid=gisteren")
    assert faults(bad) == {("datumGeldigheid", "invalid")}


@pytest.mark.rule("ztc-concept")
@kinds
def test_publication_ends_the_version_before(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    old = beheer.published(make(beheer, "een"))
    new = beheer.published(make(beheer, "een", beginGeldigheid="2025-03-01"))
    assert beheer.read(old["url"])["eindeGeldigheid"] == "2025-02-28"
    assert new["eindeGeldigheid"] is None
    assert urls(beheer.listed(path, datumGeldigheid="2025-02-28")) == {old["url"]}
    assert events(old["url"]) == 3  # made, published, ended


@pytest.mark.rule("ztc-concept")
@kinds
def test_publishing_twice_changes_nothing(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    del path
    made = make(beheer, "een")
    assert beheer.published(made) == beheer.published(made)
    assert events(made["url"]) == 2


@pytest.mark.rule("ztc-concept")
def test_publication_needs_the_right_to_write(beheer: Beheer) -> None:
    made = beheer.zaaktype()
    lezer = make_client("lezer", [{"component": "ztc", "scopes": ["catalogi.lezen"]}])
    assert lezer.post(f"{made['url']}/publish").status_code == 403
    assert beheer.read(made["url"])["concept"] is True
    unknown = made["url"][:-12] + "000000000000"
    assert beheer.api.post(f"{unknown}/publish").status_code == 404


@pytest.mark.rule("ztc-016")
@kinds
def test_ztc_016_versions_never_overlap(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    beheer.published(make(beheer, "een", eindeGeldigheid="2024-12-31"))
    body = make(beheer, "een", beginGeldigheid="2025-06-01", eindeGeldigheid="2025-12-31")
    later = beheer.published(body)
    overlap = {("beginGeldigheid", "overlap")}

    def refused(**days: Any) -> None:
        with pytest.raises(AssertionError, match="overlap"):
            make(beheer, "een", **days)

    refused(beginGeldigheid="2024-12-31", eindeGeldigheid="2025-01-31")  # within one
    refused(beginGeldigheid="2025-01-01", eindeGeldigheid="2025-06-01")  # both days count
    refused(beginGeldigheid="2025-01-01")  # without an end
    refused(beginGeldigheid="2025-06-01")  # the same first day
    between = make(beheer, "een", beginGeldigheid="2025-01-01", eindeGeldigheid="2025-05-31")
    beheer.published(between)
    longer = beheer.api.patch(between["url"], json={"eindeGeldigheid": "2025-06-01"})
    assert faults(longer) == overlap
    assert urls(beheer.listed(path, datumGeldigheid="2025-06-01")) == {later["url"]}


@pytest.mark.rule("ztc-016")
def test_ztc_016_holds_for_concepts_that_grew_together(beheer: Beheer) -> None:
    one_of_them = beheer.zaaktype(beginGeldigheid="2024-01-01", eindeGeldigheid="2024-12-31")
    other = beheer.zaaktype(beginGeldigheid="2024-06-01", eindeGeldigheid="2025-06-01")
    beheer.published(one_of_them)
    assert faults(beheer.publish(other)) == {("beginGeldigheid", "overlap")}
    assert beheer.read(other["url"])["concept"] is True


@pytest.mark.rule("ztc-016")
def test_ztc_016_is_held_by_the_database(beheer: Beheer) -> None:
    beheer.published(beheer.zaaktype(eindeGeldigheid="2024-12-31"))
    other = beheer.zaaktype(beginGeldigheid="2025-01-01")
    sql = "UPDATE catalogi_zaaktype SET concept = false, begin_geldigheid = %s WHERE id = %s"
    with pytest.raises(ExclusionViolation), atomic():
        one(sql, ("2024-12-31", other["url"][-36:]))
    with atomic():
        one(sql, ("2025-01-01", other["url"][-36:]))


@pytest.mark.rule("ztc-016")
def test_ztc_016_names_the_fault_that_the_database_found(
    beheer: Beheer, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = beheer.zaaktype(beginGeldigheid="2024-06-01", eindeGeldigheid="2024-06-30")
    first = beheer.published(beheer.zaaktype(eindeGeldigheid="2024-12-31"))
    beheer.published(beheer.zaaktype(beginGeldigheid="2025-01-01"))
    overlap = {("beginGeldigheid", "overlap")}
    monkeypatch.setattr(
        "loket.registers.catalogi.versie._overlap", lambda versie: type(versie).objects.none()
    )
    longer = beheer.api.patch(first["url"], json={"eindeGeldigheid": "2025-01-01"})
    assert faults(longer) == overlap
    assert faults(beheer.publish(late)) == overlap


@pytest.mark.rule("ztc-geldigheid")
@kinds
def test_the_last_day_is_not_before_the_first(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    made = make(beheer, "een")
    answer = beheer.api.patch(made["url"], json={"eindeGeldigheid": "2023-12-31"})
    assert faults(answer) == {("eindeGeldigheid", "date-mismatch")}
    assert beheer.api.patch(made["url"], json={"eindeGeldigheid": "2024-01-01"}).status_code == 200
    assert path in made["url"]


@pytest.mark.rule("ztc-geldigheid")
@kinds
def test_the_days_of_the_object_span_all_versions(
    beheer: Beheer, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    del path
    first = beheer.published(make(beheer, "een", eindeGeldigheid="2024-12-31"))
    second = make(beheer, "een", beginGeldigheid="2025-01-01")
    make(beheer, "ander", beginGeldigheid="2020-01-01")

    def span(made: dict[str, Any]) -> tuple[str, str | None]:
        shown = beheer.read(made["url"])
        return shown["beginObject"], shown["eindeObject"]

    assert span(first) == span(second) == ("2024-01-01", None)
    beheer.api.patch(second["url"], json={"eindeGeldigheid": "2025-12-31"})
    assert span(first) == span(second) == ("2024-01-01", "2025-12-31")


@pytest.mark.rule("ztc-geldigheid")
def test_parts_have_the_days_of_their_zaaktype(beheer: Beheer) -> None:
    beheer.zaaktype(beginGeldigheid="2023-01-01", eindeGeldigheid="2023-12-31")
    statustype = beheer.statustype(beheer.zaaktype(eindeGeldigheid="2024-12-31"))
    names = ("beginGeldigheid", "eindeGeldigheid", "beginObject", "eindeObject")
    days = [statustype[name] for name in names]
    assert days == ["2024-01-01", "2024-12-31", "2023-01-01", "2024-12-31"]
    assert statustype["zaaktypeIdentificatie"] == "ZT1"
    assert statustype["catalogus"] == beheer.catalogus


@pytest.mark.rule("ztc-009")
@kinds
def test_ztc_009_what_is_published_stays_as_it_is(
    beheer: Beheer, schrijver: Api, path: str, make: Callable[..., dict[str, Any]]
) -> None:
    concept, published = make(beheer, "een"), beheer.published(make(beheer, "twee"))
    given = {"omschrijving": "Anders"}
    refused = {("nonFieldErrors", "non-concept-object")}
    assert faults(schrijver.patch(published["url"], json=given)) == refused
    assert faults(schrijver.put(published["url"], json={**published, **given})) == refused
    both = {"eindeGeldigheid": "2026-12-31", **given}
    assert faults(schrijver.patch(published["url"], json=both)) == refused
    assert faults(schrijver.delete(published["url"])) == refused
    ended = schrijver.patch(published["url"], json={"eindeGeldigheid": "2026-12-31"})
    assert ended.json()["eindeGeldigheid"] == "2026-12-31"
    assert schrijver.patch(concept["url"], json=given).status_code == 200
    assert schrijver.delete(concept["url"]).status_code == 204
    assert urls(beheer.listed(path, status="alles")) == {published["url"]}


@pytest.mark.rule("ztc-010")
@pytest.mark.parametrize(("path", "body"), PARTS.items(), ids=PARTS)
def test_ztc_010_parts_of_a_published_zaaktype_stay_as_they_are(
    beheer: Beheer, schrijver: Api, path: str, body: dict[str, Any]
) -> None:
    beheer.published(beheer.informatieobjecttype())
    zaaktype = beheer.zaaktype()
    body = {"zaaktype": zaaktype["url"], **body}
    part = schrijver.post(f"{ROOT}/{path}", json=body).json()
    assert schrijver.put(part["url"], json=body).status_code == 200
    beheer.published(zaaktype)
    documents = path == "zaaktype-informatieobjecttypen"
    code = "non-concept-relation" if documents else "non-concept-zaaktype"
    refused = {("nonFieldErrors", code)}
    assert faults(schrijver.post(f"{ROOT}/{path}", json={**body, "volgnummer": 99})) == refused
    assert faults(schrijver.put(part["url"], json=body)) == refused
    assert faults(schrijver.patch(part["url"], json={})) == refused
    assert faults(schrijver.delete(part["url"])) == refused
    other = beheer.zaaktype("ZT2")
    moved = schrijver.patch(part["url"], json={"zaaktype": other["url"]})
    assert faults(moved) == refused


@pytest.mark.rule("ztc-012")
def test_publication_waits_for_what_a_zaaktype_relies_on(beheer: Beheer) -> None:
    besluittype, document = beheer.besluittype(), beheer.informatieobjecttype()
    zaaktype = beheer.zaaktype(besluittypen=["Vergunning"])
    beheer.document(zaaktype, "Aanvraag")
    answer = beheer.publish(zaaktype)
    assert faults(answer) == {("nonFieldErrors", "concept-relation")}
    assert len(answer.json()["invalidParams"]) == 2
    beheer.published(besluittype)
    beheer.published(document)
    assert beheer.published(zaaktype)["concept"] is False


@pytest.mark.rule("ztc-012")
def test_publication_waits_for_what_a_besluittype_relies_on(beheer: Beheer) -> None:
    document = beheer.informatieobjecttype()
    besluittype = beheer.besluittype(informatieobjecttypen=["Aanvraag"])
    assert faults(beheer.publish(besluittype)) == {("nonFieldErrors", "concept-relation")}
    beheer.published(document)
    beheer.published(besluittype)
