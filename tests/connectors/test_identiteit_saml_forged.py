"""A SAML provider, or somebody in between, that lies: each lie is refused, for its own reason."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loket.connectors.identiteit import AanmeldenMislukt, Begin, Identiteit, Reason, begin, finish
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS

from .saml_idp import BACK, PLACE, Answer, make_keys, sha1_signed
from .saml_sealing import sealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loket.connectors.identiteit.saml import Keys, SamlProvider

    from .saml_idp import Idp

MINIMUM = DIGID_LEVELS[1]
THIEF = "999970343"
ASSERTION = re.compile(r"<saml:Assertion .*</saml:Assertion>", re.DOTALL)


def bring(saml: SamlProvider, begun: Begin, artifact: str) -> Identiteit:
    return finish(saml, begun, {"SAMLart": artifact, "RelayState": begun.state})


def refusal(saml: SamlProvider, begun: Begin, artifact: str) -> Reason:
    with pytest.raises(AanmeldenMislukt) as caught:
        bring(saml, begun, artifact)
    assert "999993653" not in str(caught.value)
    assert THIEF not in str(caught.value)
    return caught.value.reason


def refused(idp: Idp, saml: SamlProvider, **lie: object) -> Reason:
    begun = begin(saml, BACK, MINIMUM)
    answer = replace(Answer(begun.nonce), **lie)  # type: ignore[arg-type]
    return refusal(saml, begun, idp.artifact(answer))


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"audience": "https://ander.example"}, Reason.AUDIENCE),
        ({"audience": ""}, Reason.AUDIENCE),
        ({"recipient": "https://ander.example/terug/"}, Reason.AUDIENCE),
        ({"recipient": f"{BACK}verder/"}, Reason.AUDIENCE),
        ({"destination": "https://ander.example/terug/"}, Reason.AUDIENCE),
        ({"issuer": "https://ander.example"}, Reason.ISSUER),
        ({"until": -31}, Reason.EXPIRED),
        ({"not_before": 90}, Reason.EXPIRED),
        ({"subject_until": -31}, Reason.EXPIRED),
        ({"authenticated": 90}, Reason.EXPIRED),
        ({"loa": DIGID_LEVELS[0]}, Reason.ASSURANCE),
        ({"loa": "urn:heel-zeker"}, Reason.ASSURANCE),
        ({"request": "_ander"}, Reason.NONCE),
        ({"subject_request": "_ander"}, Reason.NONCE),
        ({"subject_request": ""}, Reason.NONCE),
    ],
)
def test_a_lie_that_the_provider_signed_is_refused(
    idp: Idp, saml: SamlProvider, lie: dict[str, object], reason: Reason
) -> None:
    assert refused(idp, saml, **lie) is reason


@pytest.mark.parametrize("seconds", [-25, 25])
def test_clocks_may_differ_a_little(idp: Idp, saml: SamlProvider, seconds: int) -> None:
    begun = begin(saml, BACK, MINIMUM)
    answer = Answer(
        begun.nonce, until=60 if seconds > 0 else seconds, authenticated=max(0, seconds)
    )
    assert bring(saml, begun, idp.artifact(answer)).bsn == "999993653"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"<saml:Conditions.*</saml:Conditions>", Reason.TOKEN),
        (r"<saml:AudienceRestriction>.*</saml:AudienceRestriction>", Reason.AUDIENCE),
        (r"<saml:AuthnStatement.*</saml:AuthnStatement>", Reason.TOKEN),
        (r"<saml:SubjectConfirmation .*</saml:SubjectConfirmation>", Reason.TOKEN),
        (r"<saml:NameID>.*</saml:NameID>", Reason.TOKEN),
        (r"<saml:Issuer>.*?</saml:Issuer>", Reason.ISSUER),
        (r'NotOnOrAfter="[^"]*"(?=/></saml:SubjectConfirmation>)', Reason.EXPIRED),
        (r'Recipient="[^"]*"', Reason.AUDIENCE),
        (r'AuthnInstant="[^"]*"', Reason.EXPIRED),
        (r'ID="[^"]*"', Reason.SIGNATURE),
        (r"(?<=NotBefore=\")[^\"]*", Reason.TOKEN),
    ],
)
def test_what_must_be_said_and_is_not_is_missed(
    idp: Idp, saml: SamlProvider, pattern: str, reason: Reason
) -> None:
    def leave_out(text: str) -> str:
        told, count = re.subn(pattern, "", text, count=1, flags=re.DOTALL)
        assert count == 1
        if reason is Reason.SIGNATURE:
            return re.sub(r"<ds:Signature.*?/>", "", told)
        return idp.signed(told)

    idp.sign_assertion = leave_out
    assert refused(idp, saml) is reason


def by_another(idp: Idp, text: str) -> str:
    return idp.signed(text, idp.foreign)


def not_at_all(idp: Idp, text: str) -> str:
    return idp.unsigned(text)


def changed_after(idp: Idp, text: str) -> str:
    return idp.signed(text).replace("999993653", THIEF).replace("Success", "success")


def with_sha1(idp: Idp, text: str) -> str:
    return sha1_signed(idp, text)


FORGERIES = [by_another, not_at_all, changed_after, with_sha1]


@pytest.mark.parametrize("forge", FORGERIES)
def test_an_assertion_that_the_provider_did_not_sign_is_refused(
    idp: Idp, saml: SamlProvider, forge: Callable[[Idp, str], str]
) -> None:
    idp.sign_assertion = lambda text: forge(idp, text)
    assert refused(idp, saml) is Reason.SIGNATURE


@pytest.mark.parametrize("forge", FORGERIES)
def test_an_artifact_response_that_the_provider_did_not_sign_is_refused(
    idp: Idp, saml: SamlProvider, forge: Callable[[Idp, str], str]
) -> None:
    idp.sign_envelope = lambda text: forge(idp, text)
    assert refused(idp, saml) is Reason.SIGNATURE


def test_the_forged_sha1_signature_is_a_right_one_but_for_its_strength(idp: Idp) -> None:
    """Else it would be refused for the wrong reason."""
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    weak = SignatureConfiguration(
        location="./",
        signature_methods=frozenset({SignatureMethod.RSA_SHA1}),
        digest_algorithms=frozenset({DigestAlgorithm.SHA1}),
    )
    proof = XMLVerifier().verify(
        sha1_signed(idp, Answer("_x").assertion()).encode(),
        x509_cert=idp.keys.certificate, expect_config=weak, id_attribute="ID",
    )  # fmt: skip
    assert not isinstance(proof, list)


def stolen(text: str) -> str:
    """Return another assertion with a number of somebody else, and no signature."""
    return (
        re.sub(r"<ds:Signature.*?</ds:Signature>", "", text, flags=re.DOTALL)
        .replace("999993653", THIEF)
        .replace(' ID="_a', ' ID="_kwaad')
    )


def beside(text: str) -> str:
    return ASSERTION.sub(lambda match: stolen(match[0]) + match[0], text)


def before_in_extensions(text: str) -> str:
    return ASSERTION.sub(
        lambda match: f"<samlp:Extensions>{match[0]}</samlp:Extensions>{stolen(match[0])}", text
    )


def around(text: str) -> str:
    """Put the signed assertion inside the signature's Object of a false one."""

    def wrap(match: re.Match[str]) -> str:
        (signature,) = re.findall(r"<ds:Signature.*?</ds:Signature>", match[0], re.DOTALL)
        inside = signature.replace(
            "</ds:Signature>",
            f"<ds:Object>{match[0].replace(signature, '')}</ds:Object></ds:Signature>",
        )
        false = stolen(match[0])
        return false.replace("</saml:Issuer>", f"</saml:Issuer>{inside}", 1)

    return ASSERTION.sub(wrap, text)


