"""The MijnServices API: the citizen's or company's own, by a token of his own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import ECKey

from loket.ledger.database import counted, one
from tests.conftest import OTHER_HOST
from tests.registers.klantinteracties.contactwerk import bsn
from tests.services.mijnservices.aanbieder import AUDIENCE, LOA3, App
from tests.services.mijnservices.leven import KVK, PDF, VESTIGING

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Dossier, Klant, Leven

Json = dict[str, Any]
MIJN = "/mijn/api/v1"
MINIMUM = {"zaaknummer", "omschrijving", "registratiedatum", "status"}
AFGEROND = {"zaaknummer", "omschrijving", "afgerond", "resultaat"}


def nummer(klant: Klant) -> str:
    return klant.urn.rpartition(":")[2]


def app(provider: Aanbieder, klant: Klant, **claims: Any) -> App:
    return App(provider.token(bsn=nummer(klant), **claims))


def seen(app: Api, path: str, **query: Any) -> Any:
    answer = app.get(f"{MIJN}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def dossier(leven: Leven, klant: Klant) -> Dossier:
    return leven.dossier(klant)


@pytest.mark.req("M1", "M2", "M35", "M54")
def test_running_zaken_have_the_minimum(
    provider: Aanbieder, klant: Klant, dossier: Dossier
) -> None:
    (zaak,) = seen(app(provider, klant), "zaken", status="lopend")["results"]
    assert zaak["uuid"] == str(dossier.zaak)
    assert zaak.keys() >= MINIMUM
    assert "organisatienaam" not in zaak
    assert seen(app(provider, klant), "zaken", status="afgerond")["count"] == 0


@pytest.mark.req("M36")
def test_finished_zaken_have_the_minimum(provider: Aanbieder, klant: Klant, leven: Leven) -> None:
    zaak = leven.zaak(klant)
    leven.werk.resultaat(zaak)
    leven.werk.status(zaak, 3)
    (shown,) = seen(app(provider, klant), "zaken", status="afgerond")["results"]
    assert shown.keys() >= AFGEROND
    assert (shown["resultaat"], shown["afgerond"]) == ("Verleend", "2026-02-01")
    assert seen(app(provider, klant), "zaken", status="lopend")["count"] == 0


@pytest.mark.req("M8a", "M37", "M38", "M39", "M49")
def test_a_zaak_in_full_costs_one_statement(
    provider: Aanbieder, klant: Klant, dossier: Dossier
) -> None:
    shown = app(provider, klant)
    seen(shown, "zaken")  # the token is known from now on
    with counted() as statements:
        zaak = seen(shown, f"zaken/{dossier.zaak}")
    assert len(statements) == 1
    assert [each["uuid"] for each in zaak["documenten"]] == [str(dossier.document)]
    assert [each["uuid"] for each in zaak["contactmomenten"]] == [str(dossier.contact)]
    assert [each["nummer"] for each in zaak["besluiten"]] == [dossier.besluit["identificatie"]]
    found = seen(shown, f"zaken/{dossier.zaak}/contactmomenten")
    assert [each["uuid"] for each in found["results"]] == [str(dossier.contact)]


@pytest.mark.req("M40")
def test_only_tasks_that_are_to_be_done(
    provider: Aanbieder, klant: Klant, dossier: Dossier, leven: Leven
) -> None:
    done = leven.taak(klant, soort="urltaak")
    assert leven.api.patch(done["url"], json={"status": "uitgevoerd"}).status_code == 200
    shown = app(provider, klant)
    (taak,) = seen(shown, "taken")["results"]
    assert taak["uuid"] == str(dossier.taak)
    assert seen(shown, f"taken/{dossier.taak}")["details"]["formulierDefinitie"]
    assert [each["status"] for each in seen(shown, "taken", status="gedaan")["results"]] == [
        "uitgevoerd"
    ]


@pytest.mark.req("M44", "M45", "M46")
def test_berichten_read_and_unread_with_their_attachments(
    provider: Aanbieder, klant: Klant, dossier: Dossier
) -> None:
    shown = app(provider, klant)
    assert seen(shown, "berichten", gelezen="true")["count"] == 0
    (regel,) = seen(shown, "berichten", gelezen="false")["results"]
    assert regel["uuid"] == str(dossier.bericht)
    bericht = seen(shown, f"berichten/{regel['uuid']}")
    assert bericht["tekst"] == "Wij hebben **besloten**."
    (bijlage,) = bericht["bijlagen"]
    assert seen(shown, "berichten", gelezen="false")["count"] == 1
    file = shown.get(f"{MIJN}/documenten/{bijlage['uuid']}/inhoud")
    assert (file.status_code, file.content) == (200, PDF)
    assert file.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.req("M47", "M50", "K14")
def test_contactmomenten_have_the_minimum(
    provider: Aanbieder, klant: Klant, dossier: Dossier
) -> None:
    shown = app(provider, klant)
    (contact,) = seen(shown, "contactmomenten")["results"]
    assert {name: contact[name] for name in ("kanaal", "onderwerp", "zelf", "zaken")} == {
        "kanaal": "telefoon", "onderwerp": "Parkeervergunning", "zelf": True,
        "zaken": [str(dossier.zaak)],
    }  # fmt: skip
    assert contact["moment"]
    inhoud = seen(shown, f"contactmomenten/{dossier.contact}")["inhoud"]
    assert inhoud == "Mevrouw heeft gevraagd wat een vergunning kost."


@pytest.mark.req("M51", "M53")
def test_profile_and_traces(provider: Aanbieder, klant: Klant) -> None:
    shown = app(provider, klant)
    assert seen(shown, "profiel")["naam"] == "Eva Jansen"
    (spoor, *_) = seen(shown, "sporen")["results"]
    assert spoor["eigen"] is True
    assert nummer(klant) not in shown.get(f"{MIJN}/sporen").text


def test_a_company_and_its_vestiging(provider: Aanbieder, leven: Leven) -> None:
    heel, een = leven.bedrijf(), leven.bedrijf(VESTIGING)
    dossiers = [leven.dossier(each) for each in (heel, een)]
    whole = App(provider.token(kvk=KVK, acr=LOA3))
    part = App(provider.token(kvk=KVK, vestiging=VESTIGING, acr=LOA3))
    assert {each["uuid"] for each in seen(whole, "zaken")["results"]} == {
        str(each.zaak) for each in dossiers
    }
    assert [each["uuid"] for each in seen(part, "zaken")["results"]] == [str(dossiers[1].zaak)]
    assert part.get(f"{MIJN}/zaken/{dossiers[0].zaak}").status_code == 404
    assert seen(part, "profiel")["naam"] == f"Bakker {VESTIGING}"


def test_nothing_of_another(provider: Aanbieder, klant: Klant, dossier: Dossier) -> None:
    del klant
    stranger = App(provider.token(bsn=bsn()))
    for path in ("zaken", "taken", "berichten", "contactmomenten"):
        assert seen(stranger, path)["results"] == []
    for path in (
        f"zaken/{dossier.zaak}", f"zaken/{dossier.zaak}/contactmomenten", f"taken/{dossier.taak}",
        f"berichten/{dossier.bericht}", f"contactmomenten/{dossier.contact}",
        f"documenten/{dossier.document}/inhoud", "profiel",
    ):  # fmt: skip
        assert stranger.get(f"{MIJN}/{path}").status_code == 404, path


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "https://elders.example/mijn/api/v1"}, "audience"),
        ({"aud": f"http://{OTHER_HOST}/mijn/api/v1"}, "audience"),
        ({"exp": -120}, "expired"),
        ({"exp": None}, "token"),
        ({"nbf": 600}, "expired"),
        ({"acr": "http://eidas.europa.eu/LoA/none"}, "assurance"),
        ({"acr": None}, "assurance"),
        ({"bsn": "123456789"}, "bsn"),
        ({"bsn": None}, "bsn"),
        ({"typ": "JWT"}, "token"),
        ({"key": ECKey.generate_key("P-256", {"kid": "een"})}, "signature"),
        ({"iss": "https://een.ander.example"}, "aanbieder"),
        ({"kvk": "1", "acr": LOA3}, "kvk"),
    ],
)
def test_a_token_that_does_not_hold_is_refused(
    provider: Aanbieder, klant: Klant, claims: Json, reason: str
) -> None:
    moments = {name: int(time.time()) + claims[name] for name in ("exp", "nbf") if claims.get(name)}
    told = {"bsn": nummer(klant), **claims, **moments}
    answer = App(provider.token(**told)).get(f"{MIJN}/zaken")
    assert answer.status_code == 401, answer.text
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert reason in answer.json()["detail"]


def test_an_app_does_only_what_it_was_let(
    provider: Aanbieder, klant: Klant, dossier: Dossier, api: Api
) -> None:
    """No scope, no answer; and no scope of another API opens that API to a citizen."""
    del dossier
    assert app(provider, klant, scope="openid").get(f"{MIJN}/zaken").status_code == 403
    wide = app(provider, klant, scope="mijn.lezen zaken.lezen klantinteracties.lezen")
    for path in ("/zaken/api/v1/zaken", "/klantinteracties/api/v1/partijen"):
        assert wide.get(path).status_code == 403
    assert api.get(f"{MIJN}/zaken").status_code == 403


def test_a_token_is_checked_and_the_bsn_used_once(provider: Aanbieder, klant: Klant) -> None:
    shown = app(provider, klant)
    before = one("SELECT count(*) FROM ledger_verwerking")[0]
    for _ in range(3):
        seen(shown, "zaken")
    assert one("SELECT count(*) FROM ledger_verwerking")[0] == before + 1


def test_a_token_opens_no_other_municipality(
    provider: Aanbieder, klant: Klant, andere: Tenant
) -> None:
    del andere
    shown = app(provider, klant)
    shown.host = OTHER_HOST
    assert shown.get(f"{MIJN}/zaken").status_code == 401
    assert seen(app(provider, klant, aud=[AUDIENCE, "iets anders"]), "zaken")["count"] == 0


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"status": "weg"}, {"nope": "1"}])
def test_a_bad_question_is_told(provider: Aanbieder, klant: Klant, query: Json) -> None:
    assert app(provider, klant).get(f"{MIJN}/zaken", params=query).status_code == 400


def test_pages(provider: Aanbieder, klant: Klant, leven: Leven) -> None:
    for _ in range(51):
        leven.bericht(klant)
    shown = app(provider, klant)
    first = seen(shown, "berichten")
    assert (first["count"], len(first["results"]), first["previous"]) == (51, 50, None)
    second = shown.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (1, None)
    assert shown.get(f"{MIJN}/berichten", params={"page": "3"}).status_code == 404
