"""Hand one mail to the server and tell apart what may be tried again from what may not."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from loket.connectors.email.composing import address, compose
from loket.connectors.email.values import (
    DefinitiefMislukt,
    Mail,
    Receipt,
    Smtp,
    TijdelijkMislukt,
    VerzendenMislukt,
)

if TYPE_CHECKING:
    from email.message import EmailMessage

_ACCEPTED = 2
_PERMANENT = 5


def send(config: Smtp, mail: Mail) -> Receipt:
    """Send `mail` and return the server's receipt, or raise VerzendenMislukt.

    A connection that breaks after the content went out is TijdelijkMislukt too, though the server
    may have taken the mail: send it again with the same message id.
    """
    message = compose(config, mail)
    try:
        with closing(_session(config, message["From"].addresses[0].domain)) as session:
            code, answer = _transfer(session, message, mail.return_path)
            with suppress(OSError):  # the mail is taken; how the parting goes changes nothing
                session.quit()
    except smtplib.SMTPResponseException as error:
        raise TijdelijkMislukt(_text(error.smtp_error), error.smtp_code) from error
    except OSError as error:
        raise TijdelijkMislukt(str(error) or type(error).__name__) from error
    return Receipt(mail.message_id, code, answer)


def _session(config: Smtp, domain: str) -> smtplib.SMTP:
    """Connect, secure and log in; `domain` is what we call ourselves."""
    session = smtplib.SMTP(config.host, config.port, local_hostname=domain, timeout=config.timeout)
    try:
        if config.starttls:
            session.starttls(context=ssl.create_default_context())
        session.ehlo_or_helo_if_needed()
        if config.user is not None and config.password is not None:
            session.login(config.user, config.password)
    except OSError:
        session.close()
        raise
    return session


def _transfer(
    session: smtplib.SMTP, message: EmailMessage, return_path: str | None
) -> tuple[int, str]:
    """Go through MAIL, RCPT and DATA; a refused sender is our setting, not the mail's fault."""
    sender = (address(return_path) if return_path else message["From"].addresses[0]).addr_spec
    code, answer = session.mail(sender)
    if code // 100 != _ACCEPTED:
        raise smtplib.SMTPSenderRefused(code, answer, sender)
    code, answer = session.rcpt(message["To"].addresses[0].addr_spec)
    if code // 100 != _ACCEPTED:
        raise _refusal(code, answer)
    try:
        code, answer = session.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    if code // 100 != _ACCEPTED:
        raise _refusal(code, answer)
    return code, _text(answer)


def _refusal(code: int, answer: bytes | str) -> VerzendenMislukt:
    kind = DefinitiefMislukt if code // 100 == _PERMANENT else TijdelijkMislukt
    return kind(_text(answer), code)


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
