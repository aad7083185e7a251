"""Log-outs that somebody else begins as if he were the SAML provider: each is refused."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from loket.connectors.identiteit import AanmeldenMislukt, Reason
from loket.connectors.identiteit.saml import (
    from_envelope,
    from_form,
    from_query,
    read_peer,
)

from .saml_idp import PLACE, sha1_signed
from .saml_leaving import (
    EVA,
    SHA256,
    Asked,
    Done,
    by_envelope,
    by_form,
    by_query,
    packed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.identiteit.saml import Carried, Keys, SamlProvider

    from .saml_idp import Idp

THIEF = "999970343"


def unproven(read: Callable[[], Carried]) -> Reason:
    with pytest.raises(AanmeldenMislukt) as caught:
        read()
    assert THIEF not in str(caught.value)
    return caught.value.reason


def without_signature(query: str) -> str:
    return query.partition("&SigAlg")[0]


def without_proof(query: str) -> str:
    return query.partition("&Signature")[0]


def other_message(query: str) -> str:
    false = Asked(EVA.replace("999993653", THIEF)).xml().replace(PLACE, "")
    return re.sub(
        "SAMLRequest=[^&]*", lambda _: urlencode({"SAMLRequest": packed(false)}), query, count=1
    )


def other_relay(query: str) -> str:
    return query.replace("RelayState=terug", "RelayState=weg")


def no_relay(query: str) -> str:
    return query.replace("&RelayState=terug", "")


def twice_before(query: str) -> str:
    return f"{other_message(query).partition('&')[0]}&{query}"


def twice_after(query: str) -> str:
    return f"{query}&{other_message(query).partition('&')[0]}"


def also_an_answer(query: str) -> str:
    return query.replace("SAMLRequest=", "SAMLResponse=x&SAMLRequest=")


def as_an_answer(query: str) -> str:
    return query.replace("SAMLRequest=", "SAMLResponse=")


def written_otherwise(query: str) -> str:
    return query.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d")


@pytest.mark.parametrize(
    "forge",
    [
        without_signature, without_proof, other_message, other_relay, no_relay, twice_before,
        twice_after, also_an_answer, as_an_answer, written_otherwise,
    ],
)  # fmt: skip
def test_an_address_that_was_changed_is_refused(
    idp: Idp, saml: SamlProvider, forge: Callable[[str], str]
) -> None:
    query = by_query(Asked(), idp.keys, "terug")
    assert from_query(saml, query).relay == "terug"
    assert forge(query) != query
    assert unproven(lambda: from_query(saml, forge(query))) in {Reason.SIGNATURE, Reason.TOKEN}


def test_an_address_is_read_as_its_provider_wrote_it(idp: Idp, saml: SamlProvider) -> None:
    """Some write %2b where we write %2B, and sign that."""
    told = written_otherwise(by_query(Asked(), idp.keys, "a+b=").partition("&Signature")[0])
    assert "%2b" in told
    query = f"{told}&{urlencode({'Signature': idp.keys.signature(told.encode())})}"
    assert from_query(saml, query).relay == "a+b="


def test_an_address_that_somebody_else_signed_is_refused(
    idp: Idp, saml: SamlProvider, own: Keys
) -> None:
    for keys in (idp.foreign, own):
        query = by_query(Asked(), keys)
        assert unproven(lambda query=query: from_query(saml, query)) is Reason.SIGNATURE  # type: ignore[misc]


def test_an_address_signed_with_sha1_is_refused(idp: Idp, saml: SamlProvider) -> None:
    algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    told = by_query(Asked(), idp.keys, algorithm=algorithm).partition("&Signature")[0]
    made = idp.keys.private.sign(told.encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    query = f"{told}&{urlencode({'Signature': base64.b64encode(made).decode()})}"
    assert unproven(lambda: from_query(saml, query)) is Reason.SIGNATURE


def test_around_a_change_both_certificates_of_the_provider_count(
    idp: Idp, saml: SamlProvider
) -> None:
    both = read_peer(idp.metadata(idp.foreign.certificate, idp.keys.certificate))
    assert not from_query(replace(saml, peer=both), by_query(Asked(), idp.keys)).answer


def by_another(idp: Idp, text: str) -> str:
    return idp.signed(text, idp.foreign)


def not_at_all(idp: Idp, text: str) -> str:
    return idp.unsigned(text)


def changed_after(idp: Idp, text: str) -> str:
    return idp.signed(text).replace("999993653", THIEF)


def stolen(true: str) -> str:
    bare = re.sub(r"<ds:Signature.*?</ds:Signature>", "", true, flags=re.DOTALL)
    return bare.replace("999993653", THIEF).replace(' ID="_v', ' ID="_kwaad')


def around(idp: Idp, text: str) -> str:
    """Put the signed request inside the signature's Object of a false one."""
    true = idp.signed(text)
    (signature,) = re.findall(r"<ds:Signature.*?</ds:Signature>", true, re.DOTALL)
    inside = signature.replace(
        "</ds:Signature>", f"<ds:Object>{true.replace(signature, '')}</ds:Object></ds:Signature>"
    )
    return stolen(true).replace("</saml:Issuer>", f"</saml:Issuer>{inside}", 1)


def same_id(idp: Idp, text: str) -> str:
    return around(idp, text).replace(' ID="_kwaad', ' ID="_v')


def in_extensions(idp: Idp, text: str) -> str:
    true = idp.signed(text)
    inside = f"<samlp:Extensions>{true}</samlp:Extensions>"
    return stolen(true).replace("</saml:Issuer>", f"</saml:Issuer>{inside}", 1)


