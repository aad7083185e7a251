"""What tests stand on: a PostgreSQL of their own, two municipalities in it, and a client."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

DATA_DIR = Path(tempfile.mkdtemp(prefix="loket-test-"))
DATA_DIR.chmod(0o711)  # the database runs as another user when root tests
os.environ["LOKET_DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "loket.site.settings"
os.environ["LOKET_TEST_CALLBACKS"] = "0"
os.environ.setdefault("LOKET_PORT", "8700")
os.environ.pop("LOKET_DATABASE_URL", None)

import django

django.setup()

import httpx
import jwt
import pytest
from django.conf import settings
from django.db import connections, transaction

from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.kernel.values import uuid7
from loket.ledger.database import Jsonb, one
from loket.simulators.clamd import server as clamd
from loket.site import files, identity, referenties, tenants
from loket.site.postgres import Postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant

HOST = "127.0.0.1:8700"
OTHER_HOST = "elders.localhost:8700"
SECRET = "a secret of at least thirty-two characters"


@pytest.fixture(scope="session", autouse=True)
def scanner() -> Iterator[clamd.Server]:
    """The stand-in for clamd; files are stored on disk, below the folder of the tests."""
    with clamd.serving() as server:
        settings.CLAMD_URL = server.url
        files.connect()
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server, gone with its data after the last test."""
    server = Postgres(DATA_DIR, leashed=True)
    server.start()
    tenants.prepare()
    yield server
    connections.close_all()
    server.stop()
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def both(postgres: Postgres) -> tuple[Tenant, Tenant]:
    """Two municipalities, empty."""
    del postgres
    one_of_them = tenants.add("demo", ["127.0.0.1", "localhost"], "Gemeente Voorbeeld")
    return one_of_them, tenants.add("elders", ["elders.localhost"], "Gemeente Elders")


@pytest.fixture
def gemeente(both: tuple[Tenant, Tenant]) -> Iterator[Tenant]:
    """The municipality of this test, entered; what the test writes is rolled back."""
    identity.forget()
    referenties.forget()
    chosen, other = both
    with (
        transaction.atomic(using=chosen.alias),
        transaction.atomic(using=other.alias),
        tenant.entered(chosen),
    ):
        yield chosen
        transaction.set_rollback(True, using=chosen.alias)
        transaction.set_rollback(True, using=other.alias)
    identity.forget()


@pytest.fixture
def andere(both: tuple[Tenant, Tenant], gemeente: Tenant) -> Tenant:
    """Another municipality in the same house."""
    del gemeente
    return both[1]


@pytest.fixture
def actor() -> Actor:
    """An actor that may do everything."""
    return Actor.system("test")


@dataclass
class Api:
    """An application that calls the house over HTTP, with a JWT."""

    client_id: str = "test"
    secret: str = SECRET
    host: str = HOST
    user: str = "medewerker"
    headers: dict[str, str | None] = field(default_factory=dict)

    def token(self, **claims: Any) -> str:
        """Make a token, as the standard describes it."""
        made = {
            "iss": self.client_id,
            "iat": int(time.time()),
            "client_id": self.client_id,
            "user_id": self.user,
            "user_representation": "Een Medewerker",
        }
        return jwt.encode(made | claims, self.secret, algorithm="HS256")

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call the house; `path` may be an address that it gave."""
        from loket.site.wsgi import application

        base = f"http://{self.host}"
        url = path if path.startswith("http") else base + path
        headers: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token()}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
        }
        headers |= self.headers | options.pop("headers", {})
        sent = {key: value for key, value in headers.items() if value is not None}
        with httpx.Client(transport=httpx.WSGITransport(app=application)) as client:
            return client.request(method, url, headers=sent, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Read."""
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Any) -> httpx.Response:
        """Read the headers only."""
        return self.request("HEAD", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Make, or command."""
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> httpx.Response:
        """Replace."""
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> httpx.Response:
        """Change."""
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        """Remove."""
        return self.request("DELETE", path, **options)


def make_client(
    client_id: str,
    autorisaties: list[dict[str, Any]] | None = None,
    purposes: tuple[str, ...] = ("urn:loket:verwerking:dienstverlening",),
    **applicatie: Any,
) -> Api:
    """Make a client in the current tenant: with everything, or with the given rights."""
    one(
        "INSERT INTO beheer_client "
        "(id, regime, client_id, geheim, token, doelbindingen, regimes) "
        "VALUES (%s, 'avg', %s, %s, '', %s, '[]')",
        (uuid7(), client_id, SECRET, Jsonb(list(purposes))),
    )
    from loket.grammar.resource import Call
    from loket.registers.autorisaties.applicatie import applicaties

    body = {
        "clientIds": [client_id],
        "label": client_id,
        "heeftAlleAutorisaties": autorisaties is None,
        "autorisaties": autorisaties or [],
        **applicatie,
    }
    if autorisaties is None or autorisaties:
        applicaties.create(Actor.system("test"), body, Call(base=f"http://{HOST}"))
    return Api(client_id)


@pytest.fixture
def api(gemeente: Tenant) -> Api:
    """An application with all rights and one purpose."""
    del gemeente
    return make_client("test")
