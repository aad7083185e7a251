"""What is delivered is signed where that was agreed, so that anybody can check who sent it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from http_message_signatures import (
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)
from joserfc.jwk import OKPKey

from loket.connectors.notificaties import signing
from loket.kernel import tenant
from loket.ledger.database import one, rows
from loket.services.notificeren import sleutels
from tests.conftest import HOST, OTHER_HOST
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.registers.taken.test_taken import body as taak
from tests.services.notificeren.dienstwerk import dienst
from tests.services.notificeren.test_abonnees import (
    PATIENT,
    abonnee,
    deliver,
    family,
    subscribe,
)
from tests.services.notificeren.test_doorgeven import extern, others

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.services.notificeren.abonnee import Abonnee, Received
    from tests.services.notificeren.opennotificaties import OpenNotificaties

__all__ = ["PATIENT", "abonnee", "extern", "family", "others"]

JWKS = "/.well-known/jwks.json"
SLEUTELS = "/beheer/api/v1/ondertekensleutels"
COVERED = ("@method", "@target-uri", "content-type", "content-digest")


def signed_subscriber(api: Api, to: Abonnee, *kanalen: str) -> str:
    """Subscribe, and agree that what comes is signed; return the address of the abonnement."""
    url: str = subscribe(api, to, *kanalen)["url"]
    answer = api.patch(url, json={"ondertekend": True})
    assert (answer.status_code, answer.json()["ondertekend"]) == (200, True)
    deliver()
    return url


def published(host: str = HOST) -> list[dict[str, Any]]:
    """Return what anybody may read of our keys."""
    answer = Client(HTTP_HOST=host).get(JWKS)
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    found: list[dict[str, Any]] = answer.json()["keys"]
    assert all(set(each) == {"kty", "crv", "x", "kid", "use", "alg"} for each in found)
    return found


def public_keys() -> dict[str, Any]:
    """Return our public keys by their id."""
    return {each["kid"]: OKPKey.import_key(each).public_key for each in published()}


def verify(got: Received, keys: dict[str, Any], **options: Any) -> Any:
    """Check a signature as a receiver does who uses the library and nothing of ours."""
    resolver = MappingKeyResolver(public_keys=keys, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    (found,) = verifier.verify(got, body=got.body, require_components=COVERED, **options)
    return found


@pytest.mark.req("M57")
def test_a_signed_notification_can_be_checked_by_who_gets_it(api: Api, abonnee: Abonnee) -> None:
    signed_subscriber(api, abonnee, "klantcontacten")
    Contactwerk(api).contact()
    deliver()
    (got,) = abonnee.requests
    keys = public_keys()
    found = verify(got, keys)
    told = found.parameters
    assert (told["keyid"], told["alg"], len(keys)) == (*keys, "ed25519", 1)
    assert told["expires"] - told["created"] == 300
    assert len(told["nonce"]) >= 20
    assert "authorization" not in str(found.covered_components)


@pytest.mark.parametrize("change", ["body", "address", "kind", "digest", "key", "age", "none"])
def test_what_was_changed_on_the_way_is_found_out(api: Api, abonnee: Abonnee, change: str) -> None:
    signed_subscriber(api, abonnee, "klantcontacten")
    Contactwerk(api).contact()
    deliver()
    (got,), keys, options = abonnee.requests, public_keys(), dict[str, Any]()
    match change:
        case "body":
            got = replace(got, body=got.body.replace(b"create", b"destroy"))
        case "address":
            got = replace(got, url=got.url + "/elders")
        case "kind":
            got.headers["content-type"] = "application/cloudevents+json"
        case "digest":
            got.headers["content-digest"] = got.headers["content-digest"].replace("=:", "=:AA", 1)
        case "key":
            api.post(SLEUTELS, json={})
            newest = next(key for name, key in public_keys().items() if name not in keys)
            keys = dict.fromkeys(keys, newest)
        case "age":
            options["max_age"] = timedelta(seconds=-60)
        case _:
            del got.headers["signature"], got.headers["signature-input"]
    with pytest.raises(InvalidSignature):
        verify(got, keys, **options)


def test_who_agreed_nothing_gets_no_signature_and_costs_no_more(
    api: Api, abonnee: Abonnee, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(api, abonnee, "klantcontacten")
    Contactwerk(api).contact()
    monkeypatch.setattr(sleutels, "one", lambda *_: pytest.fail("nobody signs here"))
    monkeypatch.setattr(signing.Signer, "sign", lambda *_: pytest.fail("nobody signs here"))
    deliver()
    (got,) = abonnee.requests
    assert not {"signature", "signature-input", "content-digest"} & set(got.headers)
    assert rows("SELECT 1 FROM beheer_ondertekensleutel") == []


def test_what_comes_again_is_signed_again(api: Api, abonnee: Abonnee) -> None:
    abonnee.answers = [500]
    signed_subscriber(api, abonnee, "klantcontacten")
    Contactwerk(api).contact()
    deliver()
    one("UPDATE ledger_delivery SET next_at = changed_at - interval '1 hour'")
    deliver()
    first, second = abonnee.requests
    keys = public_keys()
    assert verify(first, keys).nonce != verify(second, keys).nonce
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]


def test_cloudevents_are_signed_too(api: Api, abonnee: Abonnee) -> None:
    url = signed_subscriber(api, abonnee, "klantcontacten")
    types = [{"typeSubstring": "nl.overheid.taken."}]
    assert api.patch(url, json={"kanalen": [], "cloudeventFilters": types}).status_code == 200
    assert api.post("/taken/api/v1/externetaken", json=taak()).status_code == 201
    deliver()
    assert abonnee.media == ["application/cloudevents+json"]
    assert verify(abonnee.requests[0], public_keys())


def test_a_new_key_signs_and_the_old_one_stays_until_it_is_removed(
    api: Api, abonnee: Abonnee
) -> None:
    signed_subscriber(api, abonnee, "klantcontacten")
    work = Contactwerk(api)
    work.contact()
    deliver()
    new = api.post(SLEUTELS, json={"omschrijving": "jaarlijks"}).json()
    assert set(new) == {"url", "uuid", "omschrijving", "kenmerk", "openbaar", "gemaaktOp"} | (
        {"versie", "beginRegistratie"} & set(new)
    )
    work.contact()
    deliver()
    old, now = abonnee.requests[0], abonnee.requests[-1]
    keys = public_keys()
    assert verify(now, keys).parameters["keyid"] == new["kenmerk"] == next(iter(keys))
    first = verify(old, keys).parameters["keyid"]
    assert first != new["kenmerk"]
    (listed,) = api.get(SLEUTELS, params={"kenmerk": first}).json()["results"]
    assert api.delete(listed["url"]).status_code == 204
    assert list(public_keys()) == [new["kenmerk"]]
    with pytest.raises(InvalidSignature):
        verify(old, public_keys())


def test_the_secret_half_is_nowhere_to_be_read(api: Api) -> None:
    made = api.post(SLEUTELS, json={"geheim": "x" * 43, "openbaar": "y" * 43}).json()
    secret, public = one("SELECT geheim, openbaar FROM beheer_ondertekensleutel")
    assert len(secret) == len(public) == 43
    assert (secret, public) != ("x" * 43, "y" * 43)
    shown = [str(published()), *(api.get(path).text for path in (made["url"], SLEUTELS))]
    shown += [
        api.get(f"{made['url']}/audittrail").text,
        str(rows("SELECT nieuw FROM ledger_event")),
    ]
    assert not [each for each in shown if secret in each]
    assert api.patch(made["url"], json={"omschrijving": "anders"}).status_code == 405


def test_each_municipality_has_keys_of_its_own(api: Api, andere: Tenant) -> None:
    api.post(SLEUTELS, json={})
    with tenant.entered(andere):
        signer = sleutels.ondertekenaar()
    assert [each["kid"] for each in published(OTHER_HOST)] == [signer.keyid]
    assert len(public_keys()) == 1
    assert signer.keyid not in public_keys()


def test_who_follows_the_standard_leaves_what_was_agreed(api: Api, abonnee: Abonnee) -> None:
    url = signed_subscriber(api, abonnee, "klantcontacten")
    shown = api.get(url).json()
    del shown["ondertekend"]
    kept = api.put(url, json={**shown, "auth": "Bearer van-de-abonnee"})
    assert (kept.status_code, kept.json()["ondertekend"]) == (200, True)
    ended = api.put(url, json={**shown, "ondertekend": False})
    assert (ended.status_code, ended.json()["ondertekend"]) == (200, False)


@pytest.mark.req("M59")
def test_what_is_published_at_a_service_is_signed_where_agreed(
    api: Api, extern: OpenNotificaties
) -> None:
    made = dienst(api, extern, ondertekend=True, cloudevents=True)
    Contactwerk(api).contact()
    api.post("/taken/api/v1/externetaken", json=taak())
    deliver()
    posted = [each for each in extern.requests if each.method == "POST"]
    assert len(extern.notificaties) >= 1
    assert len(extern.cloudevents) == 1
    keys = public_keys()
    assert len({verify(each, keys).nonce for each in posted}) == len(posted)
    api.patch(made["url"], json={"ondertekend": False})
    Contactwerk(api).contact()
    deliver()
    assert "signature" not in extern.requests[-1].headers
