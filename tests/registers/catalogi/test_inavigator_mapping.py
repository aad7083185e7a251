"""From Procesmodel to plans: each thing that the format allows, adapted to the standard."""

from __future__ import annotations

import pytest

from loket.registers.catalogi.inavigator.model import Term
from loket.registers.catalogi.inavigator.plans.plan import Ref, Skipped
from loket.registers.catalogi.inavigator.plans.terms import code, duration, words
from tests.registers.catalogi.inavigator_exports import (
    RICH,
    export,
    first,
    part,
    plan,
    rich,
    velden,
)


@pytest.mark.parametrize(
    ("aantal", "eenheid", "iso"),
    [
        (5, "Jaar", "P5Y"),
        (18, "Maand", "P18M"),
        (6, "Week", "P42D"),
        (0, "Dag", "P0D"),
        (10, "Werkdag", "P14D"),
        (3, "werkdag", "P3D"),
        (7, "Eeuw", None),
        (7, "", None),
    ],
)
def test_terms_become_iso_8601(aantal: int, eenheid: str, iso: str | None) -> None:
    assert duration(Term(aantal, eenheid)) == iso


def test_words_of_value_lists_become_codes() -> None:
    assert code("ZEER GEHEIM") == "zeer_geheim"
    assert code("Zaakcoördinator") == "zaakcoordinator"
    assert code("In/uitgaand") == "in_uitgaand"
    assert words("terras; horeca,terras;") == ("terras", "horeca")


def test_the_legal_term_is_the_doorlooptijd_and_the_own_term_the_servicenorm() -> None:
    zaaktype = rich("zaaktype", "P1")
    assert (zaaktype.body["doorlooptijd"], zaaktype.body["servicenorm"]) == ("P56D", "P28D")
    assert zaaktype.body["verlengingMogelijk"] is True
    assert zaaktype.body["verlengingstermijn"] == "P42D"
    assert "servicenorm: 20 werkdagen is omgerekend naar P28D." in zaaktype.remarks


def test_what_has_no_field_goes_to_the_toelichting() -> None:
    regels = rich("zaaktype", "P1").body["toelichting"].splitlines()
    assert regels[0] == "Een ondernemer wil een terras."
    assert "Bewaartermijn: 1 Jaar" in regels
    assert "Eigen veld: eigen waarde" in regels


def test_an_own_word_of_the_name_goes_before_that_of_the_model() -> None:
    body = rich("zaaktype", "P1").body
    assert body["handelingInitiator"] == "Aanvraag"
    assert body["onderwerp"] == "terrasvergunning"
    assert body["handelingBehandelaar"] == "toetsen"


def test_an_absent_required_text_is_filled_and_told() -> None:
    zaaktype = rich("zaaktype", "P2")
    assert zaaktype.body["doorlooptijd"] == "P56D"
    assert zaaktype.body["verantwoordelijke"] == "onbekend"
    assert any("Awb 4:13" in remark for remark in zaaktype.remarks)
    assert "verantwoordelijke staat niet in de export; ingevuld met 'onbekend'." in zaaktype.remarks


def test_a_long_text_is_cut_and_kept_in_full() -> None:
    body = rich("zaaktype", "P2").body
    assert len(body["omschrijving"]) <= 80
    assert body["omschrijving"].endswith("…")
    assert f"omschrijving voluit: {body['doel']}" in body["toelichting"]


def test_related_processes_are_named_when_they_are_in_the_export() -> None:
    zaaktype = rich("zaaktype", "P1")
    assert [each["zaaktype"] for each in zaaktype.body["gerelateerdeZaaktypen"]] == ["P2"]
    assert "Gerelateerd proces P99 staat niet (actief) in deze export." in zaaktype.remarks


def test_periodic_work_is_internal_and_secret_stays_secret() -> None:
    body = rich("zaaktype", "P2").body
    assert body["indicatieInternOfExtern"] == "intern"
    assert body["vertrouwelijkheidaanduiding"] == "geheim"


