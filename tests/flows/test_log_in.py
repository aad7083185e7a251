"""From the log-in page to one's own pages and out again, with real providers and real sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client as Browser
from django.test import override_settings
from lxml import etree

from loket.connectors import identiteit
from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.ledger.database import one
from loket.registers.beheer.inlogmiddel import inlogmiddelen
from loket.simulators.running import running
from tests.connectors.saml_idp import Answer, Idp, make_keys, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

HOST = "127.0.0.1:8700"
JELLE = "1e6f4d88-0a91-4c57-8a3e-2c9d7b5e4f02"
BSN = "999940612"
NEXT = "/toegankelijkheid/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running("digid", "--port=0", "--client-secret=geheim") as digid:
        yield digid.said["issuer"]


@pytest.fixture
def house(issuer: str, gemeente: Tenant) -> Iterator[None]:
    del gemeente
    identiteit.forget()
    with override_settings(OIDC_ISSUER=issuer, OIDC_CLIENT_SECRET="geheim"):
        yield


def log_in(middel: str = "digid", **form: str) -> Browser:
    """Log in as a browser of its own."""
    browser = Browser(HTTP_HOST=HOST)
    there = browser.get(f"/inloggen/{middel}/", {"volgende": NEXT})["Location"]
    back = urlsplit(httpx.post(there, data=form).headers["location"])
    assert back.netloc == HOST
    answer = browser.get(f"{back.path}?{back.query}")
    assert answer["Location"] == NEXT
    return browser


@pytest.mark.usefixtures("house")
def test_log_out_everywhere_ends_the_session_on_the_other_device() -> None:
    phone, laptop = (log_in(persoon=JELLE) for _ in range(2))
    other = log_in(naam="Iemand anders")
    assert {each.get("/toegankelijkheid/").status_code for each in (phone, laptop)} == {200}
    assert one("SELECT count(*) FROM mijnservices_sessie") == (3,)
    held = one("SELECT string_agg(session_data, '') FROM django_session")[0]
    assert BSN not in held
    done = laptop.post("/uitloggen/overal/").content.decode()
    assert "Zo vaak was u nog ingelogd: 2." in done
    for gone in (phone, laptop):
        assert gone.get("/inloggen/vestiging/")["Location"].startswith("/inloggen/?")
    assert other.get("/inloggen/vestiging/").status_code == 404


@pytest.mark.req("M9")
@pytest.mark.usefixtures("house")
def test_a_demo_company_logs_in_and_stays_a_company() -> None:
    browser = log_in("eherkenning", bedrijf="90001001/000090010012")
    kept = browser.session["klant"]
    assert (kept["kvk"], kept["vestiging"], kept["vast"]) == ("90001001", "000090010012", True)


@pytest.mark.req("D21")
def test_digid_over_saml_lets_somebody_in_once(
    gemeente: Tenant, actor: Actor, tmp_path: Path
) -> None:
    """The whole way, with the municipality's own settings and a memory that workers share."""
    folder = tmp_path / gemeente.name
    folder.mkdir()
    own = make_keys(folder, "digid")
    idp = Idp(make_keys(tmp_path, "idp"), make_keys(tmp_path, "vreemd"))
    (folder / "digid.ca.pem").write_text(idp.keys.certificate)
    with override_settings(CERTIFICATE_DIR=tmp_path), serving(idp, own):
        body = {
            "naam": "digid", "soort": "digid", "protocol": "saml", "metadata": idp.metadata(),
            "certificaat": "digid",
        }  # fmt: skip
        inlogmiddelen.create(actor, body, Call(base=HOUSE))
        browser = Browser(HTTP_HOST=HOST)
        browser.get("/inloggen/digid/", {"volgende": NEXT})
        begun = browser.session["aanmelden"]["begun"]
        entity = etree.fromstring(browser.get("/inloggen/saml/metadata/digid/").content).get(
            "entityID"
        )
        back = f"http://{HOST}/inloggen/terug/"
        answer = Answer(begun["nonce"], recipient=back, destination=back, audience=entity)
        brought = {"SAMLart": idp.artifact(answer), "RelayState": begun["state"]}
        assert browser.get("/inloggen/terug/", brought)["Location"] == NEXT
        assert browser.session["klant"]["soort"] == "burger"
        assert one("SELECT count(*) FROM mijnservices_eenmalig") == (2,)
        again = Browser(HTTP_HOST=HOST)
        again.get("/inloggen/digid/")
        session = again.session
        session["aanmelden"] = {**session["aanmelden"], "begun": begun}
        session.save()
        assert again.get("/inloggen/terug/", brought)["Location"].endswith("reden=replayed")
