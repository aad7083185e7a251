"""A real IMAP server: Debian's Dovecot with one mailbox, over TLS, that ends with the test."""

from __future__ import annotations

import getpass
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from loket.connectors.email import Imap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOVECOT = "/usr/sbin/dovecot"
STARTED_WITHIN = 30
USER, PASSWORD = "retour", "geheim"
_ROOT = os.geteuid() == 0

_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
mail_location = maildir:{folder}/mail
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextmanager
def dovecot(certificate: Path) -> Iterator[Imap]:
    """Run it until the block ends, with an empty INBOX."""
    folder = Path(tempfile.mkdtemp(prefix="loket-dovecot-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    owner = "dovecot" if _ROOT else getpass.getuser()
    if _ROOT:
        shutil.chown(folder / "mail", owner, owner)
    config = Imap("127.0.0.1", _free_port(), USER, PASSWORD)
    told = {
        "folder": folder, "certificate": certificate, "internal": owner, "owner": owner,
        "login": "dovenull" if _ROOT else owner, "port": config.port, "password": PASSWORD,
        "group": owner if _ROOT else pwd.getpwnam(owner).pw_gid,
    }  # fmt: skip
    (folder / "conf").write_text(_CONF.format(**told))
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "conf")])  # noqa: S603 - Debian's Dovecot
    try:
        assert _answers(config), f"Dovecot did not start: {_said(folder)}"
        yield config
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)
        shutil.rmtree(folder)


@contextmanager
def session(config: Imap) -> Iterator[imaplib.IMAP4_SSL]:
    """Log in, as whoever puts mail there or looks at it does."""
    with imaplib.IMAP4_SSL(config.host, config.port, timeout=5) as link:
        link.login(config.user, config.password)
        link.select()
        yield link


def put(config: Imap, mails: Sequence[bytes]) -> None:
    """Let mails come in."""
    with session(config) as link:
        for each in mails:
            kind, _ = link.append("INBOX", "", "", each)
            assert kind == "OK"


def flags(config: Imap) -> list[set[str]]:
    """Return how each mail is marked, the oldest first."""
    with session(config) as link:
        _, found = link.fetch("1:*", "(FLAGS)")
    marked = (imaplib.ParseFlags(line) for line in found if isinstance(line, bytes))
    return [{each.decode() for each in mark} - {"\\Recent"} for mark in marked]


def _answers(config: Imap) -> bool:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((config.host, config.port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _said(folder: Path) -> str:
    log = folder / "log"
    return log.read_text() if log.exists() else "nothing"
