"""Instellingen: exactly one, readable for people who see little, and in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from loket.kernel import tenant
from loket.ledger.database import UniqueViolation, atomic, one, rows
from loket.registers.beheer.current import instellingen, logo
from loket.site import instellingen as of_site
from loket.site import uitgaand
from tests.registers.beheer.pictures import as_png, as_svg, png, svg

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

LIST = "/beheer/api/v1/instellingen"


@pytest.fixture(name="url")
def _url(api: Api) -> str:
    listed = api.get(LIST).json()
    assert listed["count"] == 1
    return str(listed["results"][0]["url"])


def codes(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return [(each["name"], each["code"]) for each in answer.json()["invalidParams"]]


def test_a_municipality_begins_with_its_name_and_an_event(gemeente: Tenant, url: str) -> None:
    assert instellingen().naam == gemeente.title
    key = url.rsplit("/", 1)[-1]
    assert rows("SELECT actie, actor_id FROM ledger_event WHERE key = %s", (key,)) == [
        ("create", "loket")
    ]
    of_site.prepare(gemeente)
    assert one("SELECT count(*) FROM beheer_instellingen")[0] == 1


def test_there_is_never_another_and_it_does_not_go(api: Api, url: str) -> None:
    assert api.post(LIST, json={"naam": "Nog een"}).status_code == 405
    assert api.delete(url).status_code == 405
    with pytest.raises(UniqueViolation), atomic():
        one(
            "INSERT INTO beheer_instellingen SELECT (jsonb_populate_record(t, "
            "jsonb_build_object('id', gen_random_uuid()))).* FROM beheer_instellingen t"
        )


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"kleurHoofd": "#005ea5", "kleurHoofdTekst": "#111111"}, "kleurHoofdTekst"),
        ({"kleurHoofd": "#222222"}, "kleurHoofdTekst"),
        ({"kleurHoofdTekst": "#eeeeee"}, "kleurHoofdTekst"),
        ({"kleurAccent": "#ffcc00"}, "kleurAccent"),
    ],
)
def test_colours_that_cannot_be_read_are_refused(
    api: Api, url: str, body: dict[str, str], name: str
) -> None:
    assert codes(api.patch(url, json=body)) == [(name, "contrast-te-laag")]


def test_colours_that_can_be_read_are_taken(api: Api, url: str) -> None:
    body = {"kleurHoofd": "#005ea5", "kleurHoofdTekst": "#ffffff", "kleurAccent": "#8a1538"}
    assert api.patch(url, json=body).status_code == 200
    assert instellingen().kleur_accent == "#8a1538"
    assert codes(api.patch(url, json={"kleurAccent": "rood"})) == [("kleurAccent", "invalid")]


@pytest.mark.parametrize("uri", [as_png(png()), as_svg(svg())], ids=["png", "svg"])
def test_a_logo_is_kept_and_marked(api: Api, url: str, uri: str) -> None:
    assert instellingen().logo == ""
    assert api.patch(url, json={"logo": uri}).json()["logo"] == uri
    assert len(instellingen().logo) == 12
    assert logo() == uri
    assert codes(api.patch(url, json={"logo": as_svg(b"<svg/>")})) == [("logo", "invalid")]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("grootsteBestand", 51, ("grootsteBestand", "groter-dan-huis")),
        ("grootsteBestand", 0, ("grootsteBestand", "min_value")),
        ("grootsteBestand", 2.5, ("grootsteBestand", "invalid")),
        ("grootsteBestand", "veel", ("grootsteBestand", "invalid")),
        ("bestandsoorten", ["pdf", "pptx"], ("bestandsoorten", "soort-niet-van-huis")),
        ("bestandsoorten", ["pdf", "exe"], ("bestandsoorten.1", "invalid_choice")),
        ("bestandsoorten", [["pdf"]], ("bestandsoorten.0", "invalid_choice")),
        ("bestandsoorten", "pdf", ("bestandsoorten", "not_a_list")),
    ],
)
def test_no_more_of_files_is_taken_than_the_house_takes(
    api: Api, url: str, name: str, value: Any, fault: tuple[str, str]
) -> None:
    before = instellingen()
    assert codes(api.patch(url, json={name: value})) == [fault]
    assert codes(api.put(url, json={"naam": "Anders", name: value})) == [fault]
    assert instellingen() == before


def test_a_choice_of_files_that_is_refused_says_what_can_be(api: Api, url: str) -> None:
    body = {"grootsteBestand": 400, "bestandsoorten": ["odp", "pdf", "pptx"]}
    large, kinds = api.patch(url, json=body).json()["invalidParams"]
    assert large["reason"] == "Het huis laat bestanden van hoogstens 50 MB toe."
    assert kinds["reason"].startswith("Het huis neemt ODP, PPTX niet aan. Dit kan wel: PDF, JPG,")


def test_what_was_chosen_of_files_before_the_house_took_less_may_stand(
    api: Api, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"grootsteBestand": 20, "bestandsoorten": ["pdf", "heic"]}
    assert api.patch(url, json=chosen).json().items() >= chosen.items()
    assert (instellingen().grootste_bestand, instellingen().bestandsoorten) == (20, ("pdf", "heic"))
    monkeypatch.setattr(settings, "UPLOAD_MOST_BYTES", 10 * 2**20)
    monkeypatch.setattr(settings, "UPLOAD_FORMATS", ["pdf", "png"])
    assert api.put(url, json={"naam": "Anders", **chosen}).status_code == 200
    assert codes(api.patch(url, json={"grootsteBestand": 19})) == [
        ("grootsteBestand", "groter-dan-huis")
    ]
    body: dict[str, Any] = {"grootsteBestand": None, "bestandsoorten": []}
    assert api.patch(url, json=body).json().items() >= body.items()


def test_mail_comes_from_the_municipality(api: Api, url: str, gemeente: Tenant) -> None:
    del gemeente
    assert "noreply@loket.example" in of_site.mail_from()
    body = {"afzenderEmail": "post@voorbeeld.nl", "afzenderNaam": "Gemeente, Voorbeeld"}
    api.patch(url, json=body)
    assert of_site.mail_from() == '"Gemeente, Voorbeeld" <post@voorbeeld.nl>'
    for name in ("naam", "afzenderNaam"):
        assert codes(api.patch(url, json={name: "A\r\nBcc: b@elders.nl"})) == [(name, "invalid")]
    assert codes(api.patch(url, json={"afzenderEmail": ""})) == [
        ("afzenderEmail", "afzender-zonder-adres")
    ]


def test_a_nudge_carries_the_name_sender_and_portal_of_its_municipality(
    api: Api, url: str, andere: Tenant
) -> None:
    body = {
        "naam": "Gemeente Nieuwnaam", "portaal": "https://mijn.voorbeeld.nl/",
        "afzenderEmail": "post@voorbeeld.nl",
    }  # fmt: skip
    api.patch(url, json=body)
    wegen = uitgaand.wegen()
    assert (wegen.portaal, wegen.smtp.sender) == (
        "https://mijn.voorbeeld.nl", "Gemeente Nieuwnaam <post@voorbeeld.nl>",
    )  # fmt: skip
    with tenant.entered(andere):
        there = uitgaand.wegen()
    assert there.portaal != wegen.portaal
    assert there.smtp.sender != wegen.smtp.sender
