"""From a mail to the octets on the wire; whatever could break a header is refused."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from loket.connectors.email.values import DefinitiefMislukt, Mail, Smtp

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_MESSAGE_ID = re.compile(r"<[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+>", re.ASCII)
_LINK = re.compile(r"(?:https://|mailto:)[^\s<>,]+")
# 7 bits, since a server need not offer 8BITMIME
_POLICY = SMTP.clone(cte_type="7bit")


def address(raw: str) -> Address:
    """Return one bare address, `local@domain` in ASCII, or raise DefinitiefMislukt."""
    try:
        parsed = Address(addr_spec=_one_line("to", raw))
        domain = parsed.domain.encode("idna").decode()
    except (HeaderParseError, ValueError, IndexError) as error:
        raise DefinitiefMislukt("The address is not a valid e-mail address.") from error
    if not (parsed.username and domain and parsed.username.isascii()):
        raise DefinitiefMislukt("The address is not a valid e-mail address.")
    return Address(username=parsed.username, domain=domain)


def sender(config: Smtp) -> Address:
    """Return the sender of the settings, with its display name."""
    name, addr_spec = parseaddr(_one_line("sender", config.sender))
    parsed = address(addr_spec)
    return Address(name, parsed.username, parsed.domain)


def compose(config: Smtp, mail: Mail) -> EmailMessage:
    """Make the message: text, HTML beside it if there is any, and the headers."""
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise DefinitiefMislukt("The message id is not of the form <left@right>.")
    if mail.date.tzinfo is None:
        raise DefinitiefMislukt("The date has no time zone.")
    message = EmailMessage(_POLICY)
    message["From"] = sender(config)
    message["To"] = address(mail.to)
    message["Subject"] = _one_line("subject", mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.list_unsubscribe is not None:
        message["List-Unsubscribe"] = _unsubscribe(mail.list_unsubscribe)
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    return message


def _unsubscribe(link: str) -> str:
    if not _LINK.fullmatch(_one_line("list_unsubscribe", link)):
        raise DefinitiefMislukt("The unsubscribe link is not an https: or mailto: address.")
    return f"<{link}>"


def _one_line(name: str, value: str) -> str:
    """Return `value`, unless it could end its header and begin another."""
    if _CONTROL.search(value):
        raise DefinitiefMislukt(f"The {name} holds a line break or another control character.")
    return value