def same_id(text: str) -> str:
    """The same, where the false one has the id of the true one."""
    (mark,) = re.findall(r'<saml:Assertion [^>]*ID="([^"]*)"', text)
    return around(text).replace(mark.replace("_a", "_kwaad", 1), mark)


def in_advice(text: str) -> str:
    def wrap(match: re.Match[str]) -> str:
        return stolen(match[0]).replace(
            "</saml:Conditions>", f"</saml:Conditions><saml:Advice>{match[0]}</saml:Advice>"
        )

    return ASSERTION.sub(wrap, text)


@pytest.mark.parametrize("wrap", [beside, before_in_extensions, around, same_id, in_advice])
def test_a_signed_assertion_wrapped_in_a_false_one_is_refused(
    idp: Idp, saml: SamlProvider, wrap: Callable[[str], str]
) -> None:
    """XML signature wrapping; the envelope is signed, so that only the assertion's own tells."""
    done: list[str] = []

    def tamper(text: str) -> str:
        done.append(wrap(text))
        return done[-1]

    idp.tamper_response = tamper
    assert refused(idp, saml) in {Reason.SIGNATURE, Reason.TOKEN}
    assert THIEF in done[0]
    assert "999993653" in done[0]


@pytest.mark.parametrize("wrap", [beside, before_in_extensions, around, in_advice])
def test_wrapping_after_the_envelope_was_signed_is_refused(
    idp: Idp, saml: SamlProvider, wrap: Callable[[str], str]
) -> None:
    idp.tamper = wrap
    assert refused(idp, saml) is Reason.SIGNATURE


