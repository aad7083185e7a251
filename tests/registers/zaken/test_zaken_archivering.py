"""When a closed zaak is destroyed or transferred (zrc-021)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api


def _werk(api: Api, brondatum: dict[str, Any], **resultaat: Any) -> tuple[Werk, str, str]:
    """Return zaken of a type with one way to archive; its resultaattype and eigenschap."""
    typen = Typen(api)
    kind = typen.resultaat("Archief", brondatumArchiefprocedure=brondatum, **resultaat)
    eigenschap = typen.make(
        "eigenschappen",
        naam="einde",
        definitie="Het einde",
        specificatie={"formaat": "datum", "lengte": "8", "kardinaliteit": "1"},
    )
    return Werk(api, typen.publish()), kind, eigenschap


def _closed(werk: Werk, zaak: Any, resultaattype: str) -> Any:
    werk.resultaat(zaak, resultaattype)
    werk.status(zaak, 3, "2026-02-01T12:00:00Z")
    return werk.read(zaak["url"])


def _outcome(zaak: Any) -> tuple[str | None, str | None, str | None]:
    return (
        zaak["archiefnominatie"],
        zaak["startdatumBewaartermijn"],
        zaak["archiefactiedatum"],
    )


@pytest.mark.rule("zrc-021")
def test_afgehandeld_counts_from_the_end(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "afgehandeld"})
    closed = _closed(werk, werk.zaak(), kind)
    assert _outcome(closed) == ("vernietigen", "2026-02-01", "2031-02-01")


@pytest.mark.rule("zrc-021")
def test_termijn_counts_from_a_term_after_the_end(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "termijn", "procestermijn": "P1M"})
    closed = _closed(werk, werk.zaak(), kind)
    assert _outcome(closed) == ("vernietigen", "2026-03-01", "2031-03-01")


@pytest.mark.rule("zrc-021")
@pytest.mark.parametrize("waarde", ["2027-05-31", "20270531", "20270531120000"])
def test_eigenschap_counts_from_its_value(api: Api, waarde: str) -> None:
    how = {"afleidingswijze": "eigenschap", "datumkenmerk": "einde"}
    werk, kind, eigenschap = _werk(api, how)
    zaak = werk.zaak()
    body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": waarde}
    made = api.post(f"{zaak['url']}/zaakeigenschappen", json=body)
    assert made.status_code == 201, made.text
    closed = _closed(werk, zaak, kind)
    assert _outcome(closed) == ("vernietigen", "2027-05-31", "2032-05-31")


@pytest.mark.rule("zrc-021")
@pytest.mark.parametrize("waarde", ["ooit", "20271340", ""])
def test_what_cannot_be_derived_stays_open(api: Api, waarde: str) -> None:
    how = {"afleidingswijze": "eigenschap", "datumkenmerk": "einde"}
    werk, kind, eigenschap = _werk(api, how)
    zaak = werk.zaak()
    if waarde:
        body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": waarde}
        api.post(f"{zaak['url']}/zaakeigenschappen", json=body)
    assert _outcome(_closed(werk, zaak, kind)) == ("vernietigen", None, None)


@pytest.mark.rule("zrc-021")
def test_hoofdzaak_counts_from_the_end_of_the_hoofdzaak(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "hoofdzaak"})
    hoofdzaak = werk.zaak()
    deelzaak = _closed(werk, werk.zaak(hoofdzaak=hoofdzaak["url"]), kind)
    assert _outcome(deelzaak) == ("vernietigen", None, None)
    werk.resultaat(hoofdzaak)
    werk.status(hoofdzaak, 3, "2026-06-01T12:00:00Z")
    assert _outcome(werk.read(deelzaak["url"])) == ("vernietigen", "2026-06-01", "2031-06-01")


@pytest.mark.rule("zrc-021")
def test_what_is_kept_has_no_bewaartermijn(api: Api) -> None:
    how = {"afleidingswijze": "afgehandeld"}
    werk, kind, _ = _werk(api, how, archiefnominatie="blijvend_bewaren")
    closed = _closed(werk, werk.zaak(), kind)
    assert _outcome(closed) == ("blijvend_bewaren", None, "2031-02-01")


@pytest.mark.rule("zrc-021")
def test_what_was_set_by_hand_stays(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "afgehandeld"})
    zaak = werk.zaak(archiefnominatie="blijvend_bewaren", archiefactiedatum="2050-01-01")
    assert _outcome(_closed(werk, zaak, kind)) == ("blijvend_bewaren", None, "2050-01-01")


@pytest.mark.rule("zrc-021")
def test_without_a_term_only_the_nominatie_is_set(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "afgehandeld"}, archiefactietermijn=None)
    assert _outcome(_closed(werk, werk.zaak(), kind)) == ("vernietigen", None, None)


def test_a_resultaat_after_the_end_archives_the_zaak(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "afgehandeld"}, archiefactietermijn=None)
    closed = _closed(werk, werk.zaak(), kind)
    api.delete(closed["resultaat"])
    werk.resultaat(closed)
    assert werk.read(closed["url"])["archiefactiedatum"] == "2031-02-01"
