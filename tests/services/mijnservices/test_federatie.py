"""Zaken at other organisations: one slow, one broken, one lying; the page is there and says so."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from loket.connectors.identiteit import forget as forget_providers
from loket.kernel import tenant
from loket.ledger.database import counted, rows
from loket.services.mijnservices import federatie, sporen
from loket.services.notificeren.sleutels import openbaar
from tests.services.mijnservices.aanbieder import App
from tests.services.mijnservices.leven import KVK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
ZAAK = {
    "uuid": "0190a6e2-0000-7000-8000-000000000001", "identificatie": "OD-1", "omschrijving": "",
    "registratiedatum": "2026-01-05", "einddatum": None,
    "_expand": {
        "zaaktype": {"omschrijving": "Sloopmelding"},
        "status": {"_expand": {"statustype": {"omschrijving": "In behandeling"}}},
        "resultaat": {},
    },
}  # fmt: skip
MIJN = {
    "uuid": "0190a6e2-0000-7000-8000-000000000002", "zaaknummer": "BUUR-2",
    "omschrijving": "Paspoort", "registratiedatum": "2026-01-06", "status": None,
    "afgerond": "2026-02-01", "resultaat": "Verstrekt",
}  # fmt: skip


class Elders:
    """Another organisation: how it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answer: Any = {"count": 1, "next": None, "results": [ZAAK]}
        self.kind = "application/json"
        self.status = 200
        self.slow = 0.0
        self.asked: list[tuple[str, str, Json]] = []
        self.url = ""

    def content(self) -> bytes:
        """Return what it says."""
        time.sleep(self.slow)
        return self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()


@contextmanager
def organisatie() -> Iterator[Elders]:
    """Run another organisation."""
    made = Elders()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else {}
            made.asked.append((self.path, self.headers["Authorization"], body))
            content = made.content()
            self.send_response(made.status)
            self.send_header("Content-Type", made.kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_args: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # the page did not wait for it
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def elders() -> Iterator[Elders]:
    federatie.forget()
    with organisatie() as made:
        yield made


def bron(api: Api, url: str, naam: str = "Omgevingsdienst", **more: Any) -> None:
    zgw = {"clientId": "wij", "geheim": "een geheim van genoeg tekens, ook voor HS256"}
    soort = {"soort": "zgw", **zgw} if "soort" not in more else {}
    body = {"naam": naam, "apiRoot": url, "tijdslimiet": 1, **soort, **more}
    answer = api.post("/beheer/api/v1/federatiebronnen", json=body)
    assert answer.status_code == 201, answer.text


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.mark.req("M2", "M35", "M36", "M8c")
def test_zaken_of_a_zgw_register_are_shown(elders: Elders, api: Api, klant: Klant) -> None:
    """The number goes in the body, with a token of ours, and stands in the citizen's traces."""
    bron(api, elders.url)
    (found,) = federatie.elders(klant.actor)
    (zaak,) = found.zaken
    assert (found.naam, found.bereikt) == ("Omgevingsdienst", True)
    assert (zaak.zaaknummer, zaak.omschrijving, zaak.status, zaak.organisatienaam) == (
        "OD-1", "Sloopmelding", "In behandeling", "Omgevingsdienst",
    )  # fmt: skip
    ((path, authorization, body),) = elders.asked
    number = klant.urn.rpartition(":")[2]
    assert path == "/zaken/_zoek"
    assert body["rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"] == number
    claims = jwt.decode(authorization.split()[1], options={"verify_signature": False})
    assert claims["client_id"] == "wij"
    assert sporen.bladzijde(klant.actor, 1).sporen[0].wat == "Omgevingsdienst bevragen"


def test_an_answer_is_kept_in_mind_for_who_asked_alone(
    elders: Elders, api: Api, klant: Klant, leven: Leven
) -> None:
    bron(api, elders.url)
    for _ in range(2):
        assert len(federatie.elders(klant.actor)) == 1
    assert len(elders.asked) == 1
    federatie.elders(leven.burger("De Vries").actor)
    assert len(elders.asked) == 2


def test_a_company_is_asked_after_by_its_number(elders: Elders, api: Api, leven: Leven) -> None:
    bron(api, elders.url)
    federatie.elders(leven.bedrijf().actor)
    ((_, _, body),) = elders.asked
    assert body["rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer"] == KVK


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (200, b"<html>Onderhoud</html>", "application/json"),
        (200, b"<html>Onderhoud</html>", "text/html"),
        (200, {"results": [{"uuid": "geen"}]}, "application/json"),
        (200, {"count": 3}, "application/json"),
        (200, [ZAAK], "application/json"),
        (200, b"{" * 100_000, "application/json"),
        (500, {"title": "kapot"}, "application/problem+json"),
        (403, {"title": "mag niet"}, "application/problem+json"),
        (302, b"", "text/plain"),
    ],
)
def test_who_is_broken_or_lies_is_named(
    elders: Elders, api: Api, klant: Klant, status: int, answer: Any, kind: str
) -> None:
    elders.status, elders.answer, elders.kind = status, answer, kind
    bron(api, elders.url)
    (found,) = federatie.elders(klant.actor)
    assert (found.naam, found.bereikt, found.zaken) == ("Omgevingsdienst", False, ())