def test_a_false_envelope_around_the_true_one_is_refused(idp: Idp, saml: SamlProvider) -> None:
    def wrap(text: str) -> str:
        (true,) = re.findall(r"<samlp:ArtifactResponse.*</samlp:ArtifactResponse>", text, re.DOTALL)
        false = stolen(true).replace(' ID="_o', ' ID="_kwaad')
        return text.replace(true, false + true)

    idp.tamper = wrap
    assert refused(idp, saml) is Reason.TOKEN


def test_an_artifact_serves_once(idp: Idp, saml: SamlProvider) -> None:
    begun = begin(saml, BACK, MINIMUM)
    artifact = idp.artifact(Answer(begun.nonce))
    bring(saml, begun, artifact)
    idp.answers[artifact] = Answer(begun.nonce)
    asked = len(idp.asked)
    assert refusal(saml, begun, artifact) is Reason.REPLAYED
    assert len(idp.asked) == asked


def test_an_assertion_serves_once_even_under_a_new_artifact(idp: Idp, saml: SamlProvider) -> None:
    begun = begin(saml, BACK, MINIMUM)
    answer = Answer(begun.nonce)
    bring(saml, begun, idp.artifact(answer))
    assert refusal(saml, begun, idp.artifact(answer)) is Reason.REPLAYED


def test_an_artifact_that_the_provider_does_not_know_is_refused(
    idp: Idp, saml: SamlProvider
) -> None:
    begun = begin(saml, BACK, MINIMUM)
    assert refusal(saml, begun, idp.artifact(None)) is Reason.CODE


def test_an_artifact_of_another_log_in_is_refused(idp: Idp, saml: SamlProvider) -> None:
    mine, theirs = begin(saml, BACK, MINIMUM), begin(saml, BACK, MINIMUM)
    assert refusal(saml, mine, idp.artifact(Answer(theirs.nonce))) is Reason.NONCE


def test_the_answer_to_another_question_is_refused(idp: Idp, saml: SamlProvider) -> None:
    idp.question = "_ander"
    assert refused(idp, saml) is Reason.NONCE


def test_another_browser_cannot_bring_the_artifact(idp: Idp, saml: SamlProvider) -> None:
    mine, theirs = begin(saml, BACK, MINIMUM), begin(saml, BACK, MINIMUM)
    artifact = idp.artifact(Answer(mine.nonce))
    for state in (theirs.state, "", "é"):
        with pytest.raises(AanmeldenMislukt) as caught:
            finish(saml, mine, {"SAMLart": artifact, "RelayState": state})
        assert caught.value.reason is Reason.STATE
    assert idp.asked == []


