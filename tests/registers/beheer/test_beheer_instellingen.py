"""Instellingen: exactly one, readable for people who see little, and in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
