"""A SAML provider of our own: it signs what a test tells it to, over mutual TLS."""

from __future__ import annotations

import base64
import ssl
import threading
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

from loket.connectors.identiteit.saml import Keys, SamlProvider, read_peer
from loket.connectors.identiteit.saml.keys import bare
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loket.connectors.identiteit import Begin

BACK = "https://loket.example/inloggen/terug/"
ENTITY = "https://loket.example/inloggen/saml/metadata/digid/"
IDP = "https://digid.example/saml/idp"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SPACES = {
    "samlp": SAMLP, "saml": SAML, "ds": "http://www.w3.org/2000/09/xmldsig#",
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
}  # fmt: skip
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
PLACE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'


def make_keys(folder: Path, name: str) -> Keys:
    """Make a key with a certificate for this machine, in one PEM file."""
    private = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return Keys.read(file)


def at(seconds: float) -> str:
    """Return a moment from now, as SAML writes it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Answer:
    """What the provider says; each part can be made a lie."""

    request: str
    recipient: str = BACK
    destination: str = BACK
    audience: str = ENTITY
    issuer: str = IDP
    subject: str = "<saml:NameID>s00000000:999993653</saml:NameID>"
    loa: str = DIGID_LEVELS[1]
    status: str = f'<samlp:StatusCode Value="{SUCCESS}"/>'
    not_before: float = -60
    until: float = 60
    subject_until: float = 60
    authenticated: float = 0
    index: str = "17"
    attributes: str = ""
    assertion_id: str = field(default_factory=lambda: f"_a{uuid4().hex}")
    subject_request: str | None = None

    def assertion(self) -> str:
        about = self.request if self.subject_request is None else self.subject_request
        return (
            f'<saml:Assertion xmlns:saml="{SAML}" ID="{self.assertion_id}" Version="2.0"'
            f' IssueInstant="{at(0)}"><saml:Issuer>{self.issuer}</saml:Issuer>{PLACE}'
            f"<saml:Subject>{self.subject}"
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData InResponseTo="{about}" Recipient="{self.recipient}"'
            f' NotOnOrAfter="{at(self.subject_until)}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{at(self.not_before)}" NotOnOrAfter="{at(self.until)}">'
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience>"
            "</saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{at(self.authenticated)}"'
            f' SessionIndex="{self.index}">'
            f"<saml:AuthnContext><saml:AuthnContextClassRef>{self.loa}</saml:AuthnContextClassRef>"
            f"</saml:AuthnContext></saml:AuthnStatement>{self.attributes}</saml:Assertion>"
        )

    def response(self, assertion: str) -> str:
        return (
            f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_r{uuid4().hex}"'
            f' Version="2.0" IssueInstant="{at(0)}" InResponseTo="{self.request}"'
            f' Destination="{self.destination}"><saml:Issuer>{self.issuer}</saml:Issuer>'
            f"<samlp:Status>{self.status}</samlp:Status>{assertion}</samlp:Response>"
        )


@dataclass
class Idp:
    """The provider; `tamper…` change what it sends, after or before it was signed."""

    keys: Keys
    foreign: Keys
    entity_id: str = IDP
    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    sign_assertion: Callable[[str], str] | None = None
    sign_envelope: Callable[[str], str] | None = None
    tamper_response: Callable[[str], str] = lambda text: text
    tamper: Callable[[str], str] = lambda text: text
    question: str = ""

    def anew(self) -> None:
        self.answers.clear()
        self.asked.clear()
        self.sign_assertion = self.sign_envelope = None
        self.tamper_response = self.tamper = lambda text: text
        self.question = ""

    def metadata(self, *certificates: str, post: bool = False, more: str = "") -> str:
        known = "".join(
            '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
            f"{bare(each)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            for each in certificates or (self.keys.certificate,)
        )
        binding = "HTTP-POST" if post else "HTTP-Redirect"
        kind = "urn:oasis:names:tc:SAML:2.0:bindings"
        return (
            '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"'
            f' xmlns:ds="{SPACES["ds"]}" entityID="{self.entity_id}">'
            f'<md:IDPSSODescriptor protocolSupportEnumeration="{SAMLP}">{known}'
            f'<md:ArtifactResolutionService Binding="{kind}:SOAP" index="0"'
            f' Location="https://localhost:{self.port}/resolve"/>'
            f'<md:SingleLogoutService Binding="{kind}:HTTP-Redirect"'
            f' Location="https://digid.example/uit"/>{more}'
            f'<md:SingleSignOnService Binding="{kind}:{binding}"'
            ' Location="https://digid.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def provider(self, keys: Keys, once: Callable[[str, datetime], bool]) -> SamlProvider:
        """Return how Loket would know this provider."""
        ours = replace(keys, ca=self.keys.file)
        return SamlProvider(ENTITY, read_peer(self.metadata()), ours, DIGID_LEVELS, once)

    def artifact(self, answer: Answer | None, index: int = 0, entity_id: str = "") -> str:
        """Keep an answer and return the artifact that stands for it."""
        source = sha1((entity_id or self.entity_id).encode(), usedforsecurity=False).digest()
        handle = uuid4().bytes + b"\0\0\0\0"
        made = base64.b64encode(b"\0\x04" + index.to_bytes(2) + source + handle).decode()
        if answer is not None:
            self.answers[made] = answer
        return made

    def resolve(self, raw: bytes) -> str:
        question = etree.fromstring(raw).find("soap:Body/samlp:ArtifactResolve", SPACES)
        self.asked.append(question)
        answer = self.answers.pop(question.findtext("samlp:Artifact", "", SPACES), None)
        inner = ""
        if answer is not None:
            sealed = (self.sign_assertion or self.signed)(answer.assertion())
            failed = SUCCESS not in answer.status
            inner = self.tamper_response(answer.response("" if failed else sealed))
        about = self.question or question.get("ID")
        outer = (
            f'<samlp:ArtifactResponse xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}"'
            f' ID="_o{uuid4().hex}" Version="2.0" IssueInstant="{at(0)}" InResponseTo="{about}">'
            f"<saml:Issuer>{self.entity_id}</saml:Issuer>{PLACE}<samlp:Status>"
            f'<samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{inner}</samlp:ArtifactResponse>'
        )
        return self.tamper(
            f'<soap:Envelope xmlns:soap="{SPACES["soap"]}"><soap:Body>'
            f"{(self.sign_envelope or self.signed)(outer)}</soap:Body></soap:Envelope>"
        )

    def signed(self, text: str, keys: Keys | None = None) -> str:
        """Sign a text at its placeholder, with the provider's key or another one."""
        keys = keys or self.keys
        root = etree.fromstring(text)
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        done = signer.sign(
            root, key=keys.private, cert=keys.certificate, reference_uri=root.get("ID"),
            id_attribute="ID",
        )  # fmt: skip
        return str(etree.tostring(done, encoding="unicode"))

    def unsigned(self, text: str) -> str:
        return text.replace(PLACE, "")


