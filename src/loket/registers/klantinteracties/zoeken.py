"""One box to search partijen and klantcontacten with: a name, a number, an address, or words.

What is asked stands in a body, for a URL ends up in logs. What it can be decides where is looked:
a number among numbers and telephones, an @ among e-mail addresses, words among names and in what
was said. It is one statement, within the rights of who asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar import codec
from loket.grammar.authorisation import mode_of, visible_sql
from loket.grammar.change import demand_fresh
from loket.grammar.reading import common
from loket.grammar.resource import Command
from loket.kernel.clock import today
from loket.kernel.problems import Fault, Invalid, InvalidValue, Malformed
from loket.kernel.values import bsn
from loket.ledger.database import one
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.register import KLANTINTERACTIES, LEZEN
from loket.registers.klantinteracties.zoektakken import BRANCHES, FOUND, NUMBER

if TYPE_CHECKING:
    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

LONGEST, MOST = 200, 50
_DIGITS = re.compile(r"[\s().+/-]")
_BSN_WITHOUT_PURPOSE = (
    "Op burgerservicenummer is niet gezocht: dat kan alleen met een doelbinding (X-Doelbinding)."
)
OF: dict[str, Resource] = {
    "partij": partijen,
    "klantcontact": klantcontacten,
    "internetaak": internetaken,
}
"""What can be found, by the name it has in an answer."""


@dataclass(frozen=True)
class Vraag:
    """What is asked: as text, and the digits in it when it is a number in some notation."""

    text: str

    @property
    def digits(self) -> str:
        """Return the digits of a number, however it is written; nothing when it is none."""
        bare = _DIGITS.sub("", self.text)
        return bare if bare.isascii() and bare.isdigit() else ""

    @property
    def branches(self) -> tuple[str, ...]:
        """Return where to look."""
        if "@" in self.text:
            return ("email",)
        if self.digits:
            return ("nummer", "identificator", "telefoon")
        return ("naam", "ongekend", "tekst")

    @property
    def bsn(self) -> str:
        """Return the BSN that it can be."""
        try:
            return bsn(self.digits)
        except InvalidValue:
            return ""


def zoek(actor: Actor, call: Call) -> dict[str, Any]:
    """Return what is found, the most alike first."""
    vraag = _asked(call.body)
    demand_fresh(actor)
    names, remark = vraag.branches, ""
    if vraag.bsn and actor.purpose:
        names = (*names, "bsn")
    elif vraag.bsn:
        remark = _BSN_WITHOUT_PURPOSE
    digits = vraag.digits.lstrip("0")
    params = {
        **common(actor, call.base, today(), call.trace),
        "vraag": vraag.text,
        "cijfers": vraag.digits,
        "telefoon": digits[-9:] if len(digits) >= 9 else None,
        "email": vraag.text.lower().replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%",
        "bsn": vraag.bsn or None,
        "hoogstens": MOST,
    }
    (found,) = one(_sql(names, mode_of(actor)), params)
    return {"gevonden": codec.decode(found), "melding": remark}


def _asked(body: Any) -> Vraag:
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    text = body.get("vraag")
    if not isinstance(text, str) or not 1 < len(text.strip()) <= LONGEST or "\x00" in text:
        reason = f"Vraag iets van 2 tot {LONGEST} tekens."
        raise Invalid([Fault("vraag", "invalid", reason)])
    return Vraag(" ".join(text.split()))


def _sql(names: tuple[str, ...], mode: Any) -> str:
    """Return the statement: what each branch finds, held to the rights, the best first."""
    chosen = [BRANCHES[name] for name in names]
    with_parts = [each.prepared for each in chosen if each.prepared]
    if "bsn" in names:
        with_parts.append(NUMBER)
    found = " UNION ALL ".join(each.sql for each in chosen)
    with_parts.append(f"gevonden AS MATERIALIZED ({found})")
    shown = " UNION ALL ".join(_shown(kind, resource, mode) for kind, resource in OF.items())
    return (
        f"WITH {', '.join(with_parts)} SELECT coalesce(json_agg(x ORDER BY x.gewicht DESC, "
        f"x.uuid DESC), '[]')::text FROM (SELECT * FROM ({shown}) y "
        "ORDER BY gewicht DESC, uuid DESC LIMIT %(hoogstens)s) x"
    )


def _shown(kind: str, resource: Resource, mode: Any) -> str:
    label, of = FOUND[kind], f'"{resource.table}"'
    return (
        f"SELECT '{kind}' AS soort, t.id AS uuid, {resource.url_sql('t')} AS url, "
        f"{label} AS label, max(g.gewicht)::float AS gewicht, "
        "array_agg(DISTINCT g.waarop) AS waarop "
        f"FROM gevonden g JOIN {of} t ON t.id = g.id "
        f"WHERE g.soort = '{kind}' AND {visible_sql(resource, 't', mode)} GROUP BY t.id"
    )


Command(
    KLANTINTERACTIES,
    "zoek",
    zoek,
    LEZEN,
    "Zoek partijen en contacten op naam, nummer, adres of woorden.",
    request={
        "type": "object",
        "required": ["vraag"],
        "properties": {
            "vraag": {
                "type": "string",
                "minLength": 2,
                "maxLength": LONGEST,
                "description": "Een naam, nummer, telefoonnummer, e-mailadres of woorden.",
            }
        },
    },
    response={
        "type": "object",
        "required": ["gevonden", "melding"],
        "properties": {
            "gevonden": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["soort", "uuid", "url", "label", "gewicht", "waarop"],
                    "properties": {
                        "soort": {"type": "string", "enum": list(OF)},
                        "uuid": {"type": "string", "format": "uuid"},
                        "url": {"type": "string", "format": "uri"},
                        "label": {"type": "string"},
                        "gewicht": {"type": "number"},
                        "waarop": {"type": "array", "items": {"type": "string"}},
                    },
                },
            },
            "melding": {"type": "string", "description": "Wat er niet is gezocht, en waarom."},
        },
    },
)
