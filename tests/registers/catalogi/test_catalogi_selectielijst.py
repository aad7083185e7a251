"""What types refer to in the Selectielijst, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from loket.grammar import outside as port
from loket.grammar.outside import UNREADABLE, Unavailable
from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.registers.catalogi.inavigator.importing import MADE, carry_out
from loket.registers.catalogi.inavigator.plans.plan import RESULTAATTYPE
from loket.registers.selectielijst import facts
from loket.registers.selectielijst.register import COPY_OF
from tests.conftest import Api
from tests.registers.catalogi.beheer import GEGROND, INGERICHT, SELECTIELIJST, Beheer, faults
from tests.registers.catalogi.inavigator_exports import RICH, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

PROCESTYPE = f"{SELECTIELIJST}/procestypen/e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
OTHER_PROCESTYPE = f"{SELECTIELIJST}/procestypen/96eae691-077f-4fd6-ad66-950b9b714880"
NIHIL = f"{SELECTIELIJST}/resultaten/6711baff-798b-4c7f-9133-8ad02c8b7c6f"
NOWHERE = "00000000-0000-4000-8000-000000000000"
ELSEWHERE = "https://lijsten.voorbeeld.nl/api/v1"

INVALID = "invalid-resource"
WIJZEN = (
    "afgehandeld", "ander_datumkenmerk", "eigenschap", "gerelateerde_zaak", "hoofdzaak",
    "ingangsdatum_besluit", "termijn", "vervaldatum_besluit", "zaakobject",
)  # fmt: skip
FILLED = {
    "datumkenmerk": "datum",
    "einddatumBekend": True,
    "objecttype": "pand",
    "registratie": "BAG",
    "procestermijn": "P5Y",
}
ASKED: dict[str, set[str]] = {
    "ander_datumkenmerk": {"datumkenmerk", "objecttype", "registratie"},
    "eigenschap": {"datumkenmerk"},
    "termijn": {"procestermijn"},
    "zaakobject": {"datumkenmerk", "objecttype"},
}
"""What each afleidingswijze asks; the others ask nothing."""


def resultaat(termijn: str) -> str:
    """Return the address of a resultaat with a procestermijn."""
    found = next(e for e in facts.resultaten() if e.procestermijn == termijn and not e.vervallen)
    return f"{SELECTIELIJST}/resultaten/{found.uuid}"


def brondatum(wijze: str) -> dict[str, Any]:
    """Return a brondatumArchiefprocedure with what its afleidingswijze asks."""
    return {"afleidingswijze": wijze, **{name: FILLED[name] for name in ASKED.get(wijze, ())}}


class Elsewhere:
    """A source that a municipality trusts, with pages that a test sets."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[tuple[str, bool]] = []
        self.away = False

    def trusts(self, url: str) -> bool:
        return url.startswith(ELSEWHERE)

    def get(self, url: str) -> Any:
        writing = bool(connections[tenant.current().alias].savepoint_ids)
        self.asked.append((url.removeprefix(ELSEWHERE), writing))
        if self.away:
            raise Unavailable
        return self.pages.get(url.removeprefix(ELSEWHERE))


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    before, made = port.outside(), Elsewhere()
    port.bind(lambda: made)
    yield made
    port.bind(lambda: before)


@pytest.mark.rule("ztc-001")
def test_ztc_001_a_procestype_is_of_the_selectielijst(beheer: Beheer) -> None:
    made = beheer.zaaktype(selectielijstProcestype=PROCESTYPE)
    assert made["selectielijstProcestype"] == PROCESTYPE
    for url, code in (
        (NIHIL, INVALID),
        ("https://elders.nl/procestypen/1", INVALID),
        (f"{SELECTIELIJST}/procestypen/{NOWHERE}", "bad-url"),
        ("geen url", "bad-url"),
    ):
        refused = {("selectielijstProcestype", code)}
        answer = beheer.post("zaaktypen", **beheer.zaaktype_body(selectielijstProcestype=url))
        assert faults(answer) == refused, url
        answer = beheer.api.patch(made["url"], json={"selectielijstProcestype": url})
        assert faults(answer) == refused, url
        answer = beheer.api.put(made["url"], json={**made, "selectielijstProcestype": url})
        assert faults(answer) == refused, url
    assert beheer.zaaktype("ZT2", selectielijstProcestype="")["selectielijstProcestype"] == ""


@pytest.mark.rule("ztc-001", "ztc-002")
@pytest.mark.parametrize("copied", COPY_OF)
def test_addresses_of_the_public_list_are_those_of_our_copy(beheer: Beheer, copied: str) -> None:
    public = PROCESTYPE.replace(SELECTIELIJST, copied)
    zaaktype = beheer.zaaktype(selectielijstProcestype=public)
    assert zaaktype["selectielijstProcestype"] == public
    for klasse in (NIHIL, NIHIL.replace(SELECTIELIJST, copied)):
        body = {"omschrijving": klasse[:20], "selectielijstklasse": klasse}
        assert beheer.resultaattype(zaaktype, **body)["archiefactietermijn"] == "P10Y"


