"""From XML to a Procesmodel: what the format asks for is there, and of the right kind."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.registers.catalogi.inavigator.model import Term
from loket.registers.catalogi.inavigator.parsing import read_procesmodel
from loket.registers.catalogi.inavigator.reader import InavigatorError
from tests.registers.catalogi.inavigator_exports import (
    PREAMBULE,
    REAL,
    RICH,
    attempt,
    export,
    part,
    understand,
    velden,
)

IETS = velden(naam="Iets")
SOORTEN = f"<statussoorten><statussoort id='SS1'>{IETS}</statussoort></statussoorten>"
REGELS = "<regeldefinities><regeldefinitie id='SRT1'><naam>x</naam></regeldefinitie>"


def test_the_export_of_a_municipality_is_understood() -> None:
    model = read_procesmodel(REAL)
    assert model.datum == date(2020, 8, 4)
    assert model.specificatieversie == "ICR1.5.13"
    assert [proces.id for proces in model.processen] == ["B1796", "B1799", "B1801"]
    first = model.processen[0]
    assert first.kernomschrijving == "Budgetbeheer aanvraag"
    assert first.afdoeningstermijn == Term(365, "Dag")
    assert first.wettelijke_afdoeningstermijn is None
    assert len(first.documenttypen) == 24
    assert first.resultaattypen[1].bewaartermijn == Term(6, "Week")
    assert first.statustypen[5].soort is not None
    assert first.statustypen[5].soort.procesfase == "Afrondingsfase"


def test_every_field_that_says_something_is_kept() -> None:
    proces = read_procesmodel(RICH).processen[0]
    assert ("eigen-veld", "eigen waarde") in proces.overig
    assert ("mandaat", "Wethouder") in proces.besluittypen[0].overig
    assert proces.toelichting == "Een ondernemer wil een terras."
    assert proces.zaakeigenschappen[1].waarden == ("Noord", "Zuid")
    assert [regel.naam for regel in proces.regels].count("resultaattype-besluittype") == 2


def test_text_where_a_list_belongs_is_kept() -> None:
    model = understand(export(f"{IETS}<besluittypen>Besluit</besluittypen>"))
    assert model.processen[0].overig == (("besluittypen", "Besluit"),)


def test_own_values_of_a_property_are_split() -> None:
    eigenschap = part("zaakeigenschap", velden(naam="Maat", waardelijst="Klein; Groot"))
    assert understand(export(eigenschap)).processen[0].zaakeigenschappen[0].waarden == (
        "Klein",
        "Groot",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<dsp></dsp>", "In <dsp> ontbreekt <preambule>"),
        (f"<dsp>{PREAMBULE}</dsp>", "In <dsp> ontbreekt <processen>"),
        (export().replace("ICR1.5.13", "ICR1.3.13"), "'ICR1.3.13' is niet ICR 1.5"),
        (export().replace("<datum>2024-03-01T08:00:00</datum>", ""), "ontbreekt de <datum>"),
        (export().replace("2024-03-01T08:00:00", "gisteren"), "'gisteren' is geen datum"),
        (export(lists="<onzin/>"), "<onzin> hoort niet in <dsp>"),
        (export(lists=SOORTEN * 2), "<statussoorten> staat twee keer"),
        (export(lists=SOORTEN.replace(" id='SS1'", "")), "ontbreekt het attribuut id"),
        (export("<roltypen/>"), "In <proces> ontbreekt <velden>"),
        (export("<velden/>"), "geen <kernomschrijving> en geen <naam>"),
        (export(f"{IETS}<onzin/>"), "<onzin> hoort niet in <proces>"),
        (export(f"{IETS}<statustypen><check/></statustypen>"), "hoort alleen <statustype>"),
        (export(part("statustype", velden(bericht="Hallo"))), "heeft geen <naam>"),
        (export(part("roltype", velden(naam="A"), extra="<checks/>")), "<checks> hoort niet"),
        (export(part("roltype", velden(naam="A", actief="soms"))), "'soms' is geen Ja of Nee"),
        (export(part("roltype", velden(naam="A", actueel_van="32-13-2020"))), "geen datum"),
        (export(part("resultaattype", velden(naam="A", bewaartermijn="vijf"))), "geheel getal"),
        (export(part("resultaattype", velden(naam="A", bewaartermijn="-5"))), "geheel getal"),
        (export(part("resultaattype", velden(naam="A", bewaartermijn="9" * 5000))), "geheel getal"),
        (export(part("resultaattype", velden(naam="A", bewaartermijn="²"))), "geheel getal"),
        (export(part("roltype", velden(naam="A")).replace("'1'", "'een'")), "geheel getal"),
        (export(velden(naam="<b>vet</b>")), "hoort tekst te zijn"),
        (export("<velden><naam>A</naam><naam>B</naam></velden>"), "<naam> staat twee keer"),
        (
            export("<velden><naam>A</naam><bag xsi:nil='true'>Ja</bag></velden>").replace(
                "bag", "aanleiding"
            ),
            "leeg verklaard (nil) maar heeft inhoud",
        ),
        (
            export(
                part(
                    "statustype",
                    velden(naam="A"),
                    extra="<checks><check><velden/></check></checks>",
                )
            ),
            "geen <naam> en geen <vraag>",
        ),
        (
            export(
                part("statustype", velden(naam="A")).replace(" id=", " soort-id='SS9' id="), SOORTEN
            ),
            "Soort SS9 staat niet in deze export",
        ),
        (
            export(
                f"{IETS}<regelsets><regelset regeltype='SRT9'/></regelsets>",
                f"{REGELS}</regeldefinities>",
            ),
            "Regeltype SRT9 staat niet in deze export",
        ),
        (
            export(f"{IETS}<registers><proces-register id='1'/></registers>"),
            "Bij <proces-register> ontbreekt het attribuut ref",
        ),
    ],
)
def test_what_is_no_such_export_gets_one_error_with_its_place(content: str, says: str) -> None:
    with pytest.raises(InavigatorError) as caught:
        understand(content)
    assert says in caught.value.message
    line = content.splitlines()[caught.value.line - 1]
    assert line[caught.value.column - 1] == "<"


def test_a_proces_without_an_id_is_refused() -> None:
    with pytest.raises(InavigatorError, match="ontbreekt het attribuut id"):
        understand(export().replace("id='P1'", ""))


def test_an_export_without_soorten_is_read() -> None:
    content = export(part("statustype", velden(naam="A")).replace(" id=", " soort-id='SS9' id="))
    assert understand(content).processen[0].statustypen[0].soort is None


def test_a_local_name_may_stand_in_for_an_absent_model_and_the_other_way_round() -> None:
    proces = understand(export(part("roltype", velden(naam_model="Initiator")))).processen[0]
    assert proces.roltypen[0].naam == "Initiator"


MUTANT = ET.fromstring(RICH.read_bytes())  # noqa: S314 - our own file
PLACES = sum(1 for _ in MUTANT.iter())


@given(place=st.integers(1, PLACES - 1), way=st.sampled_from(["drop", "double", "rename", "fill"]))
@settings(max_examples=200, deadline=None)
def test_a_damaged_export_is_planned_or_refused_but_never_breaks(place: int, way: str) -> None:
    root = ET.fromstring(RICH.read_bytes())  # noqa: S314 - our own file
    parents = {child: parent for parent in root.iter() for child in parent}
    damaged = list(root.iter())[place]
    parent = parents[damaged]
    if way == "drop":
        parent.remove(damaged)
    elif way == "double":
        parent.append(damaged)
    elif way == "rename":
        damaged.tag = "iets-anders"
    else:
        damaged.text = "iets anders 12345678901234567890"
    outcome = attempt(ET.tostring(root))
    assert outcome.line >= 1 if isinstance(outcome, InavigatorError) else outcome.plans
