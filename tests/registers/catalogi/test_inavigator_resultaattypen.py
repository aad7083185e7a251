"""From a resultaat in the export to a resultaattype with its Selectielijst class and term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.registers.catalogi.inavigator.plans.plan import Ref
from loket.registers.selectielijst import facts
from tests.registers.catalogi.inavigator_exports import (
    export,
    first,
    part,
    plan,
    rich,
    velden,
)

if TYPE_CHECKING:
    from loket.registers.catalogi.inavigator.plans.plan import Plan

RESULTAAT = (
    "<vernietigingsgrondslag-txt>Resultaat {} Selectielijst 2020</vernietigingsgrondslag-txt>"
)


def resultaat(nummer: str, **fields: str) -> Plan:
    """Plan a resultaattype of a Selectielijst number."""
    grondslag = RESULTAAT.format(nummer)
    inside = velden(naam="Klaar", **fields).replace("</velden>", f"{grondslag}</velden>")
    return first(plan(export(part("resultaattype", inside))), "resultaattype")


def test_a_resultaattype_follows_the_latest_selectielijst() -> None:
    verleend = rich("resultaattype", "P1/Verleend voor een langere per…")
    klasse = facts.resultaat("11.1")
    assert klasse is not None
    assert verleend.body["selectielijstklasse"] == Ref("selectielijst-resultaat", klasse.uuid)
    assert verleend.body["brondatumArchiefprocedure"] == {
        "afleidingswijze": "ander_datumkenmerk",
        "datumkenmerk": "Einddatum vergunning",
        "objecttype": "overige",
        "registratie": "Vergunningen en ontheffingen",
        "procestermijn": None,
    }
    assert verleend.body["besluittypen"] == ["Besluit terras"]
    assert verleend.body["informatieobjecttypen"] == ["Beschikking"]


def test_a_number_of_another_year_is_told() -> None:
    inside = velden(naam="Klaar", vernietigingsgrondslag_txt="Resultaat 8.2 Selectielijst 2017")
    planned = first(plan(export(part("resultaattype", inside))), "resultaattype")
    assert "Resultaat 8.2 van 2017 is opgezocht in de lijst van 2020." in planned.remarks


def test_nihil_in_the_selectielijst_makes_it_afgehandeld() -> None:
    planned = resultaat("8.2", brondatum_archiefprocedure="Vervaldatum besluit")
    assert planned.body["brondatumArchiefprocedure"]["afleidingswijze"] == "afgehandeld"
    assert any("'nihil'; de export zegt 'vervaldatum_besluit'" in r for r in planned.remarks)
    assert planned.body["archiefnominatie"] == "vernietigen"
    assert planned.body["archiefactietermijn"] == "P5Y"


def test_afgehandeld_is_refused_where_the_selectielijst_says_otherwise() -> None:
    planned = resultaat("11.1", brondatum_archiefprocedure="Afgehandeld")
    assert planned.body["brondatumArchiefprocedure"] is None
    assert any("mag niet bij procestermijn" in remark for remark in planned.remarks)


def test_an_estimated_lifetime_asks_for_a_term_that_the_export_lacks() -> None:
    planned = resultaat("15.1.1", brondatum_archiefprocedure="Afgehandeld")
    assert planned.body["brondatumArchiefprocedure"] is None
    assert any("vraagt gegevens die de export mist" in remark for remark in planned.remarks)


def test_the_end_of_a_decision_asks_for_decisions() -> None:
    planned = resultaat("11.1", brondatum_archiefprocedure="Vervaldatum besluit")
    assert planned.body["brondatumArchiefprocedure"]["afleidingswijze"] == "vervaldatum_besluit"
    assert any("geen besluittypen" in remark for remark in planned.remarks)


@pytest.mark.parametrize("said", ["Ander datumkenmerk", "Eigenschap", "Na vervallen belang", ""])
def test_a_start_without_its_particulars_stays_empty(said: str) -> None:
    planned = resultaat("11.1", brondatum_archiefprocedure=said)
    assert planned.body["brondatumArchiefprocedure"] is None
    assert "brondatumArchiefprocedure is leeg: vul haar in voor publicatie." in planned.remarks


def test_a_property_gives_the_start_of_the_term() -> None:
    brondatum = rich("resultaattype", "P1/Van rechtswege").body["brondatumArchiefprocedure"]
    assert brondatum["datumkenmerk"] == rich("eigenschap", "P1/Einddatum van de ve…").body["naam"]


def test_where_export_and_selectielijst_differ_the_export_stands_and_is_told() -> None:
    planned = resultaat(
        "8.2", waardering="Bewaren", bewaartermijn="20", bewaartermijn_eenheid="Jaar"
    )
    assert planned.body["archiefnominatie"] == "blijvend_bewaren"
    assert planned.body["archiefactietermijn"] == "P20Y"
    said = "archiefnominatie is 'blijvend_bewaren', maar de Selectielijst zegt 'vernietigen'."
    assert said in planned.remarks


def test_a_class_of_another_procestype_is_missing_and_told() -> None:
    planned = rich("resultaattype", "P1/Doorgezonden")
    assert planned.missing == ("selectielijstklasse",)
    assert "selectielijstklasse" not in planned.body
    assert planned.remarks[0].startswith("Resultaat 8.2 is van procestype 8, maar het zaaktype")


@pytest.mark.parametrize("nummer", ["99.9", "19.1.13", "8.2.77"])
def test_a_class_that_does_not_exist_is_missing_and_told(nummer: str) -> None:
    planned = resultaat(nummer, waardering="Vernietigen")
    assert planned.missing == ("selectielijstklasse",)
    assert planned.remarks[0] == f"Resultaat {nummer} staat niet (meer) in de Selectielijst 2020."
    assert planned.body["archiefnominatie"] == "vernietigen"


def test_a_resultaattype_without_any_ground_is_still_planned() -> None:
    planned = first(plan(export(part("resultaattype", velden(naam="Klaar")))), "resultaattype")
    assert planned.remarks[0] == "De export noemt geen resultaat van de Selectielijst."