@pytest.mark.parametrize("said", ["", "ALLEEN VOOR ONS"])
def test_without_a_known_confidentiality_nothing_becomes_public(said: str) -> None:
    inside = velden(naam="Iets", vertrouwelijkheid=said)
    document = (
        f"<documenttypen><documenttype id='D'>{velden(naam='A')}</documenttype></documenttypen>"
    )
    mapping = plan(export(inside + document))
    for kind in ("zaaktype", "informatieobjecttype"):
        planned = first(mapping, kind)
        assert planned.body["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
        assert any("vertrouwelijkheidaanduiding" in remark for remark in planned.remarks)


def test_a_validity_that_ends_before_it_begins_is_told() -> None:
    inside = velden(naam="Iets", actueel_van="2020-01-01", actueel_tot="2019-01-01")
    zaaktype = first(plan(export(inside)), "zaaktype")
    assert zaaktype.body["eindeGeldigheid"] is None
    assert any("2019-01-01 ligt voor het begin" in remark for remark in zaaktype.remarks)


def test_a_closing_status_comes_last_and_its_number_follows() -> None:
    statustypen = [
        p.body for p in plan(RICH).plans if p.key.startswith("P1") and p.kind == "statustype"
    ]
    assert [(each["volgnummer"], each["omschrijving"]) for each in statustypen] == [
        (1, "Ontvangen"),
        (3, "Getoetst"),
        (4, "Afgehandeld"),
    ]


def test_without_soorten_the_name_tells_which_status_closes() -> None:
    both = "".join(
        f"<statustype id='S{n}' volgnummer='{n}'>{velden(naam=naam)}</statustype>"
        for n, naam in ((1, "Afgehandeld"), (2, "Ontvangen"))
    )
    mapping = plan(export(f"{velden(naam='Iets')}<statustypen>{both}</statustypen>"))
    numbers = {p.body["omschrijving"]: p.body["volgnummer"] for p in mapping.plans[2:]}
    assert numbers == {"Ontvangen": 2, "Afgehandeld": 3}


@pytest.mark.parametrize("number", [0, 10_000])
def test_a_volgnummer_that_does_not_fit_is_replaced(number: int) -> None:
    content = export(part("statustype", velden(naam="A"), number=number))
    status = first(plan(content), "statustype")
    assert status.body["volgnummer"] == 1
    assert f"volgnummer {number} is 1 geworden." in status.remarks


def test_a_statustype_keeps_its_message_checks_and_term() -> None:
    status = rich("statustype", "P1/Ontvangen")
    assert status.body["statustekst"] == "Uw aanvraag is binnen."
    assert status.body["informeren"] is True
    assert status.body["doorlooptijd"] == "P3D"
    (check,) = status.body["checklistitemStatustype"]
    assert check["verplicht"] is True
    assert len(check["itemnaam"]) == 30
    assert "Een naam die langer is dan dertig tekens" in check["toelichting"]
    assert "Check 'Oud' staat op niet actief en is weggelaten." in status.remarks


@pytest.mark.parametrize(
    ("naam", "rol"),
    [
        ("Aanvrager", "initiator"),
        ("Mede-initiator", "mede_initiator"),
        ("Zaakcoördinator", "zaakcoordinator"),
        ("Buurman", "belanghebbende"),
    ],
)
def test_the_generic_role_follows_from_soort_or_name(naam: str, rol: str) -> None:
    assert rich("roltype", f"P1/{naam}").body["omschrijvingGeneriek"] == rol


@pytest.mark.parametrize(
    ("naam", "formaat", "lengte", "kardinaliteit"),
    [
        ("Einddatum van de ve…", "datum", "8", "1"),
        ("Wijk", "tekst", "5", "N"),
        ("Oppervlakte", "getal", "14", "1"),
        ("Verwarming", "tekst", "3", "1"),
        ("Einddatum van de aa…", "tekst", "80", "1"),
    ],
)
def test_an_eigenschap_has_the_specification_of_its_type(
    naam: str, formaat: str, lengte: str, kardinaliteit: str
) -> None:
    specificatie = rich("eigenschap", f"P1/{naam}").body["specificatie"]
    assert (specificatie["formaat"], specificatie["lengte"]) == (formaat, lengte)
    assert specificatie["kardinaliteit"] == kardinaliteit


def test_an_eigenschap_knows_its_values_and_its_status() -> None:
    body = rich("eigenschap", "P1/Wijk").body
    assert body["specificatie"]["waardenverzameling"] == ["Noord", "Zuid"]
    assert body["statustype"] == Ref("statustype", "P1/Getoetst")


@pytest.mark.parametrize(
    ("said", "formaat", "lengte"),
    [("Datum/tijd", "datum_tijd", "14"), ("datum", "datum", "8"), ("Tekst memo", "tekst", "4000")],
)
def test_dates_have_the_length_of_the_standard(said: str, formaat: str, lengte: str) -> None:
    content = export(part("zaakeigenschap", velden(naam="Moment", type=said)))
    specificatie = first(plan(content), "eigenschap").body["specificatie"]
    assert (specificatie["formaat"], specificatie["lengte"]) == (formaat, lengte)


def test_a_strange_length_or_cardinality_is_told() -> None:
    fields = velden(naam="Maat", type="Tekst 80", lengte="lang", kardinaliteit="soms")
    eigenschap = first(plan(export(part("zaakeigenschap", fields))), "eigenschap")
    assert eigenschap.body["specificatie"]["lengte"] == "80"
    assert eigenschap.body["specificatie"]["kardinaliteit"] == "1"
    assert len(eigenschap.remarks) == 2


def test_names_that_are_cut_the_same_stay_apart() -> None:
    both = "".join(
        f"<zaakeigenschap id='E{n}'>{velden(naam=f'Datum van de ingang van {n}')}</zaakeigenschap>"
        for n in range(3)
    )
    content = export(f"{velden(naam='Iets')}<zaakeigenschappen>{both}</zaakeigenschappen>")
    names = [p.body["naam"] for p in plan(content).plans if p.kind == "eigenschap"]
    assert len(set(names)) == 3
    assert all(len(name) <= 20 for name in names)


def test_a_document_of_two_processes_is_one_type_with_the_strictest_secrecy() -> None:
    beschikking = rich("informatieobjecttype", "Beschikking")
    assert beschikking.body["vertrouwelijkheidaanduiding"] == "geheim"
    assert rich("informatieobjecttype", "Brief").body["vertrouwelijkheidaanduiding"] == (
        "vertrouwelijk"
    )


def test_a_document_in_both_directions_is_two_relations() -> None:
    uses = [p.body for p in plan(RICH).plans if p.key.startswith("P1/Brief/")]
    assert [(use["richting"], use["volgnummer"]) for use in uses] == [
        ("inkomend", 2),
        ("uitgaand", 4),
    ]


def test_a_document_is_required_with_a_status() -> None:
    use = rich("zaaktype-informatieobjecttype", "P1/Aanvraag terras/inkomend")
    assert use.body["statustype"] == Ref("statustype", "P1/Getoetst")


def test_an_unknown_direction_is_told() -> None:
    use = rich("zaaktype-informatieobjecttype", "P2/Beschikking/intern")
    assert use.remarks == ("richting: de export zegt 'Retour'; ingevuld met 'intern'.",)


def test_a_besluittype_of_two_processes_is_one() -> None:
    besluit = rich("besluittype")
    assert besluit.body["reactietermijn"] == "P42D"
    assert besluit.body["besluitcategorie"] == "Beschikking"
    assert besluit.body["informatieobjecttypen"] == ["Beschikking"]
    assert besluit.body["toelichting"] == "Het besluit.\nMandaat: Wethouder"
    assert rich("zaaktype", "P1").body["besluittypen"] == ["Besluit terras"]
    assert rich("zaaktype", "P2").body["besluittypen"] == ["Besluit terras"]


def test_what_is_left_out_is_told_with_its_reason_and_line() -> None:
    skipped = plan(RICH).skipped
    lines = RICH.read_text().splitlines()
    assert {(each.kind, each.key, each.reason) for each in skipped} == {
        ("informatieobjecttype", "P1/Vervallen formulier", "Was geldig tot 2021-01-01."),
        ("roltype", "P1/Archivaris", "Staat in i-Navigator op niet actief."),
        ("regel", "P1/roltype-statustype/L1/S1", "De standaard kent dit verband niet."),
        (
            "regel",
            "P1/resultaattype-besluittype/R1/B404",
            "De regel noemt een onbekend onderdeel.",
        ),
        (
            "proces-register",
            "P1/Vergunningenregister",
            "De standaard kent geen registers bij een zaaktype.",
        ),
        ("zaaktype", "P3", "Staat in i-Navigator op niet actief."),
        ("zaaktype", "P2", "Een ander proces in de export heeft hetzelfde id."),
    }
    assert all(lines[each.source_line - 1].lstrip().startswith("<") for each in skipped)


def test_the_same_name_twice_is_made_once_even_on_one_line() -> None:
    twice = "".join(f"<roltype id='L{n}'>{velden(naam='Initiator')}</roltype>" for n in (1, 2))
    mapping = plan(export(f"{velden(naam='Iets')}<roltypen>{twice}</roltypen>"))
    assert [p.key for p in mapping.plans if p.kind == "roltype"] == ["P1/Initiator"]
    assert [(each.kind, each.key) for each in mapping.skipped] == [("roltype", "P1/Initiator")]


def test_an_export_without_processes_says_so() -> None:
    content = export().replace(f"<proces id='P1'>{velden(naam='Iets behandelen')}</proces>", "")
    mapping = plan(content)
    assert [planned.kind for planned in mapping.plans] == ["catalogus"]
    assert mapping.remarks == ("De export bevat geen processen.",)


def test_loose_text_in_a_rule_is_left_out_and_told() -> None:
    lists = "<regeldefinities><regeldefinitie id='R'><naam>statustype-documenttype</naam>"
    lists += "</regeldefinitie></regeldefinities>"
    inside = f"{velden(naam='Iets')}<regelsets><regelset regeltype='R'>S1 D1</regelset></regelsets>"
    (skipped,) = plan(export(inside, lists)).skipped
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "De regel noemt een onbekend onderdeel."
