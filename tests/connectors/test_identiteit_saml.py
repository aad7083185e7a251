"""Logging in at a SAML provider: what is asked, and what a true answer tells."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from signxml.verifier import XMLVerifier

from loket.connectors.identiteit import AanmeldenMislukt, Begin, Reason, begin, finish, logout_url
from loket.connectors.identiteit.saml import describe, read_peer
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS, EHERKENNING_LEVELS

from .saml_idp import BACK, ENTITY, IDP, SPACES, Answer, make_keys, request_of
from .saml_leaving import CHANNEL, LEAVE
from .saml_sealing import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from loket.connectors.identiteit import Identiteit
    from loket.connectors.identiteit.saml import Keys, SamlProvider

    from .saml_idp import Idp

LOW, MIDDLE, SUBSTANTIAL, HIGH = DIGID_LEVELS
BSN, OTHER_BSN = "999993653", "999970343"


def come_back(idp: Idp, saml: SamlProvider, minimum: str = "", **said: object) -> Identiteit:
    begun = begin(saml, BACK, minimum or saml.levels[0])
    answer = replace(Answer(begun.nonce), **said)  # type: ignore[arg-type]
    return finish(saml, begun, {"SAMLart": idp.artifact(answer), "RelayState": begun.state})


@pytest.mark.req("D21")
def test_digid_names_a_citizen_by_artifact_over_mutual_tls(idp: Idp, saml: SamlProvider) -> None:
    who = come_back(idp, saml, MIDDLE)
    assert (who.bsn, who.loa, who.kvk, who.acting, who.leave) == (BSN, MIDDLE, "", "", ())
    assert BSN not in repr(who)
    assert idp.shown[-1] == "loket"
    assert idp.asked[-1].findtext("saml:Issuer", "", SPACES) == ENTITY


def test_the_question_is_signed_and_says_what_is_needed(saml: SamlProvider, own: Keys) -> None:
    begun = begin(replace(saml, service="5"), BACK, SUBSTANTIAL, anew=True)
    asked = request_of(begun)
    assert asked.get("AssertionConsumerServiceURL") == BACK
    assert asked.get("ProtocolBinding").endswith(":HTTP-Artifact")
    assert asked.get("AttributeConsumingServiceIndex") == "5"
    assert asked.get("ForceAuthn") == "true"
    assert asked.get("Destination") == "https://digid.example/sso"
    assert asked.findtext("saml:Issuer", "", SPACES) == ENTITY
    context = asked.find("samlp:RequestedAuthnContext", SPACES)
    assert context.get("Comparison") == "minimum"
    assert context.findtext("saml:AuthnContextClassRef", "", SPACES) == SUBSTANTIAL
    told, _, signature = urlsplit(begun.url).query.partition("&Signature=")
    given = dict(parse_qsl(f"Signature={signature}"))["Signature"]
    assert dict(parse_qsl(told))["RelayState"] == begun.state
    public = load_pem_x509_certificate(own.certificate.encode()).public_key()
    public.verify(base64.b64decode(given), told.encode(), padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg,arg-type]


def test_without_anew_nobody_has_to_show_himself_again(saml: SamlProvider) -> None:
    begun = begin(saml, BACK, LOW)
    assert request_of(begun).get("ForceAuthn") is None
    assert begun.anew == ""


def test_a_provider_that_wants_a_post_gets_a_signed_form(
    idp: Idp, saml: SamlProvider, own: Keys
) -> None:
    wants = replace(saml, peer=read_peer(idp.metadata(post=True)))
    begun = begin(wants, BACK, LOW)
    assert begun.url == "https://digid.example/sso"
    proof = XMLVerifier().verify(base64.b64decode(begun.form), x509_cert=own.certificate)
    assert not isinstance(proof, list)
    assert proof.signed_xml is not None
    assert proof.signed_xml.get("ID") == begun.nonce


def test_a_log_in_under_way_survives_a_session_as_json(idp: Idp, saml: SamlProvider) -> None:
    begun = Begin(**json.loads(json.dumps(asdict(begin(saml, BACK, LOW)))))
    artifact = idp.artifact(Answer(begun.nonce))
    assert finish(saml, begun, {"SAMLart": artifact, "RelayState": begun.state}).bsn == BSN


@pytest.mark.parametrize(
    ("minimum", "given", "enough"),
    [
        (LOW, MIDDLE, True),
        (MIDDLE, MIDDLE, True),
        (MIDDLE, HIGH, True),
        (MIDDLE, LOW, False),
        (HIGH, SUBSTANTIAL, False),
        (LOW, "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified", False),
        (LOW, "", False),
    ],
)
def test_the_assurance_is_at_least_what_was_asked(
    idp: Idp, saml: SamlProvider, minimum: str, given: str, *, enough: bool
) -> None:
    if enough:
        assert come_back(idp, saml, minimum, loa=given).loa == given
        return
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(idp, saml, minimum, loa=given)
    assert caught.value.reason is Reason.ASSURANCE


def attribute(name: str, value: str) -> str:
    return (
        f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue>'
        "</saml:Attribute>"
    )


def statement(*attributes: str) -> str:
    return f"<saml:AttributeStatement>{''.join(attributes)}</saml:AttributeStatement>"


def number(kind: str, value: str) -> str:
    return (
        f'<saml:NameID xmlns:saml="{SPACES["saml"]}" NameQualifier="{kind}">{value}</saml:NameID>'
    )


KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
VESTIGING = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
TRANSIENT = (
    '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">tijdelijk'
    "</saml:NameID>"
)


@pytest.mark.parametrize("method", ["aes256-cbc", "aes256-gcm"])
@pytest.mark.parametrize("vestiging", ["", "000012345678"])
def test_eherkenning_names_a_company_in_encrypted_attributes(
    idp: Idp, saml: SamlProvider, own: Keys, vestiging: str, method: str
) -> None:
    company, employee = number(KVK, "12345678"), number("urn:etoegang:Pseudo", "medewerker")
    who = come_back(
        idp, replace(saml, company=True, levels=EHERKENNING_LEVELS), EHERKENNING_LEVELS[1],
        loa=EHERKENNING_LEVELS[2], subject=TRANSIENT,
        attributes=statement(
            attribute("urn:etoegang:core:LegalSubjectID", sealed(company, own, method)),
            attribute("urn:etoegang:core:ActingSubjectID", sealed(employee, own, method)),
            attribute(VESTIGING, vestiging) if vestiging else "",
        ),
    )  # fmt: skip
    assert (who.bsn, who.kvk, who.vestiging) == ("", "12345678", vestiging)
    assert who.acting == "medewerker"
    assert who.leave == ("tijdelijk", "17")


def test_eherkenning_may_name_the_company_plainly(idp: Idp, saml: SamlProvider) -> None:
    company = replace(saml, company=True)
    who = come_back(
        idp, company, subject=TRANSIENT, attributes=statement(attribute(KVK, "12345678"))
    )
    assert (who.kvk, who.acting) == ("12345678", "tijdelijk")


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ("", Reason.KVK),
        (statement(attribute(KVK, "1234567")), Reason.KVK),
        (statement(attribute(KVK, "１２３４５６７８")), Reason.KVK),
        (statement(attribute(KVK, "12345678"), attribute(VESTIGING, "12")), Reason.KVK),
        (statement(attribute(KVK, "12345678"), attribute(KVK, "87654321")), Reason.TOKEN),
        (
            statement(attribute("urn:etoegang:core:ActingSubjectID", number(KVK, "12345678"))),
            Reason.KVK,
        ),
    ],
)
def test_a_company_without_a_right_number_is_refused(
    idp: Idp, saml: SamlProvider, attributes: str, reason: Reason
) -> None:
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(idp, replace(saml, company=True), attributes=attributes)
    assert caught.value.reason is reason


def test_digid_machtigen_names_both(idp: Idp, saml: SamlProvider, own: Keys) -> None:
    kind = "urn:nl-eid-gdi:1.0:id:BSN"
    who = come_back(
        idp, saml, subject=TRANSIENT,
        attributes=statement(
            attribute("urn:nl-eid-gdi:1.0:LegalSubjectID", sealed(number(kind, OTHER_BSN), own)),
            attribute("urn:nl-eid-gdi:1.0:ActingSubjectID", sealed(number(kind, BSN), own)),
        ),
    )  # fmt: skip
    assert (who.bsn, who.acting) == (OTHER_BSN, BSN)


def test_a_european_with_a_bsn_is_a_citizen(idp: Idp, saml: SamlProvider) -> None:
    told = statement(
        attribute("urn:etoegang:core:ActingSubjectID", number("urn:etoegang:Pseudo", "x")),
        attribute("urn:etoegang:1.12:EntityConcernedID:BSN", BSN),
    )
    assert come_back(idp, saml, subject=TRANSIENT, attributes=told).bsn == BSN


@pytest.mark.parametrize(
    "subject",
    [
        "<saml:NameID>s00000001:999993653</saml:NameID>",
        "<saml:NameID>s00000000:999993654</saml:NameID>",
        "<saml:NameID>999993653</saml:NameID>",
        TRANSIENT,
    ],
    ids=["sofi", "elfproef", "bare", "pseudonym"],
)
def test_whoever_has_no_bsn_is_refused(idp: Idp, saml: SamlProvider, subject: str) -> None:
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(idp, saml, subject=subject)
    assert caught.value.reason is Reason.BSN
    assert BSN not in str(caught.value)


def test_the_subject_and_the_assertion_may_be_encrypted(
    idp: Idp, saml: SamlProvider, own: Keys
) -> None:
    subject = f'<saml:NameID xmlns:saml="{SPACES["saml"]}">s00000000:{BSN}</saml:NameID>'
    assert come_back(idp, saml, subject=sealed(subject, own)).bsn == BSN
    idp.sign_assertion = lambda text: sealed(idp.signed(text), own, kind="EncryptedAssertion")
    assert come_back(idp, saml).bsn == BSN


def test_what_was_encrypted_for_our_next_key_opens_too(
    idp: Idp, saml: SamlProvider, tmp_path: Path
) -> None:
    following = make_keys(tmp_path, "volgende")
    idp.sign_assertion = lambda text: sealed(idp.signed(text), following, kind="EncryptedAssertion")
    assert come_back(idp, replace(saml, next_keys=following)).bsn == BSN
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(idp, saml)
    assert caught.value.reason is Reason.ENCRYPTION


def test_around_a_change_both_certificates_of_the_provider_count(
    idp: Idp, saml: SamlProvider
) -> None:
    both = read_peer(idp.metadata(idp.foreign.certificate, idp.keys.certificate))
    assert come_back(idp, replace(saml, peer=both)).bsn == BSN


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("AuthnFailed", Reason.CANCELLED),
        ("NoAuthnContext", Reason.ASSURANCE),
        ("RequestDenied", Reason.REFUSED),
    ],
)
def test_what_the_provider_says_went_wrong_is_told_apart(
    idp: Idp, saml: SamlProvider, status: str, reason: Reason
) -> None:
    base = "urn:oasis:names:tc:SAML:2.0:status:"
    inner = f'<samlp:StatusCode Value="{base}{status}"/>'
    code = f'<samlp:StatusCode Value="{base}Responder">{inner}</samlp:StatusCode>'
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(idp, saml, status=code)
    assert caught.value.reason is reason


def test_logging_out_at_the_provider_tells_no_number(saml: SamlProvider) -> None:
    assert logout_url(saml, None, BACK) is None
    url = logout_url(saml, None, BACK, ("tijdelijk", "17"))
    assert url is not None
    assert url.startswith("https://digid.example/uit?SAMLRequest=")
    assert "&Signature=" in url


def test_our_metadata_is_signed_and_holds_both_certificates(own: Keys, tmp_path: Path) -> None:
    following = make_keys(tmp_path, "volgende")
    text = describe(ENTITY, own, following, BACK, (LEAVE, CHANNEL))
    proof = XMLVerifier().verify(text.encode(), x509_cert=own.certificate)
    assert not isinstance(proof, list)
    root = etree.fromstring(text)
    assert root.get("entityID") == ENTITY
    space = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", **SPACES}
    (service,) = root.findall(".//md:AssertionConsumerService", space)
    assert (service.get("Location"), service.get("Binding")[-13:]) == (BACK, "HTTP-Artifact")
    leave = root.findall(".//md:SingleLogoutService", space)
    assert [(each.get("Binding").split(":")[-1], each.get("Location")) for each in leave] == [
        ("HTTP-Redirect", LEAVE), ("HTTP-POST", LEAVE), ("SOAP", CHANNEL),
    ]  # fmt: skip
    assert len(root.findall(".//md:KeyDescriptor", space)) == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://localhost", "http://digid.example", "https"),
        ("ArtifactResolutionService", "Elders", "ArtifactResolutionService"),
        ("SingleSignOnService", "Elders", "SingleSignOnService"),
        ("KeyDescriptor", "Elders", "certificaat"),
        ("IDPSSODescriptor", "Elders", "precies één"),
        ("<md:EntityDescriptor", "<!DOCTYPE x><md:EntityDescriptor", "niet te lezen"),
    ],
)
def test_metadata_that_lacks_something_says_what(idp: Idp, old: str, new: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_peer(idp.metadata().replace(old, new))
    assert read_peer(idp.metadata()).entity_id == IDP
