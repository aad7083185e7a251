"""A provider of access tokens, and the app of a citizen or company that shows one."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.jwk import ECKey

from tests.conformance.contract import CheckedApi
from tests.conftest import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
LOA3 = "urn:etoegang:core:assurance-class:loa3"
AUDIENCE = f"http://{HOST}/mijn/api/v1"
BOTH = "openid mijn.lezen mijn.bijwerken"


class Aanbieder:
    """A provider with a key of its own."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = ECKey.generate_key("P-256", {"kid": "een", "use": "sig", "alg": "ES256"})

    def document(self, path: str) -> dict[str, Any]:
        """Return what is at an address."""
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        names = ("authorization_endpoint", "token_endpoint")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            **{name: f"{self.issuer}/{name}" for name in names},
        }

    def token(self, key: ECKey | None = None, typ: str = "at+jwt", **claims: Any) -> str:
        """Return an access token; by itself one of a citizen for our API."""
        told = {
            "iss": self.issuer, "aud": AUDIENCE, "sub": "abc", "client_id": "app", "jti": "1",
            "iat": int(time.time()), "exp": int(time.time()) + 300, "scope": BOTH,
            "acr": SUBSTANTIAL, **claims,
        }  # fmt: skip
        kept = {name: value for name, value in told.items() if value is not None}
        header = {"alg": "ES256", "typ": typ, "kid": "een"}
        return jwt.encode(header, kept, key or self.key, algorithms=["ES256"])


@contextmanager
def aanbieder() -> Iterator[Aanbieder]:
    """Run a provider."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = json.dumps(made.document(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Aanbieder(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


class App(CheckedApi):
    """An app that holds a token; the answers are held to our OpenAPI."""

    def __init__(self, raw: str) -> None:
        super().__init__("app")
        self.raw = raw

    def token(self, **claims: Any) -> str:
        """Show the token that there is."""
        del claims
        return self.raw
