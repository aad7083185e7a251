"""A real SAML provider: Debian's SimpleSAMLphp, with settings, keys and people of its own."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from loket.connectors.identiteit.saml.keys import bare
from tests.connectors.saml_idp import make_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.connectors.identiteit.saml import Keys

PHP = "/usr/bin/php"
WWW = "/usr/share/simplesamlphp/www"
STARTED_WITHIN = 30
RESOLVE = "/saml2/idp/ArtifactResolutionService.php"
LOW = "https://loket.example/laag/"
"""A client of it that gets the lowest level, whatever it asks."""
CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes"

CONFIG = """<?php
$config = [
    'baseurlpath' => '{url}/',
    'certdir' => '{folder}/',
    'loggingdir' => '{folder}/',
    'datadir' => '{folder}/',
    'tempdir' => '{folder}/tmp',
    'metadatadir' => '{folder}/metadata/',
    'attributenamemapdir' => '/etc/simplesamlphp/attributemap/',
    'secretsalt' => 'only for these tests',
    'auth.adminpassword' => 'only for these tests',
    'technicalcontact_email' => 'na@example.org',
    'timezone' => 'UTC',
    'logging.handler' => 'file',
    'logging.level' => 7,
    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.default' => 'en',
    'language.available' => ['en'],
    'store.type' => 'sql',
    'store.sql.dsn' => 'sqlite:{folder}/store.sq3',
    'metadata.sources' => [['type' => 'flatfile']],
    'trusted.url.domains' => null,
    'showerrors' => true,
];
"""
PEOPLE = """<?php
$config = [
    'people' => [
        'exampleauth:UserPass',
        'jelle:geheim' => ['sector' => ['s00000000:999940612']],
        'fenna:geheim' => ['sector' => ['s00000000:999970343']],
    ],
];
"""
HOSTED = """<?php
$metadata['{url}/idp'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.pem',
    'certificate' => 'idp.pem',
    'auth' => 'people',
    'saml20.sendartifact' => true,
    'saml20.sign.response' => true,
    'saml20.sign.assertion' => true,
    'sign.logout' => true,
    'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    'authproc' => [
        10 => [
            'class' => 'saml:AttributeNameID',
            'attribute' => 'sector',
            'identifyingAttribute' => 'sector',
            'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
        ],
    ],
];
"""
CLIENT = """
$metadata['{entity}'] = [
    'AssertionConsumerService' => [[
        'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact',
        'Location' => '{back}', 'index' => 0,
    ]],
    'SingleLogoutService' => '{leave}',
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    'validate.authnrequest' => true,
    'validate.logout' => true,
    'certData' => '{certificate}',
    'simplesaml.attributes' => false,
    'authproc' => [20 => [
        'class' => 'saml:AuthnContextClassRef', 'AuthnContextClassRef' => '{class}',
    ]],
];
"""


@dataclass(frozen=True)
class SimpleSaml:
    """A running provider: where it is, and what it says of itself."""

    url: str
    resolver: str
    keys: Keys

    def metadata(self) -> str:
        """Return its own metadata, with the door that demands a certificate."""
        answer = httpx.get(f"{self.url}/saml2/idp/metadata.php")
        assert answer.status_code == 200, answer.text
        assert RESOLVE in answer.text
        return answer.text.replace(f"{self.url}{RESOLVE}", f"{self.resolver}{RESOLVE}")


@contextmanager
def simplesaml(client: Keys, entity: str, back: str, leave: str) -> Iterator[SimpleSaml]:
    """Run it until the block ends, for one client with its certificate."""
    folder = Path(tempfile.mkdtemp(prefix="loket-saml-"))
    keys = make_keys(folder, "idp")
    port = _free()
    url = f"http://127.0.0.1:{port}"
    kinds = ((entity, "MobileTwoFactorContract"), (LOW, "PasswordProtectedTransport"))
    known = [
        CLIENT.replace("{entity}", name)
        .replace("{back}", back)
        .replace("{leave}", leave)
        .replace("{certificate}", bare(client.certificate))
        .replace("{class}", f"{CLASSES}:{level}")
        for name, level in kinds
    ]
    _settle(folder, url, "".join(known))
    environment = {**os.environ, "SIMPLESAMLPHP_CONFIG_DIR": str(folder / "config")}
    log = (folder / "php.log").open("w")
    process = subprocess.Popen(  # noqa: S603 - Debian's PHP
        [PHP, "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", WWW],
        env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        assert _answers(url), (folder / "php.log").read_text()
        with _door(url, keys, client) as resolver:
            yield SimpleSaml(url, resolver, keys)
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)
        log.close()
        shutil.rmtree(folder)


def _settle(folder: Path, url: str, clients: str) -> None:
    config, metadata = folder / "config", folder / "metadata"
    for each in (config, metadata, folder / "tmp"):
        each.mkdir()
    (config / "config.php").write_text(
        CONFIG.replace("{url}", url).replace("{folder}", str(folder))
    )
    (config / "authsources.php").write_text(PEOPLE)
    (metadata / "saml20-idp-hosted.php").write_text(HOSTED.replace("{url}", url))
    (metadata / "saml20-sp-remote.php").write_text(f"<?php\n{clients}")


@contextmanager
def _door(url: str, keys: Keys, client: Keys) -> Iterator[str]:
    """Stand before the provider, and let only our client fetch what an artifact stands for."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            kind = {"Content-Type": self.headers["Content-Type"]}
            answer = httpx.post(url + self.path, content=raw, headers=kind)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever shows no certificate is cut off."""

    server = Quiet(("127.0.0.1", 0), Door)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(keys.file)
    tls.load_verify_locations(client.file)
    tls.verify_mode = ssl.CERT_REQUIRED
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _free() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/saml2/idp/metadata.php", timeout=STARTED_WITHIN)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return True
    return False
