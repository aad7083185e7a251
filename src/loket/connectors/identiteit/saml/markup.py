"""XML that comes from outside: read without entities, and trusted only as far as it was signed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidInput, InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from loket.connectors.identiteit.values import AanmeldenMislukt, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.connectors.identiteit.saml.keys import Keys

SAML: Final = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP: Final = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA: Final = "urn:oasis:names:tc:SAML:2.0:metadata"
SIGNATURE: Final = "http://www.w3.org/2000/09/xmldsig#"
ENCRYPTION: Final = "http://www.w3.org/2001/04/xmlenc#"
SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
SPACES: Final = {
    "saml": SAML, "samlp": SAMLP, "md": METADATA, "ds": SIGNATURE, "xenc": ENCRYPTION, "soap": SOAP,
}  # fmt: skip
PLACEHOLDER: Final = f'<ds:Signature xmlns:ds="{SIGNATURE}" Id="placeholder"/>'
"""Where in a message its signature comes to stand."""

MOST_BYTES: Final = 1024 * 1024
_EXCLUSIVE: Final = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
_STRONG: Final = SignatureConfiguration(
    location="./",
    signature_methods=frozenset(
        {
            SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384, SignatureMethod.RSA_SHA512,
            SignatureMethod.ECDSA_SHA256, SignatureMethod.ECDSA_SHA384,
            SignatureMethod.SHA256_RSA_MGF1, SignatureMethod.SHA512_RSA_MGF1,
        }
    ),
    digest_algorithms=frozenset(
        {DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}
    ),
    ignore_ambiguous_key_info=True,
)  # fmt: skip
"""Nothing with SHA-1, and a signature only as a child of what it signs."""

_BROKEN: Final = (
    InvalidSignature, InvalidInput, InvalidCertificate, TypeError, ValueError, etree.LxmlError,
)  # fmt: skip
"""What checking a signature fails with; also where it is put together wrongly, as anybody can."""


def parse(raw: bytes) -> Any:
    """Read XML; refuse a document type, for all that it could make us fetch or unfold."""
    if len(raw) > MOST_BYTES:
        raise AanmeldenMislukt(Reason.TOKEN, "The XML is too long.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise AanmeldenMislukt(Reason.TOKEN, "This is no XML.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise AanmeldenMislukt(Reason.TOKEN, "The XML has a document type.")
    return root


def text_of(element: Any) -> str:
    """Return the XML of an element."""
    found: str = etree.tostring(element, encoding="unicode")
    return found


def found(element: Any, path: str) -> list[Any]:
    """Return the elements at a path with the prefixes of `SPACES`."""
    return list(element.findall(path, SPACES))


def single(element: Any, path: str) -> Any:
    """Return the one element at a path; more or fewer are refused."""
    several = found(element, path)
    if len(several) != 1:
        raise AanmeldenMislukt(Reason.TOKEN, f"There are {len(several)} of {path}.")
    return several[0]


def words(element: Any) -> str:
    """Return the text of an element without anything around it."""
    return (element.text or "").strip() if element is not None else ""


def moment(raw: str | None) -> datetime | None:
    """Read a moment; SAML has them in UTC."""
    if raw is None:
        return None
    try:
        read = datetime.fromisoformat(raw)
    except ValueError as error:
        raise AanmeldenMislukt(Reason.TOKEN, "A moment cannot be read.") from error
    if read.tzinfo is None:
        raise AanmeldenMislukt(Reason.TOKEN, "A moment has no zone.")
    return read


def signed(element: Any, certificates: Iterable[str]) -> Any:
    """Return `element` as one of the certificates signed it, and nothing else of the message.

    What is returned is made from the bytes that were signed: whatever was wrapped around them, or
    put beside them, is not in it.
    """
    raw = etree.tostring(element, with_tail=False)
    reason = "There is no certificate to check with."
    for certificate in certificates:
        try:
            proof: Any = XMLVerifier().verify(
                raw, x509_cert=certificate, expect_config=_STRONG, id_attribute="ID"
            )
        except _BROKEN as error:
            reason = type(error).__name__
            continue
        seen = proof.signed_xml
        if seen is None or seen.tag != element.tag or seen.get("ID") != element.get("ID"):
            raise AanmeldenMislukt(Reason.SIGNATURE, "Something else was signed.")
        return seen
    raise AanmeldenMislukt(Reason.SIGNATURE, reason)


def sign(message: str, keys: Keys) -> str:
    """Sign a message of ours, at its placeholder."""
    root = etree.fromstring(message)
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=_EXCLUSIVE,
    )
    done = signer.sign(
        root, key=keys.private, cert=keys.certificate, reference_uri=root.get("ID"),
        id_attribute="ID",
    )  # fmt: skip
    return text_of(done)
