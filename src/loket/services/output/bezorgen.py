"""The channels: each takes a message that is made up, and says how it went.

What goes outside is handed over before anything is written, with a mark by which whoever carries
it knows a second copy. What stays inside, a bericht in the portal, is written together with the
fact that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.connectors import email, notifynl, printer
from loket.grammar.change import HOUSE
from loket.grammar.writing import follow
from loket.kernel.clock import now
from loket.registers.berichten.bericht import berichten
from loket.registers.output.waarden import Outputkanaal
from loket.services.output import brief
from loket.services.output.retouradres import retouradres

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loket.grammar.change import Change
    from loket.services.output.opmaken import Opgemaakt

BINNEN: Final = (Outputkanaal.PORTAAL, Outputkanaal.BERICHTENBOX)
"""The channels that stay inside the house.

Both are read after logging in only, so both hold what happened: the Berichtenbox asks for DigiD as
the portal does, and holds the bericht that stands in the portal.
"""

_BLIJVEND: Final = (
    email.DefinitiefMislukt,
    notifynl.DefinitiefMislukt,
    printer.DefinitiefMislukt,
)
_MISLUKT: Final = (email.VerzendenMislukt, notifynl.VerzendenMislukt, printer.VerzendenMislukt)


class Onbezorgd(Exception):
    """It was not delivered; `blijvend` says that this channel never will.

    `nergens` says that the address leads nowhere, for whatever else is sent there as well.
    """

    def __init__(self, reden: str, *, blijvend: bool, nergens: bool = False) -> None:
        super().__init__(reden)
        self.reden = reden
        self.blijvend = blijvend
        self.nergens = nergens


@dataclass(frozen=True)
class Sms:
    """How text messages go: an account of NotifyNL, and the template there that holds our text."""

    account: notifynl.NotifyNL
    sjabloon: str
    variabele: str = "bericht"


@dataclass(frozen=True)
class Wegen:
    """The ways that a municipality has to send; None where one was not set up.

    `retour` is the address of our own to which mail comes back, empty for that of the sender.
    """

    smtp: email.Smtp
    portaal: str
    sms: Sms | None = None
    brief: printer.Ipp | printer.FileDrop | None = None
    retour: str = ""

    @property
    def ingericht(self) -> tuple[Outputkanaal, ...]:
        """The channels over which the municipality can send."""
        outside = {
            Outputkanaal.EMAIL: self.smtp,
            Outputkanaal.SMS: self.sms,
            Outputkanaal.BRIEF: self.brief,
        }
        return (*BINNEN, *(kanaal for kanaal, way in outside.items() if way is not None))


@dataclass(frozen=True)
class Zending:
    """One message on its way over one channel; `kenmerk` is the same at each attempt."""

    kanaal: str
    adres: str
    tekst: Opgemaakt
    kenmerk: str
    moment: datetime
    poging: int
    notificatie: Any


def naar_buiten(zending: Zending, wegen: Wegen) -> str:
    """Hand a message to whoever carries it; return how he names it. Onbezorgd."""
    send = _BUITEN.get(zending.kanaal)
    if send is None:
        raise Onbezorgd("Dit kanaal kent de gemeente niet.", blijvend=True)
    try:
        return send(zending, wegen)
    except _BLIJVEND as problem:
        nergens = isinstance(problem, email.DefinitiefMislukt) and problem.nowhere
        raise Onbezorgd(str(problem), blijvend=True, nergens=nergens) from None
    except _MISLUKT as problem:
        raise Onbezorgd(str(problem), blijvend=False) from None


def _email(zending: Zending, wegen: Wegen) -> str:
    mail = email.Mail(
        to=zending.adres,
        subject=zending.tekst.onderwerp,
        text=zending.tekst.tekst,
        html=zending.tekst.html,
        message_id=message_id(zending.kenmerk),
        date=zending.moment,
        list_unsubscribe=_unsubscribe(wegen.portaal),
        return_path=_return_path(zending, wegen),
    )
    return email.send(wegen.smtp, mail).message_id


def message_id(kenmerk: str) -> str:
    """Return what a mail is known by to whoever carries it."""
    return f"<{kenmerk}@loket>"


def _return_path(zending: Zending, wegen: Wegen) -> str | None:
    """Return where the mail comes back; a try-out, which is no message, to its sender."""
    if not wegen.retour or zending.notificatie is None:
        return None
    return retouradres(wegen.retour, zending.notificatie.pk, zending.adres)


def _unsubscribe(portal: str) -> str | None:
    """Return where somebody says how he wants to be reached; a mail header takes https only."""
    return f"{portal}/mijn-gegevens/" if portal.startswith("https://") else None


def _sms(zending: Zending, wegen: Wegen) -> str:
    if wegen.sms is None:
        raise Onbezorgd("De gemeente heeft geen sms ingericht.", blijvend=True)
    if not zending.tekst.sms:
        raise Onbezorgd("Het sjabloon heeft geen tekst voor een sms.", blijvend=True)
    account = wegen.sms.account
    if zending.poging > 1:  # an earlier attempt may have been taken, though we did not hear so
        found = notifynl.find(account, zending.kenmerk)
        under_way = [each for each in found if not each.status.failed]
        if under_way:
            return str(under_way[0].id)
    asked = notifynl.Sms(
        to=zending.adres,
        template=wegen.sms.sjabloon,
        personalisation={wegen.sms.variabele: zending.tekst.sms},
        reference=zending.kenmerk,
    )
    return str(notifynl.send_sms(account, asked).id)


def _brief(zending: Zending, wegen: Wegen) -> str:
    where, kenmerk = wegen.brief, zending.kenmerk
    if where is None:
        raise Onbezorgd("De gemeente heeft geen brieven ingericht.", blijvend=True)
    try:
        letter = brief.maak(zending)
    except brief.GeenAdres as problem:
        raise Onbezorgd(str(problem), blijvend=True) from None
    if isinstance(where, printer.FileDrop):
        return printer.drop(where, letter.pdf, kenmerk).reference
    if zending.poging > 1 and (known := printer.find(where, kenmerk)):
        return f"{kenmerk} {known[0]}"
    return f"{kenmerk} {printer.print_job(where, letter.pdf, 'brief', kenmerk).job_id}"


_BUITEN: Final[dict[str, Callable[[Zending, Wegen], str]]] = {
    Outputkanaal.EMAIL: _email,
    Outputkanaal.SMS: _sms,
    Outputkanaal.BRIEF: _brief,
}


def binnenshuis(zending: Zending, change: Change, bij: str = "") -> str:
    """Put a bericht in the portal; return its address. Part of the caller's transaction.

    `bij` is the URN of the zaak that it belongs with, if there is one.
    """
    notificatie = zending.notificatie
    made = follow(
        berichten,
        change,
        onderwerp=zending.tekst.onderwerp,
        bericht_tekst=zending.tekst.tekst,
        publicatiedatum=now(),
        referentie=zending.kenmerk.replace("-", "")[:25],
        ontvanger=notificatie.ontvanger,
        ontvanger_nummer=notificatie.ontvanger_nummer,
        is_gerelateerd_aan=[{"urn": bij}] if bij else [],
        bijlagen=[],
        mijn_overheid_berichtenbox=zending.kanaal == Outputkanaal.BERICHTENBOX,
    )
    return berichten.address(made, HOUSE)
