"""Nothing of one municipality shows on the pages, in the admin or in the style of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings as house
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.channels.portaal import sessie
from loket.grammar.record import Record
from loket.grammar.resource import Call
from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.ledger.database import one
from loket.registers.beheer.client import clients
from loket.registers.beheer.instellingen import instellingen
from loket.services.mijnservices import burger
from tests.registers.beheer.pictures import as_svg, svg
from tests.registers.zaken.zaakwerk import BSN, Typen, Werk

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CALL = Call(base="http://127.0.0.1:8700")
ACTOR = Actor.system("test")
COLOURS = st.from_regex(r"#([0-3][0-9a-f]){3}", fullmatch=True)
MARKS = st.from_regex(r"mark[a-z]{12}", fullmatch=True)
PAGES = (
    "/", "/inloggen/", "/inloggen/mislukt/", "/toegankelijkheid/", "/uitgelogd/", "/mijn-zaken/",
    "/overzicht/", "/mijn-taken/", "/mijn-berichten/", "/mijn-contactmomenten/",
    "/mijn-gegevens/", "/mijn-gegevens/voorkeuren/", "/zoeken/?q=mark",
    "/huisstijl.css", "/huisstijl/logo", "/bestaat-niet/",
)  # fmt: skip


class There:
    """What one municipality has that no other may show."""

    def __init__(self, api: Api) -> None:
        self.marks: set[str] = set()
        werk = Werk(api, Typen(api, "MARKA").publish())
        zaak = werk.zaak(omschrijving="markzaakomschrijving")
        werk.rol(zaak)
        self.zaak = UUID(zaak["uuid"])
        self.kept = {"markzaakomschrijving", "MARKA", zaak["identificatie"]}
        self.keys = [
            key for model in _records() for key in model.objects.values_list("pk", flat=True)[:1]
        ]

    def dress(self, mark: str, colour: str) -> None:
        """Let the municipality look like nobody else, and know a client of that name."""
        (key,) = one("SELECT id FROM beheer_instellingen")
        body = {
            "naam": f"Gemeente {mark}", "kleurAccent": colour, "kleurHoofd": colour,
            "kleurHoofdTekst": "#ffffff", "logo": as_svg(svg(f"<title>{mark}</title>", colour)),
            "contactpagina": f"https://{mark}.nl/", "privacyverklaring": f"https://{mark}.nl/p",
        }  # fmt: skip
        instellingen.patch(ACTOR, key, body, CALL)
        known = one("SELECT id FROM beheer_client WHERE client_id = %s", (mark,))
        if known is None:
            body = {"clientId": mark, "geheim": f"geheim-{mark}"}
            known = (clients.create(ACTOR, body, CALL).record.pk,)
        self.marks = {*self.kept, mark, colour}
        self.keys = [*self.keys[:-1], known[0]]


def _records() -> list[Any]:
    return [model for model in admin.site._registry if issubclass(model, Record)]  # noqa: SLF001


def addresses(there: There) -> list[str]:
    """Return every page: those of the portal, and each of the admin with each key from there."""
    made = [*PAGES, f"/mijn-zaken/{there.zaak}/", "/beheer/"]
    for model in admin.site._registry:  # noqa: SLF001
        root = f"/beheer/{model._meta.app_label}/{model._meta.model_name}/"
        made += [root, f"{root}add/"]
        if issubclass(model, Record):
            made += [f"{root}{key}/{verb}/" for key in there.keys for verb in ("change", "history")]
    return made


def visitor(which: Tenant, host: str) -> Client:
    """Return a browser of somebody who is both beheerder and citizen, logged in at `which`."""
    with tenant.entered(which):
        made = Client(HTTP_HOST=host, raise_request_exception=False)
        request = RequestFactory().get("/")
        request.session = made.session
        sessie.begin(request, burger.from_bsn(BSN, "Jansen", "midden"))
        request.session.save()
        made.cookies[house.SESSION_COOKIE_NAME] = str(request.session.session_key)
        made.force_login(User.objects.create_superuser("beheerder", password="geheim"))
    return made


@pytest.fixture(name="there")
def _there(api: Api) -> There:
    return There(api)


def test_nothing_of_another_municipality_is_on_any_page(
    there: There, gemeente: Tenant, andere: Tenant
) -> None:
    own, foreign = visitor(andere, "elders.localhost"), visitor(gemeente, "elders.localhost")
    home = visitor_again(foreign)

    @SOME
    @given(MARKS, COLOURS, st.integers(0, 10**6), st.sampled_from([own, foreign]))
    def holds(mark: str, colour: str, nr: int, client: Client) -> None:
        there.dress(mark, colour)
        paths = addresses(there)
        path = paths[nr % len(paths)]
        answer = client.get(path)
        assert answer.status_code in (200, 302, 403, 404)
        shown = answer.content.decode() + str(answer.headers)
        assert {mark for mark in there.marks if mark in shown} == set(), path
        assert mark in home.get("/toegankelijkheid/").content.decode()

    holds()


def visitor_again(foreign: Client) -> Client:
    """Return the same browser at home."""
    made = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    made.cookies = foreign.cookies
    return made


def test_every_page_of_the_other_is_gone_through_once(there: There, andere: Tenant) -> None:
    own = visitor(andere, "elders.localhost")
    there.dress("markabcdefghijkl", "#123456")
    for path in addresses(there):
        shown = own.get(path).content.decode()
        assert {mark for mark in there.marks if mark in shown} == set(), path


def test_at_home_those_pages_do_show_it(there: There, gemeente: Tenant) -> None:
    own = visitor(gemeente, "127.0.0.1")
    there.dress("markabcdefghijkl", "#123456")
    shown = "".join(own.get(path, follow=True).content.decode() for path in addresses(there))
    assert {mark for mark in there.marks if mark not in shown} == set()
    assert "geheim-mark" not in shown