@pytest.mark.rule("ztc-002")
def test_ztc_002_references_are_of_the_selectielijst(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()
    made = beheer.resultaattype(zaaktype)
    for name, wrong in (("resultaattypeomschrijving", NIHIL), ("selectielijstklasse", GEGROND)):
        path = "resultaattypeomschrijvingen" if wrong == NIHIL else "resultaten"
        for url, code in (
            (wrong, INVALID),
            ("https://elders.nl/1", INVALID),
            (f"{SELECTIELIJST}/{path}/{NOWHERE}", "bad-url"),
        ):
            body = beheer.resultaattype_body(zaaktype, omschrijving="Ander", **{name: url})
            assert faults(beheer.post("resultaattypen", **body)) == {(name, code)}
            assert faults(beheer.api.put(made["url"], json=body)) == {(name, code)}
            assert faults(beheer.api.patch(made["url"], json={name: url})) == {(name, code)}


@pytest.mark.rule("ztc-002")
def test_ztc_002_the_generic_name_is_that_of_the_list(beheer: Beheer) -> None:
    made = beheer.resultaattype(beheer.zaaktype(), omschrijvingGeneriek="Eigen naam")
    assert made["omschrijvingGeneriek"] == "Gegrond"
    verleend = f"{SELECTIELIJST}/resultaattypeomschrijvingen/f7d2dc14-1b71-4179-aed3-4e7abcfbeb0d"
    changed = beheer.api.patch(made["url"], json={"resultaattypeomschrijving": verleend})
    assert changed.json()["omschrijvingGeneriek"] == "Verleend"
    kept = beheer.api.patch(made["url"], json={"toelichting": "Anders"})
    assert kept.json()["omschrijvingGeneriek"] == "Verleend"


@pytest.mark.rule("ztc-002")
def test_ztc_002_the_class_is_of_the_procestype_of_the_zaaktype(beheer: Beheer) -> None:
    other = beheer.zaaktype(selectielijstProcestype=OTHER_PROCESTYPE)
    mismatch = {("nonFieldErrors", "procestype-mismatch")}
    body = beheer.resultaattype_body(other)
    assert faults(beheer.post("resultaattypen", **body)) == mismatch
    made = beheer.resultaattype(beheer.zaaktype("ZT2", selectielijstProcestype=PROCESTYPE))
    assert faults(beheer.api.patch(made["url"], json={"zaaktype": other["url"]})) == mismatch
    beheer.resultaattype(beheer.zaaktype("ZT3"))  # a zaaktype without one takes any


@pytest.mark.rule("ztc-002")
def test_ztc_002_what_is_kept_follows_from_the_class(beheer: Beheer) -> None:
    zaaktype = beheer.zaaktype()

    def outcome(omschrijving: str, **body: Any) -> tuple[str, str | None]:
        made = beheer.resultaattype(zaaktype, omschrijving=omschrijving, **body)
        return made["archiefnominatie"], made["archiefactietermijn"]

    assert outcome("a", selectielijstklasse=NIHIL) == ("vernietigen", "P10Y")
    assert outcome("b", selectielijstklasse=INGERICHT) == ("blijvend_bewaren", None)
    own = {"archiefnominatie": "blijvend_bewaren", "archiefactietermijn": "P20Y"}
    assert outcome("c", selectielijstklasse=NIHIL, **own) == ("blijvend_bewaren", "P20Y")
    blank = {"archiefnominatie": "", "archiefactietermijn": None}
    assert outcome("d", selectielijstklasse=NIHIL, **blank) == ("vernietigen", "P10Y")


@pytest.mark.rule("ztc-003")
@pytest.mark.parametrize("wijze", WIJZEN)
@pytest.mark.parametrize(
    "termijn",
    [
        "nihil",
        "ingeschatte_bestaansduur_procesobject",
        "bestaansduur_procesobject",
        "vast_te_leggen_datum",
        "samengevoegd_met_bewaartermijn",
        "",
    ],
)
def test_ztc_003_the_afleidingswijze_fits_the_procestermijn(
    beheer: Beheer, termijn: str, wijze: str
) -> None:
    bound = {"nihil": "afgehandeld", "ingeschatte_bestaansduur_procesobject": "termijn"}
    fits = bound[termijn] == wijze if termijn in bound else wijze not in bound.values()
    body = beheer.resultaattype_body(
        beheer.zaaktype(),
        selectielijstklasse=resultaat(termijn),
        brondatumArchiefprocedure=brondatum(wijze),
    )
    answer = beheer.post("resultaattypen", **body)
    if fits or not termijn:
        assert answer.status_code == 201, answer.text
    else:
        code = "invalid-afleidingswijze-for-procestermijn"
        assert faults(answer) == {("nonFieldErrors", code)}


@pytest.mark.rule("ztc-003")
def test_ztc_003_holds_for_a_change_of_either(beheer: Beheer) -> None:
    body = {"brondatumArchiefprocedure": brondatum("hoofdzaak")}
    made = beheer.resultaattype(beheer.zaaktype(), **body)
    refused = {("nonFieldErrors", "invalid-afleidingswijze-for-procestermijn")}
    assert faults(beheer.api.patch(made["url"], json={"selectielijstklasse": NIHIL})) == refused
    both = {"selectielijstklasse": NIHIL, "brondatumArchiefprocedure": brondatum("afgehandeld")}
    assert beheer.api.patch(made["url"], json=both).status_code == 200
    assert faults(beheer.api.patch(made["url"], json=body)) == refused


@pytest.mark.rule("ztc-004", "ztc-005", "ztc-006", "ztc-007", "ztc-008")
@pytest.mark.parametrize("wijze", WIJZEN)
def test_each_afleidingswijze_asks_its_own(beheer: Beheer, wijze: str) -> None:
    asked = ASKED.get(wijze, set())
    free = set() if wijze in ("afgehandeld", "termijn") else {"einddatumBekend"}
    zaaktype = beheer.zaaktype()

    def found(**fields: Any) -> set[tuple[str, str]]:
        given = {"afleidingswijze": wijze, **fields}
        body = beheer.resultaattype_body(zaaktype, brondatumArchiefprocedure=given)
        answer = beheer.post("resultaattypen", **body)
        return set() if answer.status_code == 201 else faults(answer)

    def named(names: set[str], code: str) -> set[tuple[str, str]]:
        return {(f"brondatumArchiefprocedure.{name}", code) for name in names}

    assert found() == named(asked, "required")
    too_much = set(FILLED) - asked - free
    assert found(**FILLED) == named(too_much, "must-be-empty")


@pytest.mark.rule("ztc-001", "ztc-002")
def test_another_source_is_asked_before_the_transaction(
    beheer: Beheer, elsewhere: Elsewhere
) -> None:
    elsewhere.pages = {
        "/procestypen/1": {"nummer": 1, "jaar": 2020, "naam": "Een"},
        "/resultaten/1": {
            "procesType": f"{ELSEWHERE}/procestypen/1",
            "volledigNummer": "1.1",
            "waardering": "vernietigen",
            "bewaartermijn": "P3Y",
        },
        "/resultaattypeomschrijvingen/1": {"omschrijving": "Klaar", "definitie": "Af."},
        "/resultaten/2": {"procesType": 1, "volledigNummer": "1.2", "waardering": ""},
        "/resultaten/3": UNREADABLE,
        "/resultaten/4": {
            "procesType": "", "volledigNummer": "", "waardering": "", "bewaartermijn": "lang",
        },
    }  # fmt: skip
    zaaktype = beheer.zaaktype(selectielijstProcestype=f"{ELSEWHERE}/procestypen/1")
    body = {
        "resultaattypeomschrijving": f"{ELSEWHERE}/resultaattypeomschrijvingen/1",
        "selectielijstklasse": f"{ELSEWHERE}/resultaten/1",
    }
    made = beheer.resultaattype(zaaktype, **body)
    assert made["omschrijvingGeneriek"] == "Klaar"
    assert (made["archiefnominatie"], made["archiefactietermijn"]) == ("vernietigen", "P3Y")
    first = dict(reversed(elsewhere.asked))
    assert first == dict.fromkeys(list(elsewhere.pages)[:3], False)
    for nr in (2, 3, 4):
        wrong = {"selectielijstklasse": f"{ELSEWHERE}/resultaten/{nr}"}
        answer = beheer.api.patch(made["url"], json=wrong)
        assert faults(answer) == {("selectielijstklasse", INVALID)}
    gone = beheer.api.patch(made["url"], json={"selectielijstklasse": f"{ELSEWHERE}/resultaten/9"})
    assert faults(gone) == {("selectielijstklasse", "bad-url")}


def test_while_the_source_is_away_nothing_is_written(beheer: Beheer, elsewhere: Elsewhere) -> None:
    elsewhere.away = True
    url = f"{ELSEWHERE}/procestypen/1"
    answer = beheer.post("zaaktypen", **beheer.zaaktype_body(selectielijstProcestype=url))
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert beheer.listed("zaaktypen", status="alles") == []
    beheer.zaaktype()  # what does not need the source goes on


def test_what_an_import_refers_to_is_served(beheer: Beheer) -> None:
    lines = carry_out(plan(RICH), Actor.system("test"))
    made = {(line.kind, line.outcome) for line in lines}
    assert (RESULTAATTYPE, MADE) in made
    anybody = Api(headers={"Authorization": None})
    found = beheer.listed("resultaattypen", status="alles")
    for each in found:
        for name in ("selectielijstklasse", "resultaattypeomschrijving"):
            assert each[name].startswith(SELECTIELIJST)
            assert anybody.get(each[name]).status_code == 200
        assert each["omschrijvingGeneriek"]
    assert found
