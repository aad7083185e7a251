"""Files go after the rows that held them: a subscriber to the ledger removes them."""

from __future__ import annotations

from loket.grammar.files import storage
from loket.ledger.dispatch import Happened, Subscriber, subscribe

NAME = "documenten-bestanden"
_WHOLE, _PART = "enkelvoudiginformatieobjecten", "bestandsdelen"


def wants(event: Happened) -> bool:
    """Choose the removal of documents and of parts of an upload."""
    return (
        event.register == "documenten"
        and event.actie == "destroy"
        and event.resource in (_WHOLE, _PART)
    )


def deliver(event: Happened) -> str:
    """Remove the files of a document in all its versions, or of one part."""
    prefix = f"{event.key}/" if event.resource == _WHOLE else f"{event.main_key}/{event.key}"
    return f"{storage().remove(prefix)} bestanden verwijderd"


def subscribe_to_removals() -> None:
    """Remove files from now on."""
    subscribe(Subscriber(NAME, wants, deliver))