def test_each_has_a_time_of_its_own_and_the_others_are_shown(
    elders: Elders, api: Api, klant: Klant
) -> None:
    """One slow, one away, one good: in the time of the slowest, not of all together."""
    elders.slow = 30.0
    with organisatie() as goed, organisatie() as ook_traag:
        ook_traag.slow = 30.0
        bron(api, elders.url, "Traag")
        bron(api, ook_traag.url, "Ook traag")
        bron(api, "http://127.0.0.1:9", "Weg")
        bron(api, goed.url, "Goed")
        begun = time.monotonic()
        found = {each.naam: each.bereikt for each in federatie.elders(klant.actor)}
        took = time.monotonic() - begun
        elders.slow = ook_traag.slow = 0.0
    assert found == {"Traag": False, "Ook traag": False, "Weg": False, "Goed": True}
    assert took < 4


def test_without_organisations_it_costs_one_statement(api: Api, klant: Klant) -> None:
    del api
    with counted() as statements:
        assert federatie.elders(klant.actor) == ()
    assert len(statements) == 1


def test_mijnservices_elsewhere_get_a_token_for_whom_it_is(
    elders: Elders, api: Api, klant: Klant
) -> None:
    """Signed with our key, for that address, for a minute; page after page."""
    elders.answer = {"count": 1, "next": None, "results": [MIJN]}
    bron(api, elders.url, "Buurgemeente", soort="mijnservices")
    (found,) = federatie.elders(klant.actor)
    assert [each.zaaknummer for each in found.zaken] == ["BUUR-2"]
    ((path, authorization, _),) = elders.asked
    assert path == "/zaken?page=1"
    raw = authorization.split()[1]
    header = jwt.get_unverified_header(raw)
    (key,) = (each for each in openbaar()["keys"] if each["kid"] == header["kid"])
    claims = jwt.decode(raw, jwt.PyJWK(key).key, algorithms=["EdDSA"], audience=elders.url)
    assert claims["bsn"] == klant.urn.rpartition(":")[2]
    assert (header["typ"], claims["exp"] - claims["iat"]) == ("at+jwt", 60)


def test_one_municipality_shows_what_a_neighbour_asks_for_its_citizen(
    elders: Elders, provider: Aanbieder, api: Api, klant: Klant, leven: Leven
) -> None:
    """The token of a neighbour that we trust opens what is his; of another it opens nothing."""
    del provider
    forget_providers()
    dossier = leven.dossier(klant)
    number = klant.urn.rpartition(":")[2]
    with organisatie() as keys:
        from tests.services.mijnservices.aanbieder import Aanbieder as Maker

        buur = Maker("https://buurgemeente.example")
        keys.answer = {"keys": [buur.key.as_dict(private=False)]}
        token = buur.token(bsn=number)
        assert App(token).get("/mijn/api/v1/zaken").status_code == 401
        bron(
            api, elders.url, "Buurgemeente", uitgever="https://buurgemeente.example",
            sleutels=f"{keys.url}/jwks.json",
        )  # fmt: skip
        shown = App(token).get("/mijn/api/v1/zaken")
        assert [each["uuid"] for each in shown.json()["results"]] == [str(dossier.zaak)]
        forged = Maker("https://buurgemeente.example").token(bsn=number)
        assert App(forged).get("/mijn/api/v1/zaken").status_code == 401


def test_a_source_of_one_municipality_is_not_asked_by_another(
    elders: Elders, api: Api, klant: Klant, andere: Tenant
) -> None:
    bron(api, elders.url)
    with tenant.entered(andere):
        assert federatie.elders(klant.actor) == ()
    assert elders.asked == []
    assert rows("SELECT naam FROM beheer_federatiebron") == [("Omgevingsdienst",)]


def test_the_api_names_who_did_not_answer(
    elders: Elders, api: Api, klant: Klant, provider: Aanbieder
) -> None:
    elders.status = 500
    bron(api, elders.url)
    app = App(provider.token(bsn=klant.urn.rpartition(":")[2]))
    shown = app.get("/mijn/api/v1/elders/zaken").json()
    assert [(each["naam"], each["bereikt"]) for each in shown["organisaties"]] == [
        ("Omgevingsdienst", False)
    ]
