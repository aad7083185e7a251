"""The rules of a zaak, by their number in the standard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel.clock import now, today
from tests.registers.zaken.zaakwerk import RSIN, ZAKEN, Typen, faults

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk

POLDER = "111222333"


def test_zaak_is_shown_as_it_was_sent_with_what_the_house_filled_in(werk: Werk) -> None:
    zaak = werk.zaak(omschrijving="Dakkapel", kenmerken=[{"kenmerk": "12", "bron": "oud"}])
    assert zaak["omschrijving"] == "Dakkapel"
    assert zaak["registratiedatum"] == today().isoformat()
    assert zaak["kenmerken"] == [{"kenmerk": "12", "bron": "oud"}]
    assert zaak["archiefstatus"] == "nog_te_archiveren"
    assert {zaak[name] for name in ("einddatum", "status", "resultaat", "hoofdzaak")} == {None}
    assert werk.read(zaak["url"]) == zaak


def test_zrc_001_a_concept_zaaktype_is_refused(werk: Werk, api: Api) -> None:
    concept = Typen(api, "TWEE")
    assert faults(werk.post("zaken", **werk.body(zaaktype=concept.zaaktype))) == {
        ("zaaktype", "not-published")
    }


@pytest.mark.parametrize("zaaktype", ["https://elders.voorbeeld.nl/zaaktypen/1", "", None, 3])
def test_zrc_001_what_is_no_zaaktype_is_refused(werk: Werk, zaaktype: Any) -> None:
    [(name, _)] = faults(werk.post("zaken", **werk.body(zaaktype=zaaktype)))
    assert name == "zaaktype"


def test_zrc_002_identificatie_is_unique_within_the_bronorganisatie(werk: Werk) -> None:
    werk.zaak(identificatie="Z1")
    assert faults(werk.post("zaken", **werk.body(identificatie="Z1"))) == {
        ("identificatie", "identificatie-niet-uniek")
    }
    werk.zaak(identificatie="Z1", bronorganisatie=POLDER)


def test_zrc_002_identificatie_is_handed_out_once_and_never_changes(werk: Werk) -> None:
    first, second = werk.zaak(), werk.zaak(identificatie="")
    assert first["identificatie"] != second["identificatie"]
    answer = werk.api.patch(first["url"], json={"identificatie": "anders"})
    assert faults(answer) == {("identificatie", "wijzigen-niet-toegelaten")}
    answer = werk.api.put(first["url"], json=werk.body(omschrijving="nieuw"))
    assert answer.json()["identificatie"] == first["identificatie"]


def test_zaaktype_never_changes(werk: Werk, api: Api) -> None:
    zaak = werk.zaak()
    other = Typen(api, "TWEE").publish()
    answer = api.patch(zaak["url"], json={"zaaktype": other.zaaktype})
    assert faults(answer) == {("zaaktype", "wijzigen-niet-toegelaten")}


def test_zrc_009_vertrouwelijkheid_comes_from_the_zaaktype_unless_given(werk: Werk) -> None:
    assert werk.zaak()["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert werk.zaak(vertrouwelijkheidaanduiding="")["vertrouwelijkheidaanduiding"] == (
        "zaakvertrouwelijk"
    )
    given = werk.zaak(vertrouwelijkheidaanduiding="geheim")
    assert given["vertrouwelijkheidaanduiding"] == "geheim"


def test_zrc_011_relevante_andere_zaken_lead_somewhere(werk: Werk) -> None:
    other = werk.zaak()
    gone = other["url"][:-12] + "000000000000"
    elsewhere = "https://elders.voorbeeld.nl/zaken/1"
    relations = [{"url": url, "aardRelatie": "vervolg"} for url in (other["url"], elsewhere)]
    zaak = werk.zaak(relevanteAndereZaken=relations)
    assert [each["url"] for each in zaak["relevanteAndereZaken"]] == [other["url"], elsewhere]
    relations.append({"url": gone, "aardRelatie": "vervolg"})
    assert faults(werk.post("zaken", **werk.body(relevanteAndereZaken=relations))) == {
        ("relevanteAndereZaken.2.url", "bad-url")
    }


def test_zrc_012_groups_are_always_shown_in_full(werk: Werk) -> None:
    zaak = werk.zaak(verlenging=None)
    assert zaak["verlenging"] == {"reden": "", "duur": None}
    assert zaak["opschorting"] == {"indicatie": False, "reden": ""}
    assert set(zaak["processobject"].values()) == {""}


@pytest.mark.parametrize(
    ("group", "lacking"),
    [
        ("opschorting", {"indicatie", "reden"}),
        ("verlenging", {"reden", "duur"}),
        ("processobject", {"datumkenmerk", "identificatie", "objecttype", "registratie"}),
    ],
)
def test_zrc_012_a_group_that_is_given_is_complete(
    werk: Werk, group: str, lacking: set[str]
) -> None:
    expected = {(f"{group}.{name}", "required") for name in lacking}
    assert faults(werk.post("zaken", **werk.body(**{group: {}}))) == expected


def test_a_zaak_is_suspended_and_resumed(werk: Werk) -> None:
    zaak = werk.zaak(opschorting={"indicatie": True, "reden": "wacht op advies"})
    assert zaak["opschorting"] == {"indicatie": True, "reden": "wacht op advies"}
    resumed = {"indicatie": False, "reden": ""}
    answer = werk.api.patch(zaak["url"], json={"opschorting": resumed})
    assert answer.json()["opschorting"] == resumed


def test_zrc_013_a_hoofdzaak_is_a_zaak_and_no_deelzaak(werk: Werk) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    assert werk.read(hoofdzaak["url"])["deelzaken"] == [deelzaak["url"]]
    assert faults(werk.post("zaken", **werk.body(hoofdzaak=deelzaak["url"]))) == {
        ("hoofdzaak", "deelzaak-als-hoofdzaak")
    }
    assert faults(werk.post("zaken", **werk.body(hoofdzaak="https://elders.nl/zaken/1"))) == {
        ("hoofdzaak", "no_match")
    }


def test_zrc_013_a_zaak_is_not_its_own_deelzaak_nor_of_another_when_it_has_them(
    werk: Werk,
) -> None:
    hoofdzaak, other = werk.zaak(), werk.zaak()
    answer = werk.api.patch(other["url"], json={"hoofdzaak": other["url"]})
    assert faults(answer) == {("hoofdzaak", "self-forbidden")}
    werk.zaak(hoofdzaak=hoofdzaak["url"])
    answer = werk.api.patch(hoofdzaak["url"], json={"hoofdzaak": other["url"]})
    assert faults(answer) == {("hoofdzaak", "deelzaak-als-hoofdzaak")}


def test_zrc_014_without_costs_there_is_no_payment(werk: Werk) -> None:
    paid = "2026-02-01T10:00:00Z"
    body = werk.body(betalingsindicatie="nvt", laatsteBetaaldatum=paid)
    assert faults(werk.post("zaken", **body)) == {("laatsteBetaaldatum", "betaling-nvt")}
    zaak = werk.zaak(betalingsindicatie="geheel", laatsteBetaaldatum=paid)
    assert zaak["betalingsindicatieWeergave"]
    changed = werk.api.patch(zaak["url"], json={"betalingsindicatie": "nvt"}).json()
    assert changed["laatsteBetaaldatum"] is None


def test_zrc_014_a_payment_is_not_in_the_future(werk: Werk) -> None:
    tomorrow = (now() + timedelta(days=1)).isoformat()
    assert faults(werk.post("zaken", **werk.body(laatsteBetaaldatum=tomorrow))) == {
        ("laatsteBetaaldatum", "date-in-future")
    }


def test_zrc_015_products_are_those_of_the_zaaktype(werk: Werk) -> None:
    mine = "https://producten.voorbeeld.nl/1"
    assert werk.zaak(productenOfDiensten=[mine])["productenOfDiensten"] == [mine]
    body = werk.body(productenOfDiensten=[mine, "https://producten.voorbeeld.nl/2"])
    assert faults(werk.post("zaken", **body)) == {
        ("productenOfDiensten", "invalid-products-services")
    }


def test_zrc_022_archiving_needs_nominatie_and_date(werk: Werk) -> None:
    zaak = werk.zaak()
    answer = werk.api.patch(zaak["url"], json={"archiefstatus": "gearchiveerd"})
    assert faults(answer) == {
        ("archiefnominatie", "archiefnominatie-not-set"),
        ("archiefactiedatum", "archiefactiedatum-not-set"),
    }
    complete = {
        "archiefstatus": "gearchiveerd",
        "archiefnominatie": "vernietigen",
        "archiefactiedatum": "2031-01-01",
    }
    answer = werk.api.patch(zaak["url"], json=complete)
    assert answer.json()["archiefstatus"] == "gearchiveerd"


def test_zrc_023_with_a_zaak_goes_all_that_belongs_to_it(werk: Werk, api: Api) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    rol = werk.rol(hoofdzaak)
    status = werk.make("statussen", **{**werk.status_body(hoofdzaak, 1), "gezetdoor": rol["url"]})
    document = werk.make(
        "zaakinformatieobjecten",
        zaak=hoofdzaak["url"],
        informatieobject="https://elders.voorbeeld.nl/documenten/1",
        status=status["url"],
    )
    made = [deelzaak, rol, status, document, werk.resultaat(hoofdzaak)]
    assert api.delete(hoofdzaak["url"]).status_code == 204
    for each in (hoofdzaak, *made):
        assert api.get(each["url"]).status_code == 404
    assert api.get(f"{hoofdzaak['url']}/audittrail").status_code == 404


def test_zrc_023_a_deelzaak_goes_alone(werk: Werk, api: Api) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    assert api.delete(deelzaak["url"]).status_code == 204
    assert werk.read(hoofdzaak["url"])["deelzaken"] == []


def test_a_zaak_with_besluiten_is_not_removed(werk: Werk, api: Api) -> None:
    zaak = werk.zaak()
    besluit = {"besluit": "https://elders.voorbeeld.nl/besluiten/1"}
    made = api.post(f"{zaak['url']}/besluiten", json=besluit).json()
    assert set(made) == {"url", "uuid", "besluit"}
    assert api.get(f"{zaak['url']}/besluiten").json() == [made]
    assert faults(api.delete(zaak["url"])) == {("nonFieldErrors", "related-besluiten")}
    assert api.delete(made["url"]).status_code == 204
    assert api.delete(zaak["url"]).status_code == 204


def test_every_fault_is_told_at_once(werk: Werk) -> None:
    body = {"bronorganisatie": "123456789", "verantwoordelijkeOrganisatie": RSIN, "startdatum": ""}
    assert faults(werk.api.post(f"{ZAKEN}/zaken", json=body)) == {
        ("zaaktype", "required"),
        ("bronorganisatie", "invalid"),
        ("startdatum", "invalid"),
    }
