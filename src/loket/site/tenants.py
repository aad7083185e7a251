"""The municipalities of this house, each with a database of its own, chosen by host name."""

from __future__ import annotations

import re
import threading
import time
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from django.core.management import call_command
from django.db import connections

from loket.grammar.installing import install
from loket.kernel import tenant
from loket.kernel.tenant import Tenant
from loket.ledger.database import Away, control
from loket.site import instellingen
from loket.site.archief.rechten import prepare as prepare_groups
from loket.site.postgres import check_server, database_url
from loket.site.postgres_cluster import PostgresError

CONTROL = "loket"
KNOWN_FOR = 2.0
"""Seconds after which who works for every tenant sees a new one."""
_SHAPE = re.compile(r"[a-z][a-z0-9_]{0,30}")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS tenant (name text PRIMARY KEY, title text NOT NULL, "
    "hosts text[] NOT NULL, database text NOT NULL UNIQUE)"
)

_lock = threading.Lock()
_by_host: dict[str, Tenant] = {}


class TenantError(ValueError):
    """A tenant that cannot be made as asked."""


class Router:
    """Sends every model to the database of the current tenant."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Read from the current tenant."""
        del model, hints
        chosen = tenant.chosen()
        return chosen.alias if chosen else None

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Allow relations within one database."""
        del hints
        return bool(one._state.db == other._state.db or None in (one._state.db, other._state.db))


def _control() -> Any:
    return control(database_url(CONTROL))


def prepare() -> None:
    """Make the control database, when it is not there yet."""
    try:
        server = control(database_url("postgres"))
    except Away as problem:
        raise PostgresError(f"The server of LOKET_DATABASE_URL cannot be used: {problem}") from None
    with server:
        check_server(server.info.server_version)
        if not server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", (CONTROL,)
        ).fetchone():
            server.execute(f'CREATE DATABASE "{CONTROL}"')
    with _control() as database:
        database.execute(_TABLE)


def everyone() -> list[Tenant]:
    """Return all tenants, each with its connection configured."""
    with _control() as database:
        found = database.execute(
            "SELECT name, title, hosts, database FROM tenant ORDER BY name"
        ).fetchall()
    made = [Tenant(name, title, tuple(hosts), base) for name, title, hosts, base in found]
    for each in made:
        _configure(each)
    return made


def known() -> list[Tenant]:
    """Return all tenants as they were a moment ago: for who asks all the time.

    `everyone` opens a connection; that is dear for somebody who only looks whether there is work.
    """
    until, found = _Known.last
    if time.monotonic() >= until:
        found = everyone()
        _Known.last = (time.monotonic() + KNOWN_FOR, found)
    return found


class _Known:
    last: ClassVar[tuple[float, list[Tenant]]] = (0.0, [])


def by_host(host: str) -> Tenant | None:
    """Return the tenant of a host name (without port), or None."""
    host = host.lower()
    if host not in _by_host:
        with _lock:
            for each in everyone():
                for name in each.hosts:
                    _by_host[name] = each
    return _by_host.get(host)


def add(name: str, hosts: list[str], title: str = "") -> Tenant:
    """Make a tenant with its database and tables; TenantError when name or host is taken."""
    if not _SHAPE.fullmatch(name):
        raise TenantError(
            "Een naam bestaat uit kleine letters, cijfers en _, en begint met een letter."
        )
    hosts = [host.lower() for host in hosts]
    if not hosts:
        raise TenantError("Een gemeente heeft minstens één hostnaam nodig.")
    with _control() as database:
        taken = database.execute(
            "SELECT name FROM tenant WHERE name = %s OR hosts && %s::text[]", (name, hosts)
        ).fetchone()
    if taken:
        raise TenantError(f"De naam of een van de hostnamen is al van de gemeente {taken[0]}.")
    made = Tenant(name, title or name.capitalize(), tuple(hosts), f"loket_{name}")
    _create_database(made)
    migrate(made)
    with _control() as database:
        database.execute(
            "INSERT INTO tenant (name, title, hosts, database) VALUES (%s, %s, %s, %s)",
            (made.name, made.title, list(made.hosts), made.database),
        )
    _by_host.clear()
    return made


def _create_database(made: Tenant) -> None:
    with control(database_url("postgres")) as server:
        if not server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", (made.database,)
        ).fetchone():
            server.execute(f'CREATE DATABASE "{made.database}"')


def migrate(which: Tenant) -> None:
    """Bring the tables of a tenant up to date, counters and sequences included."""
    _configure(which)
    with tenant.entered(which):
        call_command("migrate", database=which.alias, verbosity=0, interactive=False)
        install()
        instellingen.prepare(which)
        prepare_groups()


def _configure(which: Tenant) -> None:
    if which.alias in connections.databases:
        return
    parts = urlsplit(database_url(which.database))
    query = dict(piece.split("=", 1) for piece in parts.query.split("&") if "=" in piece)
    connections.databases[which.alias] = _database(which, parts, query)


def _database(which: Tenant, parts: Any, query: dict[str, str]) -> dict[str, Any]:
    host = unquote(query.pop("host", "") or parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": which.database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
        "TIME_ZONE": None,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "prepare_threshold": 5,
            "server_side_binding": True,
            "application_name": "loket",
            **{key: unquote(value) for key, value in query.items()},
        },
        "TEST": {"CHARSET": None, "COLLATION": None, "NAME": None, "MIRROR": None, "MIGRATE": True},
    }


def missing(which: Tenant) -> list[str]:
    """Return what a tenant's database lacks before it can serve; nothing when it is ready."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - only here

    try:
        executor = MigrationExecutor(connections[which.alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is what is missing
        return [f"{which.name}: {problem}"]
    return [f"{which.name}: migratie {migration}" for migration, _ in plan]
