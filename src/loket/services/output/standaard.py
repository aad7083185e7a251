"""The templates and rules that a municipality begins with; it changes them as it likes.

Outside the house each only says that there is news (Wmebv, Awb 2:10). In the portal it says which:
in what zaak, what it means and what one can do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.ledger.database import one
from loket.registers.output.outputregel import outputregels
from loket.registers.output.sjabloon import sjablonen
from loket.registers.output.sjabloonversie import sjabloonversies
from loket.registers.output.waarden import Gebeurtenis, Inhoud, Stand
from loket.services.output import portaalteksten as teksten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.kernel.actor import Actor


@dataclass(frozen=True)
class Begin:
    """A template to begin with, and the events that lead to it."""

    naam: str
    soort_bericht: str
    gebeurtenissen: tuple[Gebeurtenis, ...]
    nl: tuple[str, str]
    en: tuple[str, str]
    portaal: Mapping[str, tuple[str, str]] | None = None
    """By language, for who is logged in; of what stands in the portal itself there is none."""


_SLOT_NL: Final = """

In dit bericht staat niet wat het nieuws is. Dat is veiliger.

U leest het als u inlogt:

{{ link }}

Vertrouwt u deze link niet? Typ dan zelf het adres van de gemeente in.

Met vriendelijke groet,

{{ gemeente.naam }}

U kunt dit bericht niet beantwoorden.
"""
_SLOT_EN: Final = """

This message does not say what the news is. That is safer.

You can read it after you log in:

{{ link }}

Do you not trust this link? Then type the address of the municipality yourself.

Kind regards,

{{ gemeente.naam }}

You cannot reply to this message.
"""

BEGIN: Final = (
    Begin(
        "Nieuws over een zaak",
        "zaakstatus",
        (Gebeurtenis.STATUS_GEZET,),
        ("Er is nieuws over uw zaak bij {{ gemeente.naam }}",
         "Er is nieuws over uw zaak bij {{ gemeente.naam }}."),
        ("There is news about your case at {{ gemeente.naam }}",
         "There is news about your case at {{ gemeente.naam }}."),
        teksten.STATUS,
    ),
    Begin(
        "Zaak afgerond",
        "zaakstatus",
        (Gebeurtenis.ZAAK_AFGEROND,),
        ("Er is nieuws over uw zaak bij {{ gemeente.naam }}",
         "Er is nieuws over uw zaak bij {{ gemeente.naam }}."),
        ("There is news about your case at {{ gemeente.naam }}",
         "There is news about your case at {{ gemeente.naam }}."),
        teksten.AFGEROND,
    ),
    Begin(
        "Besluit over een zaak",
        "zaakbesluit",
        (Gebeurtenis.BESLUIT_GENOMEN,),
        ("{{ gemeente.naam }} heeft een besluit genomen",
         "{{ gemeente.naam }} heeft een besluit genomen over uw zaak."),
        ("{{ gemeente.naam }} has made a decision",
         "{{ gemeente.naam }} has made a decision about your case."),
        teksten.BESLUIT,
    ),
    Begin(
        "Taak",
        "taak",
        (Gebeurtenis.TAAK_UITGEZET,),
        ("{{ gemeente.naam }} vraagt u iets te doen",
         "{{ gemeente.naam }} vraagt u iets te doen. Dat kan tot en met {{ uiterste_datum }}."),
        ("{{ gemeente.naam }} asks you to do something",
         "{{ gemeente.naam }} asks you to do something, by {{ uiterste_datum }}."),
        teksten.TAAK,
    ),
    Begin(
        "Herinnering aan een taak",
        "herinnering",
        (Gebeurtenis.TAAK_HERINNERING,),
        ("Vergeet u het niet? {{ gemeente.naam }} vraagt u iets te doen",
         "Doet u dit nog voor {{ gemeente.naam }}? Het kan tot en met {{ uiterste_datum }}."),
        ("Reminder: {{ gemeente.naam }} asks you to do something",
         "You still have to do something for {{ gemeente.naam }}, by {{ uiterste_datum }}."),
        teksten.HERINNERING,
    ),
    Begin(
        "Nieuw bericht",
        "bericht",
        (Gebeurtenis.BERICHT_GEPLAATST,),
        ("U hebt een bericht van {{ gemeente.naam }}",
         "Er staat een bericht van {{ gemeente.naam }} voor u klaar."),
        ("You have a message from {{ gemeente.naam }}",
         "There is a message from {{ gemeente.naam }} for you."),
    ),
    Begin(
        "Verzoek ontvangen",
        "zaakstatus",
        (Gebeurtenis.VERZOEK_ONTVANGEN,),
        ("{{ gemeente.naam }} heeft uw verzoek ontvangen",
         "{{ gemeente.naam }} heeft uw verzoek ontvangen."),
        ("{{ gemeente.naam }} has received your request",
         "{{ gemeente.naam }} has received your request."),
        teksten.VERZOEK,
    ),
)  # fmt: skip


def begin(actor: Actor) -> int:
    """Make the templates and rules, where a municipality has no template yet; return how many."""
    if one("SELECT 1 FROM output_sjabloon") is not None:
        return 0
    for each in BEGIN:
        _make(actor, each)
    return len(BEGIN)


def _make(actor: Actor, each: Begin) -> None:
    call = Call(base=HOUSE, toelichting="om mee te beginnen")
    body = {
        "naam": each.naam,
        "inhoud": Inhoud.ATTENDERING.value,
        "soortBericht": each.soort_bericht,
        "omschrijving": "Zegt alleen dat er nieuws is; in het portaal ook welk nieuws.",
    }
    sjabloon = sjablonen.create(actor, body, call).record
    texts = {
        "stand": Stand.GEPUBLICEERD.value,
        "teksten": [
            _text("nl", "Beste lezer,", each.nl, _SLOT_NL) | _portaal("nl", "Beste lezer,", each),
            _text("en", "Dear reader,", each.en, _SLOT_EN) | _portaal("en", "Dear reader,", each),
        ],
    }
    sjabloonversies.create(actor, texts, call, sjabloon=sjabloon.pk)
    for soort in each.gebeurtenissen:
        rule = {
            "naam": soort.label,
            "gebeurtenis": soort.value,
            "sjabloon": {"uuid": str(sjabloon.pk)},
        }
        outputregels.create(actor, rule, call)


def _text(taal: str, greeting: str, text: tuple[str, str], end: str) -> dict[str, str]:
    onderwerp, first = text
    return {
        "taal": taal,
        "onderwerp": onderwerp,
        "tekst": f"{greeting}\n\n{first}{end}",
        "sms": f"{first} {{{{ link }}}}",
    }


def _portaal(taal: str, greeting: str, each: Begin) -> dict[str, str]:
    if each.portaal is None:
        return {}
    onderwerp, tekst = each.portaal[taal]
    return {
        "onderwerpPortaal": onderwerp,
        "tekstPortaal": f"{greeting}\n{tekst}\n\n{teksten.GROET[taal]}",
    }
