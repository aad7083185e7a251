"""Beheer shows what happened, who was told, and sets going again what is stuck."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.kernel.actor import Actor
from loket.kernel.clock import now, today
from loket.ledger import dispatch
from loket.ledger.database import counted, one, rows
from loket.ledger.models import Delivery
from loket.registers.output.klantnotificatie import klantnotificaties
from tests.site.gebeurtenissen import BSN, verhaal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api
    from tests.site.gebeurtenissen import Verhaal

pytestmark = pytest.mark.req("M57", "M30")

ROOT = "/beheer/gebeurtenissen/"
MOST_STATEMENTS = 5


@pytest.fixture
def story(api: Api) -> Iterator[Verhaal]:
    with verhaal(api) as told:
        yield told


def client(name: str, *rights: str) -> Client:
    user = User.objects.create_user(name, password="geheim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    made = Client(HTTP_HOST="127.0.0.1")
    made.force_login(user)
    return made


@pytest.fixture
def bewaker(story: Verhaal) -> Client:
    """Somebody who may look and set going again."""
    del story
    return client("bewaker", "view_event", "change_delivery")


def page(who: Client, path: str = "", status: int = 200) -> str:
    answer = who.get(ROOT + path)
    assert answer.status_code == status, path
    return answer.content.decode()


def shown(text: str) -> list[int]:
    """Return the positions of the events in a list."""
    return [int(each) for each in re.findall(rf'href="{ROOT}(\d+)/"', text)]


def position(resource: str) -> int:
    sql = "SELECT max(position) FROM ledger_event WHERE resource = %s"
    return int(one(sql, (resource,))[0])


def stuck() -> tuple[int, int]:
    found = one("SELECT position, id FROM ledger_delivery WHERE state = 'vast'")
    return int(found[0]), int(found[1])


def test_events_are_found_by_what_they_are_about(bewaker: Client, story: Verhaal) -> None:
    zaak = story.zaak()
    other = story.werk.zaak()
    about = sorted(
        (row[0] for row in rows(
            "SELECT position FROM ledger_event WHERE main_url LIKE %s", (f"%{zaak['uuid']}",)
        )), reverse=True,
    )  # fmt: skip
    assert len(about) >= 2
    for asked in (zaak["identificatie"], zaak["uuid"], zaak["url"], f" {zaak['uuid'].upper()} "):
        assert shown(page(bewaker, f"?zoek={asked}")) == about, asked
    assert shown(page(bewaker, f"?zoek={other['identificatie']}")) != about
    assert shown(page(bewaker, "?zoek=ZAAK-0000-0000000000")) == []
    assert "geen gebeurtenissen" in page(bewaker, f"?zoek={uuid4()}")


def test_events_are_found_by_kind_period_and_delivery(bewaker: Client, story: Verhaal) -> None:
    story.zaak()
    zaak, status = position("zaken"), position("statussen")
    assert shown(page(bewaker, "?soort=zaken/statussen"))[0] == status
    assert zaak not in shown(page(bewaker, "?soort=zaken/statussen"))
    assert {zaak, status} <= set(shown(page(bewaker, "?soort=zaken")))
    assert zaak in shown(page(bewaker, "?soort=zaken&actie=gemaakt"))
    assert zaak not in shown(page(bewaker, "?soort=zaken&actie=verwijderd"))
    assert shown(page(bewaker, "?staat=vast")) == [stuck()[0]] == [zaak]
    assert status in shown(page(bewaker, "?staat=wacht"))
    assert zaak in shown(page(bewaker, f"?van={today()}&tot={today()}"))
    assert shown(page(bewaker, "?tot=1999-12-31")) == []
    assert shown(page(bewaker, "?van=2999-01-01")) == []
    whatever = page(bewaker, "?van=nooit&soort=niets/niets&actie=x&staat=y&voor=-1&na=z&vreemd=1")
    assert zaak in shown(whatever)


def test_a_long_list_goes_by_the_page_there_and_back(
    bewaker: Client, story: Verhaal, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.zaak()
    monkeypatch.setattr("loket.site.gebeurtenissen.vraag.SIZE", 4)
    everything = [row[0] for row in rows("SELECT position FROM ledger_event ORDER BY 1 DESC")]
    seen, address, backwards = [], "", []
    while True:
        text = page(bewaker, address)
        seen += shown(text)
        backwards.append(shown(text))
        onward = re.search(r'href="(\?[^"]*)" rel="next"', text)
        if onward is None:
            break
        address = onward[1].replace("&amp;", "&")
    assert seen == everything
    for expected in reversed(backwards[:-1]):
        back = re.search(r'href="(\?[^"]*)" rel="prev"', text)
        assert back is not None
        text = page(bewaker, back[1].replace("&amp;", "&"))
        assert set(shown(text)) & set(expected)
    assert 'rel="prev"' not in text
    assert ">Nieuwste<" in text


def test_the_life_of_an_event_tells_who_heard_and_who_did_not(
    bewaker: Client, story: Verhaal
) -> None:
    zaak = story.zaak()
    text = page(bewaker, f"{position('zaken')}/")
    assert "Abonnee op dataplatform.example" in text
    assert "Abonnee op zaakafhandeling.example" in text
    assert "vastgelopen" in text
    assert "afgeleverd" in text
    assert zaak["identificatie"] in text
    assert "applicatie test, door Een Medewerker" in text
    assert "404 ken ********* niet" in text
    assert "Bel niet voor negen uur" not in text
    later = page(bewaker, f"{position('statussen')}/")
    assert f'Komt na <a href="{ROOT}{position("zaken")}/">' in later
    assert position("zaken") in shown(later)
    assert BSN not in text + later + page(bewaker)
    assert "Bekijk waar het over gaat" not in text


@pytest.mark.req("M57", "M58")
def test_the_life_of_an_event_tells_what_the_citizen_got(bewaker: Client, story: Verhaal) -> None:
    story.zaak()
    positie = position("zaken")
    change = Change(klantnotificaties, Actor.system("test"), "create", Call(base=HOUSE))
    for nr, status in enumerate(("verzonden", "mislukt")):
        follow(
            klantnotificaties, change, sjabloonversie=1, gebeurtenis="zaak_gestart",
            positie=positie, hoofd_object=f"{HOUSE}/x", onderdeel=f"{HOUSE}/x", taal="nl",
            ontvanger="urn:nld:hr:kvknummer:90001354", kanaal="email", adres="a@b.nl",
            geprobeerd=[], status=status, gepland_op=now(), pogingen=1, sleutel=str(nr),
            uitkomst=f"uitkomst {nr}",
        )  # fmt: skip
    text = page(bewaker, f"{positie}/")
    assert "Wat de klant kreeg" in text
    assert all(said in text for said in ("verzonden", "mislukt", "uitkomst 0", "uitkomst 1"))
    assert "a@b.nl" not in text
    assert "Wat de klant kreeg" not in page(bewaker, f"{position('statussen')}/")


def test_an_event_leads_to_the_page_of_what_it_is_about(story: Verhaal) -> None:
    """For who may see that page, and as long as there is something to see."""
    story.zaak()
    key = story.deaf
    made = f"{position('abonnement')}/"
    link = f'href="/beheer/notificaties/abonnement/{key}/change/"'
    assert link not in page(client("een", "view_event"), made)
    both = client("twee", "view_event", "view_abonnement")
    assert link in page(both, made)
    assert story.api.delete(f"/notificaties/api/v1/abonnement/{key}").status_code == 204
    assert link not in page(both, made)
    assert "Abonnee die er niet meer is" in page(both, f"{position('zaken')}/")


def test_what_a_citizen_did_is_told_without_a_name(bewaker: Client, story: Verhaal) -> None:
    story.zaak()
    names = "moment, register, resource, url, main_resource, main_key, main_url, status, label, "
    names += "user_id, user_label, kenmerken, regime, trace"
    one(f"INSERT INTO ledger_event (id, key, actie, actor_kind, actor_id, actor_label, "  # noqa: S608 - our own names
        f"toelichting, {names}) SELECT %s, key, 'update', 'burger', 'x', 'Jan van Dam', %s, "
        f"{names} FROM ledger_event WHERE position = %s",
        (uuid4(), f"belde over {BSN} en 123456789", position("zaken")))  # fmt: skip
    text = page(bewaker, f"{position('zaken')}/") + page(bewaker)
    assert "een inwoner" in text
    assert "Jan van Dam" not in text
    assert "belde over ********* en 123456789" in text


def test_what_is_stuck_is_tried_again_and_says_so(bewaker: Client, story: Verhaal) -> None:
    story.zaak()
    story.refuses = False
    at, number = stuck()
    path = f"{ROOT}{at}/afleveringen/{number}/opnieuw/"
    assert bewaker.get(path).status_code == 405
    answer = bewaker.post(path, follow=True)
    assert answer.redirect_chain == [(f"{ROOT}{at}/", 302)]
    assert "meteen opnieuw geprobeerd" in answer.content.decode()
    story.deliver()
    assert rows("SELECT state, count(*) FROM ledger_delivery GROUP BY 1") == [("klaar", 4)]
    again = bewaker.post(path, follow=True)
    assert "zat niet meer vast" in again.content.decode()
    assert "Opnieuw proberen" not in again.content.decode()
    assert bewaker.post(f"{ROOT}{at + 1}/afleveringen/{number}/opnieuw/").status_code == 404


def test_a_form_of_another_site_sets_nothing_going(story: Verhaal, bewaker: Client) -> None:
    story.zaak()
    at, number = stuck()
    careful = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    careful.cookies = bewaker.cookies
    assert careful.post(f"{ROOT}{at}/afleveringen/{number}/opnieuw/").status_code == 403
    assert careful.post(f"{ROOT}{at}/herhalen/", {"afnemer": "x"}).status_code == 403
    assert stuck() == (at, number)


def test_a_replay_says_first_how_many_and_then_does_those(bewaker: Client, story: Verhaal) -> None:
    story.zaak()
    story.refuses = False
    who = f"abonnement:{story.hears}"
    at = position("zaken")
    text = page(bewaker, f"{at}/")
    assert f'value="{who}"' in text
    asked = page(bewaker, f"{at}/herhalen/?afnemer={who}")
    assert "2 afleveringen</strong> naar Abonnee op dataplatform.example" in asked
    hidden = dict(re.findall(r'type="hidden" name="(afnemer|tot)" value="([^"]*)"', asked))
    story.werk.zaak()  # what happens meanwhile is told anyway, and not counted
    begun = now()
    answer = bewaker.post(f"{ROOT}{at}/herhalen/", hidden, follow=True)
    assert "2 afleveringen worden herhaald" in answer.content.decode()
    waiting = Delivery.objects.filter(subscriber=who, state="wacht", changed_at__gte=begun)
    assert sorted(each.position for each in waiting) == [at, position("statussen")]
    assert page(bewaker, f"{at}/herhalen/?afnemer=abonnement:{uuid4()}", 404)
    assert page(bewaker, f"{at}/herhalen/", 404)


def test_who_may_only_look_sets_nothing_going(story: Verhaal) -> None:
    story.zaak()
    at, number = stuck()
    looks, none = client("kijker", "view_event"), client("niets")
    text = page(looks, f"{at}/")
    assert "Opnieuw proberen" not in text
    assert "Herhalen vanaf hier" not in text
    for who in (looks, none, client("half", "change_delivery")):
        assert who.post(f"{ROOT}{at}/afleveringen/{number}/opnieuw/").status_code == 403
        assert who.get(f"{ROOT}{at}/herhalen/?afnemer=abonnement:{story.hears}").status_code == 403
    page(none, "", 403)
    page(none, f"{at}/", 403)
    assert Client(HTTP_HOST="127.0.0.1").get(ROOT).status_code == 302
    assert stuck() == (at, number)


def test_a_page_asks_little_of_the_database(bewaker: Client, story: Verhaal) -> None:
    zaak = story.zaak()
    for path in ("", f"?zoek={zaak['identificatie']}&staat=vast", f"{position('zaken')}/"):
        with counted() as noted:
            page(bewaker, path)
        assert len(noted) <= MOST_STATEMENTS, [str(each)[:80] for each in noted]


def test_an_event_that_is_not_there_is_not_found(bewaker: Client) -> None:
    for path in ("1000000000/", f"{2**63}/", f"{10**30}/", "een/"):
        page(bewaker, path, 404)
    assert bewaker.post(f"{ROOT}{2**70}/afleveringen/{2**70}/opnieuw/").status_code == 404


def test_the_first_page_leads_to_what_is_stuck(story: Verhaal) -> None:
    story.zaak()
    user = User.objects.create_superuser("beheerder", password="geheim")
    beheerder = Client(HTTP_HOST="127.0.0.1")
    beheerder.force_login(user)
    text = beheerder.get("/beheer/").content.decode()
    assert f'<a href="{ROOT}?staat=vast">1 vastgelopen aflevering</a>' in text
    assert f'<a href="{ROOT}">Gebeurtenissen' in text


def test_the_figures_tell_what_waits_what_is_stuck_and_since_when(story: Verhaal) -> None:
    story.zaak()
    who = Client(HTTP_HOST="127.0.0.1")
    told = figures(who)
    assert told['loket_deliveries_open{state="vast",tenant="demo"}'] == 1
    assert told['loket_deliveries_open{state="wacht",tenant="demo"}'] == 1
    assert told['loket_delivery_oldest_seconds{state="vast",tenant="demo"}'] > 0
    stuck_with = (
        f'loket_deliveries{{state="vast",subscriber="abonnement:{story.deaf}",tenant="demo"}}'
    )
    assert told[stuck_with] == 1
    story.refuses = False
    dispatch.release()
    story.deliver()
    story.werk.zaak()
    told = figures(who)
    assert told['loket_deliveries_open{state="vast",tenant="demo"}'] == 0
    assert told['loket_delivery_oldest_seconds{state="vast",tenant="demo"}'] == 0
    assert stuck_with not in told
    assert told['loket_events_unrouted{tenant="demo"}'] > 0
    assert told['loket_event_unrouted_oldest_seconds{tenant="demo"}'] > 0


def figures(who: Client) -> dict[str, float]:
    lines = who.get("/metrics").content.decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}