@pytest.mark.parametrize(
    "forge",
    [by_another, not_at_all, changed_after, sha1_signed, around, same_id, in_extensions],
)
def test_a_request_that_the_provider_did_not_sign_as_a_whole_is_refused(
    idp: Idp, saml: SamlProvider, forge: Callable[[Idp, str], str]
) -> None:
    """Also where the true one is wrapped in it (XML signature wrapping)."""
    text = forge(idp, Asked().xml())
    form = {"SAMLRequest": base64.b64encode(text.encode()).decode()}
    assert unproven(lambda: from_form(saml, form)) is Reason.SIGNATURE
    assert unproven(lambda: from_envelope(saml, by_envelope(text))) is Reason.SIGNATURE


def test_two_requests_in_one_envelope_are_refused(idp: Idp, saml: SamlProvider) -> None:
    true = idp.signed(Asked().xml())
    for both in (stolen(true) + true, true + stolen(true)):
        read = by_envelope(both)
        assert unproven(lambda read=read: from_envelope(saml, read)) is Reason.TOKEN  # type: ignore[misc]


def test_what_stands_around_a_request_does_not_matter(idp: Idp, saml: SamlProvider) -> None:
    spaced = f"wit {idp.signed(Asked().xml())} regel"
    assert from_envelope(saml, by_envelope(spaced)).element.tag.endswith("LogoutRequest")


@pytest.mark.parametrize(
    "form",
    [
        {}, {"SAMLRequest": ""}, {"SAMLRequest": "é"}, {"SAMLRequest": "A"},
        {"SAMLRequest": base64.b64encode(b"<x/>").decode()},
        {"SAMLRequest": base64.b64encode(b"<!DOCTYPE x><x/>").decode()},
    ],
    ids=range(6),
)  # fmt: skip
def test_a_form_that_holds_no_request_is_refused(saml: SamlProvider, form: dict[str, str]) -> None:
    assert unproven(lambda: from_form(saml, form)) is Reason.TOKEN


def test_a_form_that_asks_and_answers_is_refused(idp: Idp, saml: SamlProvider) -> None:
    both = {**by_form(Asked(), idp), **by_form(Done("_x"), idp)}
    assert unproven(lambda: from_form(saml, both)) is Reason.TOKEN


@pytest.mark.parametrize("query", ["", "x", "SAMLRequest", "SAMLRequest=%&SigAlg=%&Signature=é"])
def test_an_address_that_holds_no_request_is_refused(saml: SamlProvider, query: str) -> None:
    assert unproven(lambda: from_query(saml, query)) in {Reason.TOKEN, Reason.SIGNATURE}


@pytest.mark.parametrize("raw", [b"", b"\0", b"<x/>", by_envelope(""), by_envelope("<x/>")])
def test_an_envelope_that_holds_no_request_is_refused(saml: SamlProvider, raw: bytes) -> None:
    assert unproven(lambda: from_envelope(saml, raw)) is Reason.TOKEN


def test_a_signed_address_unfolds_no_further_than_we_read(idp: Idp, saml: SamlProvider) -> None:
    whole = packed(Asked().xml().replace(PLACE, "") + " " * 2**24)
    half = base64.b64encode(zlib.compress(b"<x/>" * 99, wbits=-15)[:-4]).decode()
    for message in (whole, half, base64.b64encode(b"\xff" * 9).decode()):
        told = urlencode({"SAMLRequest": message, "SigAlg": SHA256})
        query = f"{told}&{urlencode({'Signature': idp.keys.signature(told.encode())})}"
        assert unproven(lambda query=query: from_query(saml, query)) is Reason.TOKEN  # type: ignore[misc]


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (r'URI="#[^"]*"', "URI=\"#'&quot;]\""),
        (r'URI="#[^"]*"', 'URI="file:///etc/passwd"'),
        (r'URI="#[^"]*"', 'URI=""'),
        (r'URI="#[^"]*"', ""),
        (r"<ds:DigestValue>[^<]*", "<ds:DigestValue>é"),
        (r"<ds:SignatureValue>[^<]*", "<ds:SignatureValue>"),
        (r"<ds:SignatureValue>[^<]*</ds:SignatureValue>", ""),
        (r"<ds:SignedInfo>.*</ds:SignedInfo>", ""),
        (r"<ds:SignatureMethod[^>]*>", '<ds:SignatureMethod Algorithm="x"/>'),
        (r"<ds:CanonicalizationMethod[^>]*>", '<ds:CanonicalizationMethod Algorithm="x"/>'),
        (r"(?<=<ds:Transform) [^>]*(?=/>)", ' Algorithm="x"'),
        (r"<ds:Reference .*</ds:Reference>", ""),
        (r"<ds:X509Certificate>[^<]*", "<ds:X509Certificate>é"),
        (r"<ds:KeyInfo>.*</ds:KeyInfo>", ""),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_broken_signature_is_refused_and_breaks_nothing(
    idp: Idp, saml: SamlProvider, pattern: str, new: str
) -> None:
    """Anybody can bring one."""
    text, count = re.subn(pattern, lambda _: new, idp.signed(Asked().xml()), flags=re.DOTALL)
    assert count >= 1
    text = text.replace("999993653", THIEF)
    assert unproven(lambda: from_envelope(saml, by_envelope(text))) is Reason.SIGNATURE


def test_an_answer_that_somebody_else_signed_is_refused(idp: Idp, saml: SamlProvider) -> None:
    query = by_query(Done("_x"), idp.foreign)
    assert unproven(lambda: from_query(saml, query)) is Reason.SIGNATURE
