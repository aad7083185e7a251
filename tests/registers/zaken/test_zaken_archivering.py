"""When a closed zaak is destroyed or transferred (zrc-021)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.zaken.zaakwerk import RSIN, VERTROUWD, ZAKEN, Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.conftest import Buiten


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


NOT_DERIVED = "De archiefactiedatum kon niet worden afgeleid; zij is leeg en kan worden gezet."
PARK = {"objectType": "overige", "objectTypeOverige": "park"}


def _park(einde: str) -> dict[str, Any]:
    return PARK | {"objectIdentificatie": {"overigeData": {"beheer": [{"einde": einde}]}}}


@pytest.mark.rule("zrc-021")
def test_zaakobject_counts_from_the_latest_of_an_attribute(api: Api) -> None:
    how = {"afleidingswijze": "zaakobject", "datumkenmerk": "einde", "objecttype": "overige"}
    werk, kind, _ = _werk(api, how)
    zaak = werk.zaak()
    for einde in ("2027-05-31", "2028-05-31", "ooit"):
        werk.make("zaakobjecten", zaak=zaak["url"], **_park(einde))
    werk.make(
        "zaakobjecten", zaak=zaak["url"], objectType="pand",
        objectIdentificatie={"identificatie": "2040-01-01"},
    )  # fmt: skip
    assert _outcome(_closed(werk, zaak, kind)) == ("vernietigen", "2028-05-31", "2033-05-31")


@pytest.mark.rule("zrc-021")
def test_zaakobject_may_stand_in_a_house_we_trust(api: Api, buiten: Buiten) -> None:
    how = {"afleidingswijze": "zaakobject", "datumkenmerk": "einde", "objecttype": "overige"}
    werk, kind, _ = _werk(api, how)
    zaak, url = werk.zaak(), f"{VERTROUWD}objecten/1"
    buiten.there[url] = {"record": {"data": {"einde": "2029-01-31"}}}
    werk.make("zaakobjecten", zaak=zaak["url"], **PARK, object=url)
    assert _outcome(_closed(werk, zaak, kind)) == ("vernietigen", "2029-01-31", "2034-01-31")


@pytest.mark.rule("zrc-021")
def test_ander_datumkenmerk_is_set_by_hand(api: Api) -> None:
    how = {
        "afleidingswijze": "ander_datumkenmerk",
        "datumkenmerk": "einde",
        "objecttype": "overige",
        "registratie": "parken",
    }
    werk, kind, _ = _werk(api, how)
    closed = _closed(werk, werk.zaak(), kind)
    assert _outcome(closed) == ("vernietigen", None, None)
    set_by_hand = {"archiefactiedatum": "2035-01-01", "startdatumBewaartermijn": "2030-01-01"}
    assert api.patch(closed["url"], json=set_by_hand).status_code == 200
    assert _outcome(werk.read(closed["url"])) == ("vernietigen", "2030-01-01", "2035-01-01")


@pytest.mark.rule("zrc-021")
def test_gerelateerde_zaak_counts_from_the_latest_end(api: Api) -> None:
    werk, kind, _ = _werk(api, {"afleidingswijze": "gerelateerde_zaak"})
    first, second = werk.gesloten(), werk.zaak()
    relations = [{"url": each["url"], "aardRelatie": "vervolg"} for each in (first, second)]
    zaak = _closed(werk, werk.zaak(relevanteAndereZaken=relations), kind)
    assert _outcome(zaak) == ("vernietigen", None, None)
    werk.resultaat(second)
    werk.status(second, 3, "2026-05-01T12:00:00Z")
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2026-05-01", "2031-05-01")
    werk.status(second, 1, "2026-06-01T12:00:00Z")
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", None, None)


def _besluiten(api: Api, wijze: str) -> tuple[Werk, str, str]:
    """Return zaken of a type that ends in besluiten; its resultaattype and besluittype."""
    typen = Typen(api)
    besluittype = api.post(
        "/catalogi/api/v1/besluittypen",
        json={
            "catalogus": typen.catalogus,
            "omschrijving": "Vergunning",
            "publicatieIndicatie": False,
            "informatieobjecttypen": [],
            "zaaktypen": [],
            "beginGeldigheid": "2020-01-01",
        },
    ).json()["url"]
    assert api.post(f"{besluittype}/publish").status_code == 200
    assert api.patch(typen.zaaktype, json={"besluittypen": ["Vergunning"]}).status_code == 200
    kind = typen.resultaat("Archief", brondatumArchiefprocedure={"afleidingswijze": wijze})
    return Werk(api, typen.publish()), kind, besluittype


def _besluit(api: Api, zaak: Any, besluittype: str, **body: Any) -> Any:
    defaults = {
        "verantwoordelijkeOrganisatie": RSIN,
        "besluittype": besluittype,
        "zaak": zaak["url"],
        "datum": "2026-01-10",
        "ingangsdatum": "2026-01-11",
    }
    answer = api.post("/besluiten/api/v1/besluiten", json=defaults | body)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.rule("zrc-021")
def test_ingangsdatum_besluit_counts_from_the_latest(api: Api) -> None:
    werk, kind, besluittype = _besluiten(api, "ingangsdatum_besluit")
    zaak = werk.zaak()
    for day in ("2026-03-01", "2026-02-01"):
        _besluit(api, zaak, besluittype, ingangsdatum=day)
    assert _outcome(_closed(werk, zaak, kind)) == ("vernietigen", "2026-03-01", "2031-03-01")


@pytest.mark.rule("zrc-021")
def test_vervaldatum_besluit_follows_the_besluiten_afterwards(api: Api) -> None:
    werk, kind, besluittype = _besluiten(api, "vervaldatum_besluit")
    zaak = werk.zaak()
    besluit = _besluit(api, zaak, besluittype)
    closed = _closed(werk, zaak, kind)
    assert _outcome(closed) == ("vernietigen", None, None)
    api.patch(besluit["url"], json={"vervaldatum": "2030-01-01"})
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2030-01-01", "2035-01-01")
    later = _besluit(api, zaak, besluittype, vervaldatum="2031-01-01")
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2031-01-01", "2036-01-01")
    assert api.delete(later["url"]).status_code == 204
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2030-01-01", "2035-01-01")


@pytest.mark.rule("zrc-021")
def test_a_date_that_cannot_be_told_is_warned_of(api: Api) -> None:
    how = {"afleidingswijze": "eigenschap", "datumkenmerk": "einde"}
    werk, kind, eigenschap = _werk(api, how)
    zaak = werk.zaak()
    werk.resultaat(zaak, kind)
    answer = werk.post("statussen", **werk.status_body(zaak, 3))
    assert answer.headers["X-Warning"] == NOT_DERIVED
    body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": "20270531"}
    made = api.post(f"{zaak['url']}/zaakeigenschappen", json=body)
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2027-05-31", "2032-05-31")
    api.patch(made.json()["url"], json={"waarde": "20280531"})
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", "2028-05-31", "2033-05-31")
    api.delete(made.json()["url"])
    assert _outcome(werk.read(zaak["url"])) == ("vernietigen", None, None)


@pytest.mark.rule("zrc-021")
def test_what_was_set_by_hand_afterwards_is_not_derived_anew(api: Api) -> None:
    how = {"afleidingswijze": "eigenschap", "datumkenmerk": "einde"}
    werk, kind, eigenschap = _werk(api, how)
    zaak = werk.zaak()
    body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": "20270531"}
    api.post(f"{zaak['url']}/zaakeigenschappen", json=body)
    _closed(werk, zaak, kind)
    api.patch(zaak["url"], json={"archiefactiedatum": "2050-01-01"})
    api.post(f"{zaak['url']}/zaakeigenschappen", json={**body, "waarde": "20290531"})
    assert werk.read(zaak["url"])["archiefactiedatum"] == "2050-01-01"


@pytest.mark.rule("zrc-026")
def test_the_bewaartermijn_is_of_what_is_destroyed(api: Api) -> None:
    how = {"afleidingswijze": "afgehandeld"}
    werk, kind, _ = _werk(api, how, archiefnominatie="blijvend_bewaren")
    assert _closed(werk, werk.zaak(), kind)["startdatumBewaartermijn"] is None
    assert werk.gesloten()["startdatumBewaartermijn"] == "2026-02-01"
    assert api.get(f"{ZAKEN}/zaken").json()["count"] == 2