@pytest.mark.parametrize(
    ("artifact", "reason"),
    [
        ("", Reason.CODE),
        ("AAQ", Reason.CODE),
        ("é", Reason.CODE),
        (base64.b64encode(b"\0\1" + bytes(42)).decode(), Reason.CODE),
        (base64.b64encode(b"\0\4" + bytes(43)).decode(), Reason.CODE),
    ],
)
def test_what_is_no_artifact_is_refused(
    idp: Idp, saml: SamlProvider, artifact: str, reason: Reason
) -> None:
    assert refusal(saml, begin(saml, BACK, MINIMUM), artifact) is reason
    assert idp.asked == []


def test_an_artifact_of_another_provider_is_sent_to_nobody(idp: Idp, saml: SamlProvider) -> None:
    begun = begin(saml, BACK, MINIMUM)
    elsewhere = idp.artifact(Answer(begun.nonce), entity_id="https://ander.example")
    assert refusal(saml, begun, elsewhere) is Reason.ISSUER
    assert refusal(saml, begun, idp.artifact(Answer(begun.nonce), index=7)) is Reason.ISSUER
    assert idp.asked == []


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("doctype", [BOMB, FETCH, "<!DOCTYPE x>"])
def test_a_document_type_is_refused(idp: Idp, saml: SamlProvider, doctype: str) -> None:
    idp.tamper = lambda text: doctype + text
    assert refused(idp, saml) is Reason.TOKEN


def test_a_comment_cannot_split_a_number(idp: Idp, saml: SamlProvider) -> None:
    """Signatures do not cover comments: a reader that stops at one reads another number."""
    idp.tamper = lambda text: text.replace("s00000000:999993653", "s00000000:9999<!-- -->93653")
    begun = begin(saml, BACK, MINIMUM)
    assert bring(saml, begun, idp.artifact(Answer(begun.nonce))).bsn == "999993653"


@pytest.mark.parametrize(
    "text", ["", "<h1>Storing", "[]", "<html/>", f"<x>{'x' * 2**20}</x>"], ids=range(5)
)
def test_an_answer_that_is_no_saml_is_refused(idp: Idp, saml: SamlProvider, text: str) -> None:
    idp.tamper = lambda _: text
    assert refused(idp, saml) is Reason.TOKEN


def test_an_assertion_without_signature_is_no_better_for_being_encrypted(
    idp: Idp, saml: SamlProvider, own: Keys
) -> None:
    idp.sign_assertion = lambda text: sealed(
        text.replace(PLACE, ""), own, kind="EncryptedAssertion"
    )
    assert refused(idp, saml) is Reason.SIGNATURE


def test_the_back_channel_trusts_no_other_server(
    idp: Idp, saml: SamlProvider, tmp_path: Path
) -> None:
    other = make_keys(tmp_path, "nep")
    wary = replace(saml, keys=replace(saml.keys, ca=other.file))
    assert refused(idp, wary) is Reason.UNREACHABLE


def test_the_back_channel_serves_nobody_without_our_certificate(
    idp: Idp, saml: SamlProvider, tmp_path: Path
) -> None:
    other = replace(make_keys(tmp_path, "nep"), ca=idp.keys.file)
    assert refused(idp, replace(saml, keys=other)) is Reason.UNREACHABLE
    assert idp.asked == []


def test_an_earlier_log_in_does_not_count_as_a_new_one(idp: Idp, saml: SamlProvider) -> None:
    begun = begin(saml, BACK, MINIMUM, anew=True)
    old = idp.artifact(Answer(begun.nonce, authenticated=-300))
    assert refusal(saml, begun, old) is Reason.STALE
    assert bring(saml, begun, idp.artifact(Answer(begun.nonce))).bsn == "999993653"
