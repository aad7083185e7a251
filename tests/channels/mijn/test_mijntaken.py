"""Mijn taken: what is to be done, and doing it, without a script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from loket.kernel.clock import today
from loket.ledger.database import counted, one
from loket.services.mijnservices import taken, taken_doen
from tests.services.mijnservices.bestanden import HTML, JPG, PNG, VIRUS
from tests.services.mijnservices.leven import ANDERE_VESTIGING, PDF, VESTIGING, key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Api
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
MUST: Json = {"validate": {"required": True}}
COLOURS = [{"label": "Rood & geel", "value": "rood"}, {"label": "Blauw", "value": 7}]


def veld(key: str, kind: str = "textfield", **more: Any) -> Json:
    return {"label": key.title(), "key": key, "type": kind, **more}


ALLES = [
    veld("uitleg", "content", html="<p>Lees dit <b>eerst</b>.</p><script>alert(1)</script>"),
    veld("naam", **MUST),
    {"type": "fieldset", "key": "groep", "label": "Over u", "components": [
        {"type": "columns", "key": "kolommen", "label": "", "columns": [
            {"components": [veld("adres.postcode", "postcode")]},
            {"components": [veld("mail", "email", description="Daar mailen wij u.")]},
        ]},
        veld("geboren", "date"),
    ]},
    veld("bedrag", "currency"),
    veld("aantal", "number", validate={"min": 1, "max": 9}),
    veld("kleur", "radio", values=COLOURS, **MUST),
    veld("kleuren", "selectboxes", values=COLOURS),
    veld("kies", "select", data={"values": COLOURS}),
    veld("akkoord", "checkbox", **MUST),
    veld("waarom", "textarea", conditional={"show": True, "when": "kleur", "eq": "7"}),
    veld("rekening", "iban"),
    veld("telefoon", "phoneNumber"),
    veld("nummer", "bsn"),
    veld("namen", multiple=True),
    veld("kaart", "map"),
    veld("stil", hidden=True),
    veld("knop", "button"),
]  # fmt: skip
GOED = {
    "veld-naam": "Eva <b>",
    "veld-adres.postcode": "1234ab",
    "veld-mail": "eva@voorbeeld.nl",
    "veld-geboren": "31-12-1980",
    "veld-bedrag": "€ 1.234,50",
    "veld-aantal": "3",
    "veld-kleur": "7",
    "veld-kleuren": ["rood"],
    "veld-kies": "rood",
    "veld-akkoord": "on",
    "veld-rekening": "nl02 abna 0123 4567 89",
    "veld-telefoon": "06 12345678",
    "veld-nummer": "999990019",
    "veld-namen": "Jan\nPiet\n",
    "veld-kaart": "Bij de kerk",
}


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def zaak(leven: Leven, klant: Klant) -> Json:
    return leven.zaak(klant)


def taak(leven: Leven, klant: Klant, zaak: Json | None, *velden: Json, **more: Any) -> UUID:
    """Ask somebody to fill in a form; return the key of the task."""
    vooraf = more.pop("vooraf", {})
    details = {"formulierDefinitie": {"components": list(velden)}, "voorinvullenGegevens": vooraf}
    return key(leven.taak(klant, zaak, details=details, **more))


def bestand(content: bytes = PDF, naam: str = "brief.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, content)


def sent(klant: Klant, uuid: UUID) -> list[str]:
    """Return the names of what went along with a task."""
    plek = taken_doen.werk(klant.actor, uuid).plek
    assert plek
    return [each.document.bestandsnaam for each in plek.bijlagen]


@pytest.mark.req("M40")
def test_the_most_urgent_stands_first_and_says_how_long(
    leven: Leven, klant: Klant, als: Callable[[Any], Client]
) -> None:
    vandaag = today()
    for title, days in (
        ("Straks", 30),
        ("Snel", 3),
        ("Morgen", 1),
        ("Vandaag", 0),
        ("Te laat", -2),
    ):
        last = (vandaag + timedelta(days)).isoformat()
        leven.taak(klant, titel=f"Taak {title}", einddatumHandelingsTermijn=last,
                   startdatum=(vandaag - timedelta(9)).isoformat())  # fmt: skip
    weg = leven.taak(klant, titel="Ingetrokken")
    leven.api.patch(weg["url"], json={"status": "afgebroken"})
    client = als(klant.actor)
    with counted() as statements:
        page = client.get("/mijn-taken/").content.decode()
    assert len([each for each in statements if "taken_externetaak" in each]) == 1
    shown = [
        page.index(f"Taak {each}") for each in ("Te laat", "Vandaag", "Morgen", "Snel", "Straks")
    ]
    assert shown == sorted(shown)
    assert "Nog 3 dagen" in page
    assert "Nog 1 dag<" in page
    assert "Ingetrokken" not in page


@pytest.mark.req("M40")
def test_who_has_nothing_to_do_reads_so(klant: Klant, als: Callable[[Any], Client]) -> None:
    page = als(klant.actor).get("/mijn-taken/").content.decode()
    assert "U hoeft nu niets te doen." in page
    client = als(klant.actor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "You need not do anything now." in client.get("/mijn-taken/").content.decode()
    for wrong in ("0", "x", "2", "9" * 20):
        assert als(klant.actor).get(f"/mijn-taken/?bladzijde={wrong}").status_code == 404


@pytest.mark.req("M40")
def test_what_was_done_comes_a_page_at_a_time(
    leven: Leven, klant: Klant, als: Callable[[Any], Client]
) -> None:
    made = leven.taak(klant, soort="urltaak")
    one(
        "INSERT INTO taken_externetaak SELECT (jsonb_populate_record(t, "
        "jsonb_build_object('id', gen_random_uuid(), 'status', 'verwerkt'))).* "
        "FROM taken_externetaak t, generate_series(1, 60) WHERE t.id = %s",
        (key(made),),
    )
    client = als(klant.actor)
    assert "Oudere taken" in client.get("/mijn-taken/").content.decode()
    page = client.get("/mijn-taken/?bladzijde=2").content.decode()
    assert page.count("loket-taken__taak--gedaan") == 10
    assert "Nieuwere taken" in page


@pytest.mark.req("M41", "M20")
def test_a_form_is_filled_in_checked_and_sent(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    uuid = taak(leven, klant, zaak, *ALLES, vooraf={"naam": "Eva", "stil": "geheim", "bedrag": 2.5})
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    with counted() as statements:
        page = client.get(path).content.decode()
    assert len([each for each in statements if "taken_externetaak" in each]) == 1
    assert len([each for each in statements if "zaken_zaak" in each]) <= 1
    assert 'value="Eva"' in page
    assert "Lees dit eerst." in page
    assert "alert(1)" not in page
    assert "geheim" not in page
    assert "Alleen nodig als u bij “Kleur” kiest voor “Blauw”." in page
    check = client.post(path, {**GOED, "stap": "controleren"})
    shown = check.content.decode()
    assert (check.status_code, "Controleer uw antwoorden" in shown) == (200, True)
    assert escape("Eva <b>") in shown
    assert "Rood &amp; geel" in shown
    assert taken.detail(klant.actor, uuid).regel.open
    hidden = _hidden(shown)
    back = client.post(path, {**hidden, "stap": "wijzigen"}).content.decode()
    assert f'value="{escape("Eva <b>")}"' in back
    answer = client.post(path, {**hidden, "stap": "versturen"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}klaar/")
    done = client.get(answer["Location"]).content.decode()
    assert "Wat gebeurt er nu?" in done
    assert taken.detail(klant.actor, uuid).details["ontvangenGegevens"] == {
        "naam": "Eva <b>",
        "adres": {"postcode": "1234 AB"},
        "mail": "eva@voorbeeld.nl",
        "geboren": "1980-12-31",
        "bedrag": 1234.5,
        "aantal": 3,
        "kleur": 7,
        "kleuren": {"rood": True, "7": False},
        "kies": "rood",
        "akkoord": True,
        "rekening": "NL02ABNA0123456789",
        "telefoon": "06 12345678",
        "nummer": "999990019",
        "namen": ["Jan", "Piet"],
        "kaart": "Bij de kerk",
        "stil": "geheim",
    }
    later = client.get(path).content.decode()
    assert "Wat u hebt ingevuld" in later
    assert "999990019" not in later
    assert "stap" not in later
    assert "U hoeft nu niets te doen." in client.get("/mijn-taken/").content.decode()


def _hidden(page: str) -> Json:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(veld-[^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value.replace("&lt;", "<").replace("&gt;", ">"))
    return found


@pytest.mark.req("M41")
def test_all_that_is_amiss_stands_on_top_and_what_was_typed_stays(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    uuid = taak(leven, klant, zaak, *ALLES)
    wrong = {
        "veld-mail": "geen adres", "veld-geboren": "31-02-2020", "veld-bedrag": "veel",
        "veld-aantal": "10", "veld-kleur": "paars", "veld-rekening": "NL00ABNA0123456789",
        "veld-telefoon": "bel maar", "veld-nummer": "123456789", "veld-adres.postcode": "12",
        "veld-waarom": "Zo<maar", "veld-naam": "a\x00b",
    }  # fmt: skip
    for stap in ("controleren", "versturen"):
        answer = als(klant.actor).post(f"/mijn-taken/{uuid}/", {**wrong, "stap": stap})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert page.index("Er gaat iets niet goed") < page.index("<h1")
        for each in ("mail", "geboren", "bedrag", "aantal", "rekening", "telefoon", "nummer",
                     "adres.postcode", "kleur_0", "akkoord", "naam"):  # fmt: skip
            assert f'href="#veld-{each}"' in page, each
        assert 'aria-describedby="veld-mail-hulp veld-mail-fout"' in page
        assert "Zo&lt;maar" in page
        assert 'value="geen adres"' in page
    assert taken.detail(klant.actor, uuid).regel.open


@pytest.mark.req("M42")
def test_files_come_along_in_the_form_and_go_away_again(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    """Four at once; what was typed stays in the page all the while."""
    uuid = taak(leven, klant, zaak, veld("naam", **MUST),
                veld("foto", "file", multiple=True, **MUST))  # fmt: skip
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    missing = client.post(path, {"veld-naam": "Eva", "stap": "controleren"})
    assert missing.status_code == 400
    assert 'href="#bestand-foto"' in missing.content.decode()
    four = [bestand(PNG, f"{nr}.png") for nr in range(4)]
    page = client.post(path, {"veld-naam": "Eva", "bestand-foto": four, "stap": "toevoegen"})
    assert page.status_code == 200
    assert 'value="Eva"' in page.content.decode()
    assert sent(klant, uuid) == ["0.png", "1.png", "2.png", "3.png"]
    (weg,) = re.findall(r'value="([0-9a-f-]{36})">Haal weg<[^>]+> 2.png', page.content.decode())
    page = client.post(path, {"veld-naam": "Eva B", "weg": weg, "stap": "versturen"})
    assert 'value="Eva B"' in page.content.decode()
    assert sent(klant, uuid) == ["0.png", "1.png", "3.png"]
    again = client.post(path, {"weg": weg})
    assert (again.status_code, "er niet meer" in again.content.decode()) == (400, True)
    last = {"veld-naam": "Eva", "bestand-foto": bestand(JPG, "4.jpg"), "stap": "controleren"}
    assert "4.jpg" in client.post(path, last).content.decode()
    assert client.post(path, {"veld-naam": "Eva", "stap": "versturen"}).status_code == 302
    held = taken.detail(klant.actor, uuid).details["ontvangenGegevens"]["foto"]
    assert [each["originalName"] for each in held] == ["0.png", "1.png", "3.png", "4.jpg"]


@pytest.mark.req("M42")
@pytest.mark.parametrize(
    ("refused", "says"),
    [
        ((b"", "leeg.pdf"), "is leeg"),
        ((VIRUS, "virus.pdf"), "er zit een virus in"),
        ((HTML, "<script>.pdf"), "Dit kan wel: PDF, JPG"),
        ((PDF + bytes(2**20), "groot.pdf"), "is te groot. Een bestand mag hoogstens 1 MB zijn."),
    ],
)
def test_a_file_that_is_refused_says_why(
    leven: Leven,
    klant: Klant,
    zaak: Json,
    als: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch,
    refused: tuple[bytes, str],
    says: str,
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MOST_BYTES", 2**20)
    uuid = taak(leven, klant, zaak, veld("naam"), veld("foto", "file", multiple=True))
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    body = {"veld-naam": "Eva", "stap": "controleren"}
    answer = client.post(path, {**body, "bestand-foto": [bestand(*refused), bestand()]})
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (400, True)
    assert "<script>.pdf" not in page
    assert 'value="Eva"' in page
    assert sent(klant, uuid) == ["brief.pdf"]
    script = client.post(f"{path}bestanden/", {"bestand-foto": bestand(*refused), "veld": "foto"})
    assert (script.status_code, says in script.content.decode()) == (400, True)
    fine = client.post(f"{path}bestanden/", {"bestand-foto": bestand(PNG, "a.png"), "veld": "foto"})
    assert (fine.status_code, "a.png" in fine.content.decode()) == (200, True)


@pytest.mark.req("M41")
def test_the_second_of_two_tabs_hears_that_it_is_done(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client], api: Api
) -> None:
    uuid = taak(leven, klant, zaak, veld("naam"))
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    assert client.get(f"{path}klaar/").status_code == 302
    body = {"veld-naam": "Eva", "stap": "versturen"}
    assert client.post(path, body).status_code == 302
    second = client.post(path, {**body, "veld-naam": "Anders"})
    assert (second.status_code, "Deze taak is al gedaan." in second.content.decode()) == (409, True)
    assert taken.detail(klant.actor, uuid).details["ontvangenGegevens"] == {"naam": "Eva"}
    twice = client.post(path, body)  # the same, for somebody pressed the button twice
    assert (twice.status_code, twice["Location"]) == (302, f"{path}klaar/")
    gone = taak(leven, klant, zaak, veld("naam"))
    api.patch(f"/taken/api/v1/externetaken/{gone}", json={"status": "afgebroken"})
    answer = client.post(f"/mijn-taken/{gone}/", body)
    assert (answer.status_code, "is ingetrokken" in answer.content.decode()) == (410, True)


@pytest.mark.req("M40", "M42")
def test_another_does_not_find_it(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    uuid = taak(leven, klant, zaak, veld("naam"), veld("foto", "file"))
    leven.bedrijf()
    vestiging, other = leven.bedrijf(VESTIGING), leven.bedrijf(ANDERE_VESTIGING)
    own = taak(leven, vestiging, leven.zaak(vestiging), veld("naam"))
    for who, what in ((leven.burger("De Vries"), uuid), (vestiging, uuid), (other, own)):
        client, path = als(who.actor), f"/mijn-taken/{what}/"
        assert client.get(path).status_code == 404
        assert client.get(f"{path}klaar/").status_code == 404
        for body in ({"stap": "versturen", "veld-naam": "x"}, {"bestand-foto": bestand()},
                     {"weg": str(uuid4())}):  # fmt: skip
            assert client.post(path, body).status_code == 404
        assert client.post(f"{path}bestanden/", {"bestand": bestand()}).status_code == 404
    assert sent(klant, uuid) == []
    assert als(vestiging.actor).get(f"/mijn-taken/{own}/").status_code == 200


@pytest.mark.req("M41")
def test_a_form_of_any_shape_is_shown(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    """What others issue is not always what form.io means; nobody gets an error for that."""
    odd = [
        veld("a b<c>", validate={"pattern": "[", "maxLength": "veel", "required": "ja"}),
        veld("n", "number", validate={"min": "x"}, decimalLimit="y", defaultValue=[1]),
        veld("leeg", "select", data=None),
        veld("lijst", "select", multiple=True, data={"values": ["een", None, {"x": 1}]}),
        veld("f", "fieldset", components=[{"key": "los"}, 7, None, {"type": ["x"], "key": {}}]),
        veld("t", "table", rows=[[{"components": [veld("cel")]}], 7]),
        veld("x.y", conditional={"when": ["q"]}), veld("x", "time", defaultValue="12:34:56"),
        veld("moment", "datetime", multiple=True),
    ]  # fmt: skip
    uuid = taak(leven, klant, zaak, *odd)
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    assert client.get(path).status_code == 200
    body = {"veld-cel": "c", "veld-lijst": ["een"], "veld-x.y": "1", "veld-x": "12:30"}
    assert client.post(path, {**body, "stap": "controleren"}).status_code == 200
    assert client.post(path, {**body, "stap": "versturen"}).status_code == 302
