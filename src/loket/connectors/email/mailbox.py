"""A mailbox over IMAP: what came in and was not seen yet, and a mark once it was dealt with."""

from __future__ import annotations

import imaplib
import ssl
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.email.values import TijdelijkMislukt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.connectors.email.values import Imap

_OK: Final = "OK"


class Mailbox:
    """An opened mailbox; a mail is known by its UID."""

    def __init__(self, session: imaplib.IMAP4) -> None:
        self._session = session

    def unseen(self) -> list[str]:
        """Return the mails that nobody dealt with, the oldest first."""
        (found,) = self._asked("SEARCH", "UNSEEN")
        return (found or b"").decode("ascii").split()

    def source(self, uid: str) -> bytes:
        """Return a mail as it came in; empty when it is gone. It stays unseen."""
        answer = self._asked("FETCH", uid, "(BODY.PEEK[])")
        return next((part[1] for part in answer if isinstance(part, tuple)), b"")

    def seen(self, uid: str, *, flagged: bool = False) -> None:
        """Mark a mail as dealt with; `flagged` when somebody should look at it."""
        self._asked("STORE", uid, "+FLAGS", r"(\Seen \Flagged)" if flagged else r"(\Seen)")

    def _asked(self, command: str, *words: str) -> list[Any]:
        kind, answer = self._session.uid(command, *words)
        if kind != _OK:
            raise imaplib.IMAP4.error(f"{command}: {kind}")
        return list(answer)


@contextmanager
def opened(config: Imap) -> Iterator[Mailbox]:
    """Log in and open the folder; TijdelijkMislukt when that, or what is asked there, fails."""
    try:
        session = _session(config)
        try:
            session.login(config.user, config.password)
            kind, _ = session.select(f'"{config.folder}"')
            if kind != _OK:
                raise imaplib.IMAP4.error(f"There is no folder {config.folder}.")
            yield Mailbox(session)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                session.logout()
    except (OSError, imaplib.IMAP4.error) as problem:
        raise TijdelijkMislukt(str(problem) or type(problem).__name__) from problem


def _session(config: Imap) -> imaplib.IMAP4:
    if not config.tls:
        return imaplib.IMAP4(config.host, config.port, config.timeout)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(config.host, config.port, ssl_context=context, timeout=config.timeout)