@contextmanager
def serving(idp: Idp, client: Keys) -> Iterator[Idp]:
    """Answer on this machine, to whoever shows the certificate of `client`."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            idp.shown.append(self.connection.getpeercert()["subject"][0][0][1])
            content = idp.resolve(raw).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(HTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever shows no certificate is cut off; that is no error of the test."""

    server = Quiet(("127.0.0.1", 0), Door)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(idp.keys.file)
    tls.load_verify_locations(client.file)
    tls.verify_mode = ssl.CERT_REQUIRED
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    idp.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def request_of(begun: Begin) -> Any:
    """Return the AuthnRequest that a browser would carry by the redirect binding."""
    carried = parse_qs(urlsplit(begun.url).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(carried), -zlib.MAX_WBITS))


def sha1_signed(idp: Idp, text: str) -> str:
    """Sign with RSA and SHA-1, by hand: no library that we use will."""
    from cryptography.hazmat.primitives.asymmetric import padding

    root = etree.fromstring(text)
    place = root.find("ds:Signature", SPACES)
    root.remove(place)
    digest = sha1(etree.tostring(root, method="c14n", exclusive=True)).digest()  # noqa: S324
    exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    dsig = SPACES["ds"]
    told = etree.fromstring(
        f'<ds:Signature xmlns:ds="{dsig}"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{exclusive}"/>'
        f'<ds:SignatureMethod Algorithm="{dsig}rsa-sha1"/>'
        f'<ds:Reference URI="#{root.get("ID")}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{dsig}enveloped-signature"/>'
        f'<ds:Transform Algorithm="{exclusive}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{dsig}sha1"/>'
        f"<ds:DigestValue>{base64.b64encode(digest).decode()}</ds:DigestValue></ds:Reference>"
        "</ds:SignedInfo></ds:Signature>"
    )
    info = etree.tostring(told[0], method="c14n", exclusive=True)
    made = idp.keys.private.sign(info, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    etree.SubElement(told, f"{{{dsig}}}SignatureValue").text = base64.b64encode(made).decode()
    root.insert(1, told)
    return str(etree.tostring(root, encoding="unicode"))
