"""What may be recorded of a klantcontact, and when that may still change.

A klantcontact that is over does not change (VNG, Klantinteracties: F0796). The exceptions are a
supplement soon after it (K6), a correction that the klant asks for (K7), and grounds that the
municipality sets (K8). What it said before stays beside it, with the ground.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loket.grammar.rule import rule
from loket.kernel.clock import now
from loket.kernel.problems import Fault, Forbidden, InvalidValue
from loket.kernel.values import bsn
from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change
    from loket.registers.klantinteracties.klantcontact import Klantcontact

CORRIGEREN = "klantinteracties.corrigeren"
VERNIETIGEN = "klantinteracties.vernietigen"
AANVULLING, CORRECTIE = "aanvulling", "correctie"

INHOUD = (
    "kanaal", "onderwerp", "inhoud", "reactie", "indicatie_contact_gelukt", "hoofd_onderwerp_type",
    "verdere_actie_ondernomen", "taal", "vertrouwelijk", "plaatsgevonden_op", "metadata",
    "gesprek_id",
)  # fmt: skip
"""What was said and done, which does not change by itself."""

AAN_TE_VULLEN = ("inhoud", "reactie", "indicatie_contact_gelukt", "verdere_actie_ondernomen")
"""What a supplement may touch: text may only grow."""

LONGEST_METADATA = 255
_VERLEDEN = re.compile(
    r"\b(?:heeft|hebben|had|hadden|is|zijn|was|waren|werd|werden)\b", re.IGNORECASE
)
_ZIN = re.compile(r"[.!?]")
_NEGEN = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


def veranderd(contact: Klantcontact, change: Change) -> list[str]:
    """Return what of a klantcontact would become different."""
    before: Any = change.before
    if before is None:
        return []
    return [name for name in INHOUD if getattr(contact, name) != getattr(before, name)]


def tel_versies(contact: Klantcontact, change: Change) -> None:
    """Let each change be a version; without one the ground of the last change stays."""
    before: Any = change.before
    if before is None:
        contact.versie, contact.begin_registratie = 1, now()
        contact.wijzigingsgrond = contact.wijzigingstoelichting = ""
    elif veranderd(contact, change):
        contact.versie, contact.begin_registratie = before.versie + 1, now()
        if "wijzigingsgrond" not in change.given:
            contact.wijzigingsgrond = contact.wijzigingstoelichting = ""
    else:
        contact.wijzigingsgrond = before.wijzigingsgrond
        contact.wijzigingstoelichting = before.wijzigingstoelichting


def is_onveranderlijk(contact: Klantcontact, change: Change) -> Sequence[Fault]:
    """Hold a change to the ground that is given for it."""
    names = veranderd(contact, change)
    if not names:
        return ()
    ground = contact.wijzigingsgrond
    if not ground:
        return _geweigerd(contact, names)
    minutes, known = _toegestaan(ground)
    if ground == AANVULLING:
        return _aanvulling(contact, change.before, names, minutes)
    if ground != CORRECTIE and not known:
        reason = "Deze grond kent de gemeente niet; zie de wijzigingsgronden."
        return [Fault("wijzigingsgrond", "invalid_choice", reason)]
    if not change.may(CORRIGEREN):
        raise Forbidden(f"Een klantcontact corrigeren vraagt het recht {CORRIGEREN}.")
    if not contact.wijzigingstoelichting:
        reason = "Zeg erbij wie om de verandering vroeg, en waarom."
        return [Fault("wijzigingstoelichting", "required", reason)]
    return ()


def _geweigerd(contact: Klantcontact, names: Sequence[str]) -> list[Fault]:
    reason = (
        "Een klantcontact dat geweest is, verandert niet. Geef een wijzigingsgrond: aanvulling "
        "(kort erna), correctie (op verzoek van de klant) of een grond van de gemeente."
    )
    return [Fault(_wire(contact, name), "klantcontact-onveranderlijk", reason) for name in names]


def _aanvulling(
    contact: Klantcontact, before: Any, names: Sequence[str], minutes: int
) -> list[Fault]:
    """Return what a supplement does beyond what it may."""
    if now() - before.plaatsgevonden_op > timedelta(minutes=minutes):
        reason = f"Aanvullen kan tot {minutes} minuten na het contact; corrigeren kan daarna nog."
        return [Fault("wijzigingsgrond", "aanvultermijn-verstreken", reason)]
    reason = "Aanvullen voegt toe; wat er stond, blijft staan."
    return [
        Fault(_wire(contact, name), "klantcontact-onveranderlijk", reason)
        for name in names
        if name not in AAN_TE_VULLEN or not _groeit(getattr(before, name), getattr(contact, name))
    ]


def _groeit(old: Any, new: Any) -> bool:
    return new.startswith(old) if isinstance(old, str) else not old


def _wire(contact: Klantcontact, name: str) -> str:
    return contact.words[name.removesuffix("_id")].wire


_TOEGESTAAN = """
SELECT aanvultermijn, EXISTS (SELECT FROM klantinteracties_wijzigingsgrond WHERE code = %s)
FROM klantinteracties_contactinstellingen
"""


def _toegestaan(ground: str = "") -> tuple[int, bool]:
    """Return within how many minutes a supplement may come, and whether a ground is known."""
    row = one(_TOEGESTAAN, (ground,))
    return (row[0], row[1]) if row else (30, False)


def mag_nog_veranderen(contact: Klantcontact, change: Change) -> bool:
    """Tell whether what hangs on a klantcontact may still be changed or taken away."""
    if change.may(CORRIGEREN) and change.call.toelichting:
        return True
    minutes, _ = _toegestaan()
    return bool(now() - contact.plaatsgevonden_op <= timedelta(minutes=minutes))


@rule("klantcontact-onveranderlijk", verbs=("update", "destroy"))
def hoort_bij_contact(part: Any, change: Change) -> bool:
    """Wat bij een contact hoort, verandert later alleen als correctie, met een toelichting."""
    stood = part if change.verb == "destroy" else change.before
    _, contact = change.resource.main(stood)
    if contact is stood or change.cause is not None or _same(part, change):
        return True  # it stood by itself, goes along with the contact, or stays as it was
    return mag_nog_veranderen(contact, change)


def _same(part: Any, change: Change) -> bool:
    before: Any = change.before
    if change.verb == "destroy" or before is None:
        return False
    names = {each.attname for each in part._meta.concrete_fields}
    if getattr(before, "was_partij_id", "") is None:
        names.remove("was_partij_id")  # who was unknown may become known
    return all(getattr(part, name) == getattr(before, name) for name in names)


@rule("no-further-action-when-contact-succesful", on="verdereActieOndernomen")
def gelukt_is_gelukt(contact: Klantcontact) -> bool:
    """Na een gelukt contact is er geen verdere actie om toch contact te krijgen."""
    return not (contact.indicatie_contact_gelukt and contact.verdere_actie_ondernomen)


def metadata_is_tekst(contact: Klantcontact, change: Change) -> Sequence[Fault]:
    """Hold what applications keep with a contact to short texts."""
    del change
    wrong = [
        name
        for name, value in (contact.metadata or {}).items()
        if not isinstance(value, str) or max(len(value), len(name)) > LONGEST_METADATA
    ]
    reason = f"Namen en waarden zijn teksten van hoogstens {LONGEST_METADATA} tekens."
    return [Fault(f"metadata.{name}", "invalid", reason) for name in wrong]


def let_op(contact: Klantcontact, change: Change) -> Sequence[Fault]:
    """Warn, and refuse nothing: how a klantcontact is written, and what does not belong in it."""
    if change.before is not None and not veranderd(contact, change):
        return ()
    texts = (contact.onderwerp, contact.inhoud, contact.reactie)
    if any(lijkt_bsn(text) for text in texts):
        change.warn("In de tekst lijkt een burgerservicenummer te staan; dat hoort er niet in.")
    if contact.inhoud and _ZIN.search(contact.inhoud) and not _VERLEDEN.search(contact.inhoud):
        change.warn(
            "Schrijf inhoud in de voltooid verleden tijd: wat de klant vroeg en wat er gezegd is."
        )
    return ()


def lijkt_bsn(text: str) -> bool:
    """Tell whether a number in a text passes for a BSN."""
    for digits in _NEGEN.findall(text):
        try:
            return bool(bsn(digits))
        except InvalidValue:
            continue
    return False
