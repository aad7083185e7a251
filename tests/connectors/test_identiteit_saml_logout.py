"""Log-outs that a SAML provider begins, and its answers to ours: what it may ask, and when."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from signxml.verifier import XMLVerifier

from loket.connectors.identiteit import AanmeldenMislukt, Reason, logout_url
from loket.connectors.identiteit.saml import (
    answered,
    asked,
    envelope,
    from_envelope,
    from_form,
    from_query,
    read_peer,
    reply,
)

from .saml_idp import PLACE, SPACES
from .saml_leaving import (
    ALSO_POST,
    CHANNEL,
    EVA,
    LEAVE,
    Asked,
    Done,
    by_envelope,
    by_form,
    by_query,
    carried_in,
    statuses,
)
from .saml_sealing import sealed

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml import Carried, Keys, SamlProvider

    from .saml_idp import Idp

NAME = "s00000000:999993653"


def bring(idp: Idp, saml: SamlProvider, message: Asked, binding: str) -> tuple[Carried, str]:
    """Carry a request by a binding; return what came of it, and where it came in."""
    if binding == "redirect":
        return from_query(saml, by_query(message, idp.keys, "terug")), LEAVE
    if binding == "post":
        return from_form(saml, by_form(message, idp, "terug")), LEAVE
    there = CHANNEL if message.destination == LEAVE else message.destination
    text = idp.signed(replace(message, destination=there).xml())
    return from_envelope(saml, by_envelope(text)), CHANNEL


BINDINGS = pytest.mark.parametrize("binding", ["redirect", "post", "soap"])


@BINDINGS
def test_a_request_names_whose_sessions_end(idp: Idp, saml: SamlProvider, binding: str) -> None:
    leaving = asked(saml, *bring(idp, saml, Asked(), binding))
    assert (leaving.name, leaving.indexes) == (NAME, ())
    assert NAME not in repr(leaving)
    one = Asked(indexes=("17", "18"), until=60)
    assert asked(saml, *bring(idp, saml, one, binding)).indexes == ("17", "18")


def test_an_encrypted_name_opens(idp: Idp, saml: SamlProvider, own: Keys) -> None:
    subject = EVA.replace("NameID>", f'NameID xmlns:saml="{SPACES["saml"]}">', 1)
    hidden = Asked(sealed(subject, own))
    assert asked(saml, *bring(idp, saml, hidden, "soap")).name == NAME


@pytest.mark.parametrize(("qualifier", "same"), [(None, True), ("https://ander.example", False)])
def test_a_name_of_another_domain_is_another_name(
    idp: Idp, saml: SamlProvider, qualifier: str | None, *, same: bool
) -> None:
    told = qualifier or idp.entity_id
    message = Asked(EVA.replace("NameID>", f'NameID NameQualifier="{told}">', 1))
    assert (asked(saml, *bring(idp, saml, message, "redirect")).name == NAME) is same


@BINDINGS
@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"destination": "https://ander.example/uit/"}, Reason.AUDIENCE),
        ({"destination": f"{LEAVE}verder/"}, Reason.AUDIENCE),
        ({"destination": LEAVE.replace("loket", "elders")}, Reason.AUDIENCE),
        ({"issuer": "https://ander.example"}, Reason.ISSUER),
        ({"until": -31}, Reason.EXPIRED),
        ({"issued": -331}, Reason.EXPIRED),
        ({"issued": -331, "until": 600}, Reason.EXPIRED),
        ({"issued": 90}, Reason.EXPIRED),
        ({"name": ""}, Reason.TOKEN),
        ({"name": "<saml:NameID/>"}, Reason.TOKEN),
        ({"name": EVA + EVA}, Reason.TOKEN),
        ({"indexes": ("",)}, Reason.TOKEN),
    ],
)
def test_a_request_that_the_provider_signed_and_that_is_not_for_us_now_is_refused(
    idp: Idp, saml: SamlProvider, binding: str, lie: dict[str, object], reason: Reason
) -> None:
    message = replace(Asked(), **lie)  # type: ignore[arg-type]
    with pytest.raises(AanmeldenMislukt) as caught:
        asked(saml, *bring(idp, saml, message, binding))
    assert caught.value.reason is reason
    assert "999993653" not in str(caught.value)


@pytest.mark.parametrize(("issued", "until"), [(25, None), (-325, None), (0, -25)])
def test_clocks_may_differ_a_little(
    idp: Idp, saml: SamlProvider, issued: float, until: float | None
) -> None:
    message = Asked(issued=issued, until=until)
    assert asked(saml, *bring(idp, saml, message, "redirect")).name == NAME


@pytest.mark.parametrize("pattern", [r' IssueInstant="[^"]*"', r"(?<=IssueInstant=\")[^\"]*"])
def test_a_request_says_when_it_was_made(idp: Idp, saml: SamlProvider, pattern: str) -> None:
    text = re.sub(pattern, "", Asked().xml().replace(PLACE, ""), count=1)
    carried = from_query(saml, by_query(Asked(), idp.keys, text=text))
    with pytest.raises(AanmeldenMislukt) as caught:
        asked(saml, carried, LEAVE)
    assert caught.value.reason in {Reason.EXPIRED, Reason.TOKEN}


def test_only_the_back_channel_may_leave_out_for_whom_it_is(idp: Idp, saml: SamlProvider) -> None:
    bare = Asked(destination="")
    assert asked(saml, *bring(idp, saml, bare, "soap")).name == NAME
    for binding in ("redirect", "post"):
        with pytest.raises(AanmeldenMislukt) as caught:
            asked(saml, *bring(idp, saml, Asked(destination=""), binding))
        assert caught.value.reason is Reason.AUDIENCE


@BINDINGS
def test_a_request_serves_once_by_whichever_binding(
    idp: Idp, saml: SamlProvider, binding: str
) -> None:
    message = Asked()
    asked(saml, *bring(idp, saml, message, "redirect"))
    with pytest.raises(AanmeldenMislukt) as caught:
        asked(saml, *bring(idp, saml, message, binding))
    assert caught.value.reason is Reason.REPLAYED


@pytest.mark.parametrize(
    ("done", "codes"), [(True, ["Success"]), (False, ["Requester", "RequestDenied"])]
)
def test_the_answer_goes_back_as_the_request_came(
    idp: Idp, saml: SamlProvider, own: Keys, codes: list[str], *, done: bool
) -> None:
    both = replace(saml, peer=read_peer(idp.metadata(more=ALSO_POST)))
    message = Asked()
    back = reply(both, bring(idp, both, message, "redirect")[0], done=done)
    assert back is not None
    told, _, _ = back.url.partition("?")[2].partition("&Signature=")
    answer = carried_in(back.url)
    assert (answer.get("InResponseTo"), statuses(answer)) == (message.request_id, codes)
    assert answer.get("Destination") == "https://digid.example/uit"
    assert "RelayState=terug" in told
    form = reply(both, bring(idp, both, message, "post")[0], done=done)
    assert form is not None
    assert (form.url, form.state) == ("https://digid.example/klaar", "terug")
    proof = XMLVerifier().verify(base64.b64decode(form.form), x509_cert=own.certificate)
    assert not isinstance(proof, list)
    assert proof.signed_xml is not None
    assert statuses(proof.signed_xml) == codes
    raw = envelope(both, bring(idp, both, message, "soap")[0], done=done)
    (inside,) = etree.fromstring(raw).find("soap:Body", SPACES)
    assert XMLVerifier().verify(etree.tostring(inside), x509_cert=own.certificate)
    assert (inside.get("InResponseTo"), statuses(inside)) == (message.request_id, codes)


def test_our_answer_by_redirect_is_signed(idp: Idp, saml: SamlProvider, own: Keys) -> None:
    back = reply(saml, bring(idp, saml, Asked(), "redirect")[0], done=True)
    assert back is not None
    theirs = replace(saml.peer, certificates=(own.certificate,))
    assert from_query(replace(saml, peer=theirs), back.url.partition("?")[2]).answer


def test_a_provider_that_takes_only_one_binding_is_answered_by_that(
    idp: Idp, saml: SamlProvider
) -> None:
    back = reply(saml, bring(idp, saml, Asked(), "post")[0], done=True)
    assert back is not None
    assert not back.form
    none = replace(saml, peer=replace(saml.peer, replies=()))
    assert reply(none, bring(idp, none, Asked(), "post")[0], done=True) is None


def ours(saml: SamlProvider) -> str:
    """Begin a log-out ourselves, and return the id of our request."""
    url = logout_url(saml, None, LEAVE, ("tijdelijk", "17"))
    assert url is not None
    told: str = carried_in(url, "SAMLRequest").get("ID")
    return told


def test_the_answer_to_our_request_is_believed_once(idp: Idp, saml: SamlProvider) -> None:
    query = by_query(Done(ours(saml)), idp.keys)
    carried = from_query(saml, query)
    assert carried.answer
    answered(saml, carried, LEAVE)
    with pytest.raises(AanmeldenMislukt) as caught:
        answered(saml, from_query(saml, query), LEAVE)
    assert caught.value.reason is Reason.REPLAYED
    answered(saml, from_form(saml, by_form(Done(ours(saml)), idp)), LEAVE)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"about": "_ander"}, Reason.NONCE),
        ({"destination": "https://ander.example/"}, Reason.AUDIENCE),
        ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, Reason.REFUSED),
    ],
)
def test_an_answer_that_is_none_to_us_is_refused(
    idp: Idp, saml: SamlProvider, lie: dict[str, str], reason: Reason
) -> None:
    query = by_query(replace(Done(ours(saml)), **lie), idp.keys)
    with pytest.raises(AanmeldenMislukt) as caught:
        answered(saml, from_query(saml, query), LEAVE)
    assert caught.value.reason is reason
