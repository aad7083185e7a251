"""What a Notificaties API of somebody else delivers is kept, once, and handed to who subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import pytest
from typer.testing import CliRunner

from loket.connectors.notificaties import Caller, Failed
from loket.connectors.notificaties.extern import Remote
from loket.kernel.actor import Actor
from loket.kernel.problems import Conflict
from loket.ledger.database import rows
from loket.services.notificeren import aanmelden, abonnees, diensten, doorgeven
from loket.site.cli import assembled
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.services.notificeren import test_abonnees, test_cloudevents
from tests.services.notificeren.dienstwerk import dienst, house
from tests.services.notificeren.opennotificaties import CLIENT, SECRET, OpenNotificaties, running
from tests.services.notificeren.test_abonnees import PATIENT, ROOT, abonnee, deliver, family
from tests.services.notificeren.test_doorgeven import TOLD, extern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.services.notificeren.abonnee import Abonnee

__all__ = ["abonnee", "extern", "family"]

EVENT = {
    "specversion": "1.0", "id": "1", "source": "urn:nld:bomen", "type": "nl.bomen.boom-geveld",
    "subject": "boom 1", "data": {"soort": "eik"},
}  # fmt: skip
ACTOR = Actor.system("test")
REMOTE = Remote(httpx.Timeout(10.0))


@pytest.fixture
def home(gemeente: Tenant, andere: Tenant, family: None) -> Iterator[str]:
    """Where the house listens; what happens there goes out as from there."""
    del family
    with house(gemeente, andere) as address:
        abonnees.connect(lambda: address, Caller(PATIENT))
        doorgeven.connect(lambda: address, REMOTE)
        yield address


@pytest.fixture
def publiek(home: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the house know itself at that address."""
    monkeypatch.setattr("loket.site.instellingen.portal", lambda: home)
    return home


def found(made: dict[str, Any]) -> diensten.Dienst:
    one = diensten.by_key(UUID(made["url"].rsplit("/", 1)[1]))
    assert one is not None
    return one


def subscribed(api: Api, to: OpenNotificaties, home: str, **more: Any) -> dict[str, Any]:
    """Set a service, and subscribe there."""
    to.kanalen.setdefault("bomen", ["soort"])
    made = dienst(api, to, **{"publiceert": False, "ontvangt": ["bomen"], **more})
    address = aanmelden.abonneer(ACTOR, found(made), home, REMOTE)
    shown: dict[str, Any] = api.get(made["url"]).json()
    assert shown["abonnement"] == address
    return shown


def callback(made: dict[str, Any], home: str) -> str:
    key = made["url"].rsplit("/", 1)[1]
    return f"{home}/terugmeldingen/notificaties/{key}"


def kept(api: Api) -> int:
    count: int = api.get(f"{ROOT}/notificaties").json()["count"]
    return count


