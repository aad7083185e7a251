"""The rules of a zaak, by their number in the standard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel.clock import now, today
from loket.ledger.database import rows
from tests.registers.zaken.zaakwerk import RSIN, VERTROUWD, ZAKEN, Typen, faults

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.conftest import Buiten
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


@pytest.mark.rule("zrc-001")
def test_a_concept_zaaktype_is_refused(werk: Werk, api: Api) -> None:
    concept = Typen(api, "TWEE")
    assert faults(werk.post("zaken", **werk.body(zaaktype=concept.zaaktype))) == {
        ("zaaktype", "not-published")
    }


@pytest.mark.rule("zrc-001")
@pytest.mark.parametrize("zaaktype", ["https://elders.voorbeeld.nl/zaaktypen/1", "", None, 3])
def test_what_is_no_zaaktype_is_refused(werk: Werk, zaaktype: Any) -> None:
    [(name, _)] = faults(werk.post("zaken", **werk.body(zaaktype=zaaktype)))
    assert name == "zaaktype"


@pytest.mark.rule("zrc-001")
def test_something_else_of_this_house_is_no_zaaktype(werk: Werk) -> None:
    for path in (werk.typen.statustypen[0], werk.typen.zaaktype.rsplit("/", 1)[0]):
        assert faults(werk.post("zaken", **werk.body(zaaktype=path))) == {
            ("zaaktype", "invalid-resource")
        }
    for url in ("https://elders.voorbeeld.nl/1", f"{werk.typen.zaaktype[:-12]}000000000000"):
        assert faults(werk.post("zaken", **werk.body(zaaktype=url))) == {("zaaktype", "bad-url")}


@pytest.mark.rule("zrc-002")
def test_identificatie_is_unique_within_the_bronorganisatie(werk: Werk) -> None:
    werk.zaak(identificatie="Z1")
    assert faults(werk.post("zaken", **werk.body(identificatie="Z1"))) == {
        ("identificatie", "identificatie-niet-uniek")
    }
    werk.zaak(identificatie="Z1", bronorganisatie=POLDER)


@pytest.mark.rule("zrc-002")
def test_identificatie_is_handed_out_once_and_never_changes(werk: Werk) -> None:
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


@pytest.mark.rule("zrc-009")
def test_vertrouwelijkheid_comes_from_the_zaaktype_unless_given(werk: Werk) -> None:
    assert werk.zaak()["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert werk.zaak(vertrouwelijkheidaanduiding="")["vertrouwelijkheidaanduiding"] == (
        "zaakvertrouwelijk"
    )
    given = werk.zaak(vertrouwelijkheidaanduiding="geheim")
    assert given["vertrouwelijkheidaanduiding"] == "geheim"


@pytest.mark.rule("zrc-011")
def test_relevante_andere_zaken_lead_somewhere(werk: Werk, buiten: Buiten) -> None:
    other = werk.zaak()
    gone = other["url"][:-12] + "000000000000"
    elsewhere, unknown = f"{VERTROUWD}zaken/1", "https://elders.voorbeeld.nl/zaken/1"
    buiten.there[elsewhere] = {"einddatum": None}
    relations = [{"url": url, "aardRelatie": "vervolg"} for url in (other["url"], elsewhere)]
    zaak = werk.zaak(relevanteAndereZaken=relations)
    assert [each["url"] for each in zaak["relevanteAndereZaken"]] == [other["url"], elsewhere]
    more = (gone, f"{VERTROUWD}zaken/2", unknown)
    relations += [{"url": url, "aardRelatie": "vervolg"} for url in more]
    assert faults(werk.post("zaken", **werk.body(relevanteAndereZaken=relations))) == {
        (f"relevanteAndereZaken.{nr}.url", "bad-url") for nr in (2, 3, 4)
    }
    assert unknown not in buiten.asked


@pytest.mark.rule("zrc-010")
def test_the_communicatiekanaal_is_one_in_a_house_we_trust(werk: Werk, buiten: Buiten) -> None:
    mail, tree = f"{VERTROUWD}kanalen/mail", f"{VERTROUWD}bomen/1"
    buiten.there |= {
        mail: {"url": mail, "naam": "E-mail", "omschrijving": "Per e-mail"},
        tree: {"url": tree, "soort": "eik"},
    }
    assert werk.zaak(communicatiekanaal=mail)["communicatiekanaal"] == mail
    refused = {
        tree: "invalid-resource",
        f"{VERTROUWD}kanalen/rook": "bad-url",
        "https://elders.voorbeeld.nl/kanalen/mail": "bad-url",
        werk.typen.zaaktype: "invalid-resource",
        werk.typen.zaaktype[:-12] + "000000000000": "bad-url",
    }
    for url, code in refused.items():
        answer = werk.post("zaken", **werk.body(communicatiekanaal=url))
        assert faults(answer) == {("communicatiekanaal", code)}
    zaak = werk.zaak(communicatiekanaal=mail)
    buiten.there.clear()
    assert werk.api.patch(zaak["url"], json={"omschrijving": "later"}).status_code == 200


@pytest.mark.rule("zrc-012")
def test_groups_are_always_shown_in_full(werk: Werk) -> None:
    zaak = werk.zaak(verlenging=None)
    assert zaak["verlenging"] == {"reden": "", "duur": None}
    assert zaak["opschorting"] == {
        "indicatie": False,
        "eerdereOpschorting": False,
        "reden": "",
    }
    assert set(zaak["processobject"].values()) == {""}


@pytest.mark.rule("zrc-012")
@pytest.mark.parametrize(
    ("group", "lacking"),
    [
        ("opschorting", {"indicatie", "reden"}),
        ("verlenging", {"reden", "duur"}),
        ("processobject", {"datumkenmerk", "identificatie", "objecttype", "registratie"}),
    ],
)
def test_a_group_that_is_given_is_complete(werk: Werk, group: str, lacking: set[str]) -> None:
    expected = {(f"{group}.{name}", "required") for name in lacking}
    assert faults(werk.post("zaken", **werk.body(**{group: {}}))) == expected


def test_a_zaak_is_suspended_and_resumed(werk: Werk) -> None:
    zaak = werk.zaak(opschorting={"indicatie": True, "reden": "wacht op advies"})
    assert zaak["opschorting"] == {
        "indicatie": True,
        "eerdereOpschorting": False,
        "reden": "wacht op advies",
    }
    resumed = {"indicatie": False, "reden": ""}
    for given in (resumed, None):
        answer = werk.api.patch(zaak["url"], json={"opschorting": given})
        assert answer.json()["opschorting"] == {**resumed, "eerdereOpschorting": True}


@pytest.mark.rule("zrc-013")
def test_a_hoofdzaak_is_a_zaak_and_no_deelzaak(werk: Werk) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    assert werk.read(hoofdzaak["url"])["deelzaken"] == [deelzaak["url"]]
    assert faults(werk.post("zaken", **werk.body(hoofdzaak=deelzaak["url"]))) == {
        ("hoofdzaak", "deelzaak-als-hoofdzaak")
    }
    assert faults(werk.post("zaken", **werk.body(hoofdzaak="https://elders.nl/zaken/1"))) == {
        ("hoofdzaak", "no_match")
    }


@pytest.mark.rule("zrc-013")
def test_a_zaak_is_not_its_own_deelzaak_nor_of_another_when_it_has_them(
    werk: Werk,
) -> None:
    hoofdzaak, other = werk.zaak(), werk.zaak()
    answer = werk.api.patch(other["url"], json={"hoofdzaak": other["url"]})
    assert faults(answer) == {("hoofdzaak", "self-forbidden")}
    werk.zaak(hoofdzaak=hoofdzaak["url"])
    answer = werk.api.patch(hoofdzaak["url"], json={"hoofdzaak": other["url"]})
    assert faults(answer) == {("hoofdzaak", "deelzaak-als-hoofdzaak")}


@pytest.mark.rule("zrc-014")
def test_without_costs_there_is_no_payment(werk: Werk) -> None:
    paid = "2026-02-01T10:00:00Z"
    body = werk.body(betalingsindicatie="nvt", laatsteBetaaldatum=paid)
    assert faults(werk.post("zaken", **body)) == {("laatsteBetaaldatum", "betaling-nvt")}
    zaak = werk.zaak(betalingsindicatie="geheel", laatsteBetaaldatum=paid)
    assert zaak["betalingsindicatieWeergave"]
    changed = werk.api.patch(zaak["url"], json={"betalingsindicatie": "nvt"}).json()
    assert changed["laatsteBetaaldatum"] is None


@pytest.mark.rule("zrc-014")
def test_a_payment_is_not_in_the_future(werk: Werk) -> None:
    tomorrow = (now() + timedelta(days=1)).isoformat()
    assert faults(werk.post("zaken", **werk.body(laatsteBetaaldatum=tomorrow))) == {
        ("laatsteBetaaldatum", "date-in-future")
    }


@pytest.mark.rule("zrc-015")
def test_products_are_those_of_the_zaaktype(werk: Werk) -> None:
    mine = "https://producten.voorbeeld.nl/1"
    assert werk.zaak(productenOfDiensten=[mine])["productenOfDiensten"] == [mine]
    body = werk.body(productenOfDiensten=[mine, "https://producten.voorbeeld.nl/2"])
    assert faults(werk.post("zaken", **body)) == {
        ("productenOfDiensten", "invalid-products-services")
    }


@pytest.mark.rule("zrc-022")
def test_archiving_needs_nominatie_and_date(werk: Werk) -> None:
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


@pytest.mark.rule("zrc-023")
def test_with_a_zaak_goes_all_that_belongs_to_it(werk: Werk, api: Api) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    rol = werk.rol(hoofdzaak)
    status = werk.make("statussen", **{**werk.status_body(hoofdzaak, 1), "gezetdoor": rol["url"]})
    document = werk.make(
        "zaakinformatieobjecten",
        zaak=hoofdzaak["url"],
        informatieobject=werk.document()["url"],
        status=status["url"],
    )
    made = [deelzaak, rol, status, document, werk.resultaat(hoofdzaak)]
    assert api.delete(hoofdzaak["url"]).status_code == 204
    for each in (hoofdzaak, *made):
        assert api.get(each["url"]).status_code == 404
    assert api.get(f"{hoofdzaak['url']}/audittrail").status_code == 404


@pytest.mark.rule("zrc-023")
def test_a_deelzaak_goes_alone(werk: Werk, api: Api) -> None:
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


@pytest.mark.rule("zrc-013")
def test_a_deelzaak_is_of_a_deelzaaktype(werk: Werk, api: Api) -> None:
    hoofdzaak = werk.zaak()
    other = Typen(api, "TWEE").publish()
    body = werk.body(hoofdzaak=hoofdzaak["url"], zaaktype=other.zaaktype)
    assert faults(werk.post("zaken", **body)) == {("hoofdzaak", "invalid-deelzaaktype")}


@pytest.mark.rule("zrc-013")
def test_a_hoofdzaak_that_is_something_else_does_not_match(werk: Werk) -> None:
    for url in (werk.typen.zaaktype, f"{werk.zaak()['url'][:-12]}000000000000"):
        answer = werk.post("zaken", **werk.body(hoofdzaak=url))
        assert faults(answer) == {("hoofdzaak", "no_match")}


def test_related_zaken_of_this_house_know_each_other(werk: Werk) -> None:
    other, third = werk.zaak(), werk.zaak()
    zaak = werk.zaak(gerelateerdeZaken=[{"url": other["url"]}, {"url": third["url"]}])
    mine = [{"url": zaak["url"]}]
    assert werk.read(other["url"])["gerelateerdeZaken"] == mine
    answer = werk.api.patch(zaak["url"], json={"gerelateerdeZaken": [{"url": third["url"]}]})
    assert answer.status_code == 200, answer.text
    assert werk.read(other["url"])["gerelateerdeZaken"] == []
    assert werk.read(third["url"])["gerelateerdeZaken"] == mine
    assert werk.api.delete(zaak["url"]).status_code == 204
    assert werk.read(third["url"])["gerelateerdeZaken"] == []
    gone = [{"url": zaak["url"]}]
    assert faults(werk.post("zaken", **werk.body(gerelateerdeZaken=gone))) == {
        ("gerelateerdeZaken.0.url", "bad-url")
    }


def test_another_kind_of_relation_says_which(werk: Werk) -> None:
    relation = {"url": werk.zaak()["url"], "aardRelatie": "overig"}
    answer = werk.post("zaken", **werk.body(relevanteAndereZaken=[relation]))
    assert faults(answer) == {("relevanteAndereZaken.0.overigeRelatie", "required")}
    named = {**relation, "overigeRelatie": "buren", "toelichting": "naast elkaar"}
    assert werk.zaak(relevanteAndereZaken=[named])["relevanteAndereZaken"] == [named]


def test_a_zaak_knows_when_it_last_changed(werk: Werk) -> None:
    zaak = werk.zaak(laatstGeopend="2026-02-01T10:00:00Z", communicatiekanaalNaam="Balie")
    assert (zaak["laatstGeopend"], zaak["communicatiekanaalNaam"]) == (
        "2026-02-01T10:00:00+00:00",
        "Balie",
    )
    changed = werk.api.patch(zaak["url"], json={"omschrijving": "later"}).json()
    assert changed["laatstGemuteerd"] > zaak["laatstGemuteerd"]
    untouched = werk.api.patch(zaak["url"], json={}).json()
    assert untouched["laatstGemuteerd"] == changed["laatstGemuteerd"]


@pytest.mark.rule("zrc-014")
@pytest.mark.parametrize("indicatie", ["gefactureerd", "gecrediteerd", "betaald"])
def test_the_words_of_open_zaak_for_payment_are_taken(werk: Werk, indicatie: str) -> None:
    zaak = werk.zaak(betalingsindicatie=indicatie)
    assert zaak["betalingsindicatie"] == indicatie
    assert indicatie in zaak["betalingsindicatieWeergave"]


@pytest.mark.rule("zrc-012")
def test_a_zaak_is_extended(werk: Werk) -> None:
    zaak = werk.zaak(verlenging={"reden": "druk", "duur": "P14D"})
    assert zaak["verlenging"] == {"reden": "druk", "duur": "P14D"}
    answer = werk.post("zaken", **werk.body(verlenging={"reden": "druk", "duur": "twee weken"}))
    assert faults(answer) == {("verlenging.duur", "invalid")}


@pytest.mark.rule("zrc-023")
def test_deelzaken_go_with_an_event_of_their_own(werk: Werk) -> None:
    hoofdzaak = werk.zaak()
    werk.zaak(hoofdzaak=hoofdzaak["url"])
    assert werk.api.delete(hoofdzaak["url"]).status_code == 204
    gone = rows("SELECT 1 FROM ledger_event WHERE resource = 'zaken' AND actie = 'destroy'")
    assert len(gone) == 2


@pytest.mark.rule("zrc-023")
def test_a_hoofdzaak_stays_while_a_deelzaak_has_besluiten(werk: Werk, api: Api) -> None:
    hoofdzaak = werk.zaak()
    deelzaak = werk.zaak(hoofdzaak=hoofdzaak["url"])
    besluit = {"besluit": "https://elders.voorbeeld.nl/besluiten/1"}
    assert api.post(f"{deelzaak['url']}/besluiten", json=besluit).status_code == 201
    assert faults(api.delete(hoofdzaak["url"])) == {("nonFieldErrors", "related-besluiten")}
    assert werk.read(hoofdzaak["url"])["deelzaken"] == [deelzaak["url"]]
