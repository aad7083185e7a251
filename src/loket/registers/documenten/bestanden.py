"""The file of a document on its way in: scanned and kept before the transaction begins."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loket.grammar.blobs import Stored, kept
from loket.grammar.spool import Refused, Spool, spooled
from loket.kernel.values import uuid7
from loket.registers.documenten.controlegetallen import checksum, declared
from loket.registers.documenten.formaten import real_type

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

PATH = "/documenten/api/v1/enkelvoudiginformatieobjecten"


@contextmanager
def bewaard(_: Actor, body: Any, call: Call) -> Iterator[Any]:
    """Keep the file in a body, and put what is known of it in its place."""
    if not isinstance(body, dict):
        yield body
        return
    raw = _given(body, call)
    if not isinstance(raw, Spool):
        yield {key: value for key, value in body.items() if key != "inhoud"} | raw
        return
    stored = described(call.key or uuid7(), raw, body)
    with kept(stored.key, raw.chunks):
        yield {**body, "inhoud": stored}


def _given(body: dict[str, Any], call: Call) -> Any:
    """Return the file in a body, or what else it says about it as a part of a body."""
    raw = body.get("inhoud")
    if isinstance(raw, str) and raw:
        raw = spooled(raw)
    own = f"{call.base}{PATH}/{call.key}/download"
    if isinstance(raw, Refused) and call.key is not None and raw.text.startswith(own):
        return {}  # what a reader got and sends back: the file stays as it is
    if raw in (None, "") and body.get("bestandsomvang") == 0:
        return Spool()
    if raw == "":
        return {"inhoud": None} if body.get("bestandsomvang") else Spool()
    if isinstance(raw, Spool):
        return raw
    return {"inhoud": raw} if "inhoud" in body else {}


def described(document: UUID, spool: Spool, body: dict[str, Any]) -> Stored:
    """Describe a file that is about to be kept, with the checksum that its body speaks of."""
    algoritme, waarde = declared(body)
    total = checksum(algoritme, waarde, spool.chunks())
    return Stored(
        key=f"{document}/{uuid7()}",
        size=spool.size,
        sha256=spool.sha256,
        kind=real_type(spool.head),
        sums={algoritme: total} if total else {},
    )