@pytest.mark.req("M57", "M59")
def test_what_a_service_delivers_is_kept_and_handed_on(
    api: Api, extern: OpenNotificaties, abonnee: Abonnee, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    (own,) = extern.abonnementen.values()
    assert own["callbackUrl"] == callback(made, publiek)
    assert own["kanalen"] == [{"naam": "bomen", "filters": {}}]
    test_abonnees.subscribe(api, abonnee, "bomen", soort="eik")
    assert extern.deliver(TOLD, {**TOLD, "kenmerken": {"soort": "beuk"}, "actie": "update"}) == [
        204, 204,
    ]  # fmt: skip
    deliver()
    assert abonnee.got == [TOLD]
    assert kept(api) == 2
    origins = set(
        rows(
            "SELECT actor_kind, actor_id, actor_label, toelichting FROM ledger_event "
            "WHERE register = 'notificaties' AND resource = 'notificaties'"
        )
    )
    key = made["url"].rsplit("/", 1)[1]
    naam = made["naam"]
    assert origins == {("system", f"notificatiedienst:{key}", naam, f"ontvangen van {naam}")}


@pytest.mark.req("M59")
def test_what_comes_back_or_comes_again_is_kept_once(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    """We publish at a service and hear from it, of the same kanalen."""
    extern.kanalen["klantcontacten"] = []
    subscribed(api, extern, publiek, publiceert=True, ontvangt=["bomen", "klantcontacten"])
    Contactwerk(api).contact()
    api.post(f"{ROOT}/notificaties", json={**TOLD, "actie": "destroy"})
    deliver()
    assert [each["kanaal"] for each in extern.notificaties] == ["klantcontacten", "bomen"]
    assert extern.deliver(*extern.notificaties, TOLD, TOLD) == [204] * 4
    deliver()
    assert len(extern.notificaties) == 2
    assert kept(api) == 2


@pytest.mark.req("M59")
def test_a_forged_callback_is_refused(api: Api, extern: OpenNotificaties, publiek: str) -> None:
    made = subscribed(api, extern, publiek)
    at = callback(made, publiek)
    nowhere = at.replace(at.rsplit("/", 1)[1], str(uuid4()))
    (own,) = extern.abonnementen.values()

    def said(address: str, auth: str | None, **more: str) -> int:
        headers = {"Authorization": auth, **more} if auth is not None else more
        answer = httpx.post(address, json=TOLD, headers=headers, timeout=20)
        assert answer.status_code == 204 or set(answer.json()) >= {"code", "title", "status"}
        return answer.status_code

    assert said(at, None) == 401
    for wrong in ("", "Bearer", f"{own['auth']}x", f"Bearer {api.token()}", f"Bearer {SECRET}"):
        assert said(at, wrong) in (401, 403), wrong
    assert said(nowhere, own["auth"]) == 403
    assert said(at, own["auth"], Host="elders.localhost") == 403  # another municipality
    assert kept(api) == 0
    assert said(at, own["auth"]) == 204
    api.patch(made["url"], json={"actief": False})
    assert said(at, own["auth"]) == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"kanaal": "test"}', 204),
        (b'{"kanaal": "struiken"}', 400),
        (b'{"kanaal": "bomen"}', 400),
        (b'{"kanaal": "bomen", "resourceUrl": "nul \\u0000"}', 400),
        (b'["kanaal"]', 400),
        (b"geen json", 400),
        (b" " * (2**20 + 1), 413),
    ],
)
def test_what_is_no_notification_is_refused(
    api: Api, extern: OpenNotificaties, publiek: str, body: bytes, status: int
) -> None:
    made = subscribed(api, extern, publiek)
    (own,) = extern.abonnementen.values()
    headers = {"Authorization": own["auth"], "Content-Type": "application/json"}
    at = callback(made, publiek)
    answer = httpx.post(at, content=body, headers=headers, timeout=20)
    assert answer.status_code == status
    plain = {**headers, "Content-Type": "text/plain"}
    assert httpx.post(at, content=b"x", headers=plain, timeout=20).status_code == 415
    assert httpx.get(at, headers=headers, timeout=20).status_code == 405
    assert kept(api) == 0


def test_no_bsn_comes_in(api: Api, extern: OpenNotificaties, publiek: str) -> None:
    subscribed(api, extern, publiek)
    assert extern.deliver({**TOLD, "kenmerken": {"soort": "999993653"}}) == [400]
    assert kept(api) == 0


@pytest.mark.req("M59")
def test_cloudevents_come_from_a_service_too(
    api: Api, extern: OpenNotificaties, abonnee: Abonnee, publiek: str
) -> None:
    subscribed(api, extern, publiek, ontvangtTypen=["nl.bomen."], publiceert=True, cloudevents=True)
    test_cloudevents.subscribe(api, abonnee, "boom-")
    own = {**EVENT, "source": "urn:nld:loket:demo", "id": "2"}
    assert extern.deliver(EVENT, EVENT, own) == [204] * 3
    deliver()
    assert abonnee.got == [EVENT]
    assert extern.cloudevents == []
    strange = {**EVENT, "type": "nl.struiken.boom-x", "id": "3"}
    extern.abonnementen.copy().popitem()[1]["cloudeventFilters"] = [{"typeSubstring": "boom"}]
    assert extern.deliver(strange) == [400]


