"""The value lists of i-Navigator in the words of the Catalogi API."""

import re
import unicodedata

from loket.registers.catalogi.inavigator.model import Term

VERTROUWELIJKHEID = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)
RICHTINGEN = {
    "inkomend": ("inkomend",),
    "intern": ("intern",),
    "uitgaand": ("uitgaand",),
    "in_uitgaand": ("inkomend", "uitgaand"),
}
ARCHIEFNOMINATIES = {
    "bewaren": "blijvend_bewaren",
    "blijvend_bewaren": "blijvend_bewaren",
    "vernietigen": "vernietigen",
}
AFLEIDINGSWIJZEN = frozenset(
    {
        "afgehandeld",
        "ander_datumkenmerk",
        "eigenschap",
        "gerelateerde_zaak",
        "hoofdzaak",
        "ingangsdatum_besluit",
        "termijn",
        "vervaldatum_besluit",
        "zaakobject",
    }
)
ROLLEN = frozenset(
    {
        "adviseur",
        "behandelaar",
        "belanghebbende",
        "beslisser",
        "initiator",
        "klantcontacter",
        "zaakcoordinator",
        "mede_initiator",
    }
)
WORKDAYS = 5


def code(text: str) -> str:
    """A word of a value list as the API writes its codes: plain letters and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def words(text: str) -> tuple[str, ...]:
    """A list that stands in one text, without doubles."""
    return tuple(dict.fromkeys(word.strip() for word in re.split(r"[;,]", text) if word.strip()))


def duration(term: Term | None) -> str | None:
    """A term in ISO 8601; None when its unit is unknown."""
    if term is None:
        return None
    units = {"jaar": "Y", "maand": "M", "dag": "D"}
    eenheid, aantal = code(term.eenheid), term.aantal
    if eenheid == "week":
        return f"P{7 * aantal}D"
    if eenheid == "werkdag":
        weeks, days = divmod(aantal, WORKDAYS)
        return f"P{7 * weeks + days}D"
    return f"P{aantal}{units[eenheid]}" if eenheid in units else None
