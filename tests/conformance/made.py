"""What the house makes and no client can, and what makes a record ready to change or to go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from loket.grammar.change import Change
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.registers.klantinteracties.samenvoegen import merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.example import Examples

Body = dict[str, Any]


def vernietigingsverklaring(examples: Examples) -> Any:
    """Make a statement as the house does: of a list, with numbers of its own."""
    nr = next(examples.numbers)
    resource = examples.find("archief/vernietigingsverklaringen")
    lijst = examples.one(examples.find("archief/vernietigingslijsten"))
    change = Change(resource, examples.actor, "create", Call(base=examples.base))
    return follow(
        resource, change, lijst=lijst, opgemaakt_op=datetime(2020, 2, nr % 28 + 1, 12, tzinfo=UTC),
        opsteller=f"opsteller {nr}", beoordelaar=f"beoordelaar {nr}", grondslag="Archiefwet",
        zaken=nr, documenten=nr, besluiten=nr, niet_vernietigd=nr, controlegetal=f"{nr:064x}",
    )  # fmt: skip


def samenvoeging(examples: Examples) -> Any:
    """Let one partij go into another."""
    call = Call(base=examples.base)
    stays, goes = (examples.make(examples.find("klantinteracties/partijen")) for _ in range(2))
    return merge(examples.actor, call, stays, goes, grond="test", bewijs=["anders"])


def adresverificatie(examples: Examples) -> Any:
    """Ask for a code."""
    adressen = examples.find("klantinteracties/digitaleadressen")
    verificaties = examples.find("klantinteracties/adresverificaties")
    adres = examples.make(adressen)
    change = Change(adressen, examples.actor, "create", Call(base=examples.base), adres)
    moment = datetime.now(UTC)
    return follow(
        verificaties, change, digitaal_adres=adres, verzonden_op=moment, geldig_tot=moment,
        pogingen=0,
    )  # fmt: skip


def samenvoegvoorstel(examples: Examples) -> Any:
    """Propose that two partijen are one."""
    voorstellen = examples.find("klantinteracties/samenvoegvoorstellen")
    stays, goes = (examples.make(examples.find("klantinteracties/partijen")) for _ in range(2))
    change = Change(voorstellen, examples.actor, "create", Call(base=examples.base))
    return follow(
        voorstellen, change, blijvende_partij=stays, opgaande_partij=goes, bewijs=[],
        status="open", grond="",
    )  # fmt: skip


def klantnotificatie(examples: Examples) -> Any:
    """Plan a message to somebody."""
    notificaties = examples.find("output/klantnotificaties")
    change = Change(notificaties, examples.actor, "create", Call(base=examples.base))
    key = str(uuid4())
    return follow(
        notificaties, change, sjabloonversie=1, gebeurtenis="status_gezet", positie=1,
        hoofd_object=f"https://voorbeeld.nl/{key}", onderdeel="https://voorbeeld.nl/1",
        ontvanger="urn:nld:hr:kvknummer:90001354", taal="nl", kanaal="email", adres="a@b.nl",
        geprobeerd=[], status="gepland", gepland_op=datetime.now(UTC), pogingen=0, sleutel=key,
    )  # fmt: skip


def cloudevent(examples: Examples) -> Any:
    """Receive an event, as a client publishes it."""
    nr = next(examples.numbers)
    resource = examples.find("notificaties/cloudevents")
    told = {
        "specversion": "1.0", "id": str(nr), "source": f"urn:nld:voorbeeld:{nr}",
        "type": f"nl.voorbeeld.soort-{nr}", "subject": f"ding {nr}", "data": {"nr": nr},
        "extensies": {"volgorde": nr},
    }  # fmt: skip
    return resource.create(examples.actor, told, Call(base=examples.base)).record


MADE: dict[str, Callable[[Examples], Any]] = {
    "archief/vernietigingsverklaringen": vernietigingsverklaring,
    "klantinteracties/adresverificaties": adresverificatie,
    "klantinteracties/samenvoegingen": samenvoeging,
    "notificaties/cloudevents": cloudevent,
    "output/klantnotificaties": klantnotificatie,
    "klantinteracties/samenvoegvoorstellen": samenvoegvoorstel,
}
"""How the house makes what no client can make."""


def locked(examples: Examples, record: Any) -> Body:
    """Lock a document, and return what a change of it must say."""
    resource = examples.find("documenten/enkelvoudiginformatieobjecten")
    model = resource.record
    model.objects.filter(pk=record).update(lock="slot")
    return {"lock": "slot"}


def unlocked(examples: Examples, record: Any) -> None:
    """Take the lock away again."""
    model = examples.find("documenten/enkelvoudiginformatieobjecten").record
    model.objects.filter(pk=record).update(lock="")


REMOVED: dict[str, Callable[[Examples, Any], None]] = {
    "documenten/enkelvoudiginformatieobjecten": unlocked,
}
"""What has to be done to a record, by its key, before it may be removed."""


def corrected(_: Examples, __: Any) -> Body:
    """Say why a klantcontact may change."""
    return {"wijzigingsgrond": "correctie", "wijzigingstoelichting": "De klant vroeg erom."}


CHANGED: dict[str, Callable[[Examples, Any], Body]] = {
    "klantinteracties/klantcontacten": corrected,
    "documenten/enkelvoudiginformatieobjecten": locked,
}
"""What has to be done to a record, by its key, before it may change; and what a change says."""