@pytest.mark.req("M57")
def test_subscribing_again_changes_the_abonnement(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    (before,) = extern.abonnementen.values()
    extern.kanalen["wind"] = []
    api.patch(made["url"], json={"ontvangt": ["wind"]})
    assert aanmelden.abonneer(ACTOR, found(made), publiek, REMOTE) == made["abonnement"]
    (after,) = extern.abonnementen.values()
    assert [each["naam"] for each in after["kanalen"]] == ["wind"]
    assert before["auth"] != after["auth"]
    extern.abonnementen.clear()
    anew = aanmelden.abonneer(ACTOR, found(made), publiek, REMOTE)
    assert anew != made["abonnement"]
    assert len(extern.abonnementen) == 1
    assert "wind" in {each["naam"] for each in api.get(f"{ROOT}/kanaal").json()}


def test_when_a_service_refuses_what_was_holds(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    extern.answers = [200, 500]
    with pytest.raises(Failed, match="500"):
        aanmelden.abonneer(ACTOR, found(made), publiek, REMOTE)
    assert extern.deliver(TOLD) == [204]
    api.patch(made["url"], json={"ontvangt": ["struiken"]})
    with pytest.raises(Conflict, match="struiken"):
        aanmelden.abonneer(ACTOR, found(made), publiek, REMOTE)
    api.patch(made["url"], json={"ontvangt": []})
    with pytest.raises(Conflict, match="Kies"):
        aanmelden.abonneer(ACTOR, found(made), publiek, REMOTE)


@pytest.mark.req("M57")
def test_after_unsubscribing_nothing_is_taken(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    (own,) = extern.abonnementen.values()
    moved = api.patch(made["url"], json={"apiRoot": "https://elders.example"})
    assert moved.status_code == 400  # it would leave the abonnement behind
    aanmelden.meld_af(ACTOR, found(made), REMOTE)
    assert extern.abonnementen == {}
    assert api.get(made["url"]).json()["abonnement"] == ""
    headers = {"Authorization": own["auth"]}
    answer = httpx.post(callback(made, publiek), json=TOLD, headers=headers, timeout=20)
    assert answer.status_code == 403
    with pytest.raises(Conflict):
        aanmelden.meld_af(ACTOR, found(made), REMOTE)


def test_an_abonnement_that_is_gone_there_can_be_ended(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    extern.abonnementen.clear()
    aanmelden.meld_af(ACTOR, found(made), REMOTE)
    assert api.get(made["url"]).json()["abonnement"] == ""


def test_what_a_service_has_to_show_is_kept_and_shown_nowhere(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    (own,) = extern.abonnementen.values()
    word = own["auth"].removeprefix("Bearer ")
    shown = [api.get(made["url"]).text, api.get(f"{made['url']}/audittrail").text]
    table = [text for (text,) in rows("SELECT d::text FROM beheer_notificatiedienst d")]
    events = [text for (text,) in rows("SELECT e::text FROM ledger_event e")]
    digest = found(made).callback_digest
    assert not any(word in each for each in (*shown, *table, *events))
    assert not any(digest in each for each in (*shown, *events))
    assert len(word) >= 32


def test_an_address_of_another_is_never_called(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    """What a service says of where its abonnement is, is taken for its key only."""
    with running(OpenNotificaties()) as other:
        made = subscribed(api, extern, publiek)
        key = made["abonnement"].rsplit("/", 1)[1]
        told = f"{other.root}/abonnement/{key}"
        assert REMOTE.subscribe(found(made).access, extern.abonnementen[key], told) == told
        REMOTE.unsubscribe(found(made).access, told)
        assert (other.asked, extern.abonnementen) == ([], {})
        assert CLIENT in {each["client_id"] for each in extern.claims}


def test_it_is_done_from_the_command_line(api: Api, extern: OpenNotificaties, publiek: str) -> None:
    del publiek
    extern.kanalen["bomen"] = []
    dienst(api, extern, naam="regio", ontvangt=["bomen"])

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(assembled(), ["notificaties", *words, "--tenant", "demo"])
        return done.exit_code, done.output

    code, said = run("abonneer", "regio")
    assert (code, len(extern.abonnementen)) == (0, 1), said
    assert run("afmelden", "regio")[0] == 0
    assert extern.abonnementen == {}
    assert run("afmelden", "regio")[0] == 1
    assert run("abonneer", "niemand")[0] == 2
    extern.answers = [503]
    assert run("abonneer", "regio")[0] == 1
