"""What a citizen does over the MijnServices API with what is his, and cannot with what is not."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.klantinteracties.contactwerk import bsn
from tests.services.mijnservices.aanbieder import App
from tests.services.mijnservices.leven import PDF

if TYPE_CHECKING:
    import httpx

    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
MIJN = "/mijn/api/v1"
FORM = {
    "formulierDefinitie": {
        "components": [
            {"type": "textfield", "key": "kleur", "label": "Kleur", "validate": {"required": True}},
            {"type": "file", "key": "foto", "label": "Foto"},
        ]
    }
}
BESTAND = {"bestandsnaam": "foto.pdf", "inhoud": base64.b64encode(PDF).decode(), "veld": "foto"}


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def app(provider: Aanbieder, klant: Klant) -> App:
    return App(provider.token(bsn=klant.urn.rpartition(":")[2]))


@pytest.fixture
def vreemd(provider: Aanbieder) -> App:
    return App(provider.token(bsn=bsn()))


def doe(app: App, path: str, body: Json | None = None) -> httpx.Response:
    return app.post(f"{MIJN}/{path}", json=body)


@pytest.mark.req("M20", "M41", "M42", "M43")
def test_a_task_is_done_with_a_document(app: App, vreemd: App, klant: Klant, leven: Leven) -> None:
    """The document stands in the zaak, what was filled in with the task, and the task is gone."""
    zaak = leven.zaak(klant)
    taak = leven.taak(klant, zaak, details=FORM)
    path = f"taken/{taak['uuid']}"
    assert doe(vreemd, f"{path}/documenten", BESTAND).status_code == 404
    assert doe(vreemd, f"{path}/afronden", {"gegevens": {"kleur": "rood"}}).status_code == 404
    sent = doe(app, f"{path}/documenten", BESTAND)
    assert sent.status_code == 201, sent.text
    shown = app.get(f"{MIJN}/zaken/{zaak['uuid']}").json()
    assert [each["uuid"] for each in shown["documenten"]] == [sent.json()["uuid"]]
    refused = doe(app, f"{path}/afronden", {"gegevens": {}})
    assert [each["name"] for each in refused.json()["invalidParams"]] == [
        "details.ontvangenGegevens.kleur"
    ]
    done = doe(app, f"{path}/afronden", {"gegevens": {"kleur": "rood"}})
    assert (done.status_code, done.json()["regel"]["status"]) == (200, "uitgevoerd")
    assert app.get(f"{MIJN}/taken").json()["count"] == 0
    assert doe(app, f"{path}/afronden", {"gegevens": {"kleur": "blauw"}}).status_code == 409


@pytest.mark.req("M42", "M43")
def test_a_document_is_held_to_what_the_municipality_takes(
    app: App, klant: Klant, leven: Leven
) -> None:
    taak = leven.taak(klant, leven.zaak(klant), details=FORM)
    path = f"taken/{taak['uuid']}/documenten"
    leven.stel_in(bestandsoorten=["png", "jpg"], grootsteBestand=1)
    (fault,) = doe(app, path, BESTAND).json()["invalidParams"]
    assert (fault["name"], fault["code"]) == ("inhoud", "formaat-niet-toegestaan")
    assert fault["reason"].endswith("Dit kan wel: JPG, PNG.")
    large = {**BESTAND, "inhoud": base64.b64encode(PDF + bytes(2**20)).decode()}
    refused = doe(app, path, large)
    assert (refused.status_code, "hoogstens 1 MB" in refused.text) == (400, True)
    leven.stel_in(bestandsoorten=["pdf"])
    assert doe(app, path, BESTAND).status_code == 201


@pytest.mark.req("M44")
def test_a_bericht_becomes_read(app: App, vreemd: App, klant: Klant, leven: Leven) -> None:
    bericht = leven.bericht(klant)
    assert doe(vreemd, f"berichten/{bericht['uuid']}/lezen").status_code == 404
    assert doe(app, f"berichten/{bericht['uuid']}/lezen").json()["regel"]["gelezenOp"]
    assert app.get(f"{MIJN}/berichten", params={"gelezen": "false"}).json()["count"] == 0


@pytest.mark.req("M9", "M50")
def test_answering_asking_and_objecting_are_contacts(
    app: App, vreemd: App, klant: Klant, leven: Leven
) -> None:
    """Each with an employee's task, in one transaction; nothing of it for a stranger."""
    zaak = leven.zaak(klant)
    bericht = leven.bericht(klant, zaak, handelingsPerspectief="informatie_geven")
    contact = leven.contact(klant, zaak)
    acts = (
        (f"berichten/{bericht['uuid']}/beantwoorden", {"tekst": "Hier is het antwoord."}),
        (f"contactmomenten/{contact['uuid']}/verbetering", {"tekst": "Dat zei ik niet."}),
        (f"zaken/{zaak['uuid']}/vraag", {"onderwerp": "de kosten", "tekst": "Wat kost het?"}),
    )
    for path, body in acts:
        assert doe(vreemd, path, body).status_code == 404
        made = doe(app, path, body)
        assert made.status_code == 201, made.text
        assert doe(app, path, {**body, "tekst": " "}).status_code in (400, 409)
    found = app.get(f"{MIJN}/contactmomenten").json()
    assert found["count"] == 1 + len(acts)
    tasks = leven.contacten.list("internetaken")
    assert len(tasks) == len(acts)


@pytest.mark.req("M37", "J5")
def test_asking_to_stop_and_going_on_after_all(
    app: App, vreemd: App, klant: Klant, leven: Leven
) -> None:
    path = f"zaken/{leven.zaak(klant)['uuid']}"
    assert doe(app, f"{path}/doorgaan").status_code == 409
    assert doe(vreemd, f"{path}/intrekken").status_code == 404
    asked = doe(app, f"{path}/intrekken", {"reden": "Te duur."})
    assert asked.status_code == 201, asked.text
    stoppen = app.get(f"{MIJN}/{path}").json()["stoppen"]
    assert (stoppen["contact"], stoppen["open"]) == (asked.json()["contact"], True)
    assert doe(app, f"{path}/intrekken").status_code == 409
    assert doe(vreemd, f"{path}/doorgaan").status_code == 404
    assert doe(app, f"{path}/doorgaan").status_code == 201
    assert app.get(f"{MIJN}/{path}").json()["stoppen"] is None


def test_reading_alone_does_nothing(provider: Aanbieder, klant: Klant, leven: Leven) -> None:
    taak = leven.taak(klant)
    number = klant.urn.rpartition(":")[2]
    reader = App(provider.token(bsn=number, scope="mijn.lezen"))
    assert doe(reader, f"taken/{taak['uuid']}/afronden").status_code == 403


@pytest.mark.parametrize(
    ("body", "name"), [({}, "tekst"), ({"tekst": 3}, "tekst"), ({"tekst": ""}, "tekst")]
)
def test_a_bad_body_is_told(app: App, klant: Klant, leven: Leven, body: Json, name: str) -> None:
    contact = leven.contact(klant)
    answer = doe(app, f"contactmomenten/{contact['uuid']}/verbetering", body)
    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
