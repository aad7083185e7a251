"""CloudEvent of somebody else (CloudEvents 1.0, NL GOV profile), handed to whoever subscribed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models

from loket.grammar import field
from loket.grammar.codec import decode
from loket.grammar.reading import Query
from loket.grammar.record import Record, written
from loket.grammar.resource import Command, Resource
from loket.kernel.problems import Fault, Invalid, Malformed
from loket.ledger.database import one
from loket.registers.notificaties.bewaking import bsn_faults
from loket.registers.notificaties.register import NOTIFICATIES, PUBLICEREN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from loket.grammar.change import Change
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

Json = dict[str, Any]

MEDIA: Final = "application/cloudevents+json"
LARGEST: Final = 64 * 1024
"""Bytes of the largest event that every link of a chain has to pass on (CloudEvents 1.0)."""

_ATTRIBUTE: Final = re.compile(r"[a-z0-9]{1,20}")
_ADDED: Final = "extensies"
_KNOWN = "SELECT id FROM notificaties_cloudevent WHERE source = %s AND event_id = %s"


class Specversion(models.TextChoices):
    """Een versie van CloudEvents."""

    V1_0 = "1.0", "CloudEvents 1.0"


class Cloudevent(Record):
    """Dat er ergens iets gebeurde, verteld als CloudEvent."""

    event_id = field.text("Waaraan de bron de gebeurtenis kent.", 255, wire="id")
    source = field.text("De bron: een URN of adres.", 500, pattern=r"[!-~]+")
    specversion = field.choice(Specversion, "De versie van CloudEvents.")
    type = field.text("Wat voor gebeurtenis het is.", 255)
    subject = field.text("Waarover het gaat.", 255, optional=True)
    time = field.moment("Wanneer het gebeurde.", optional=True)
    dataschema = field.text(
        "Het adres van het schema van de gegevens.", 1000, pattern=r"[!-~]+", optional=True
    )
    datacontenttype = field.text("Het mediatype van de gegevens.", 255, optional=True)
    dataref = field.text(
        "Het adres waar de gegevens staan.", 1000, pattern=r"[!-~]+", optional=True
    )
    data = field.free("De gegevens.", optional=True, nullable=True, loose=True)
    extensies = field.free("De eigenschappen die de bron toevoegt.", optional=True)

    class Meta:
        verbose_name_plural = "cloudevents"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "event_id"], name="cloudevent_source_id")
        ]

    def __str__(self) -> str:
        return str(self.type)


def noemt_geen_bsn(cloudevent: Cloudevent, change: Change) -> Sequence[Fault]:
    """Let no BSN go over the bus, wherever it stands."""
    del cloudevent
    added = change.sent.get(_ADDED) or {}
    own = {name: value for name, value in change.sent.items() if name != _ADDED}
    return bsn_faults({**own, **added})


cloudevents = Resource(
    NOTIFICATIES,
    "cloudevents",
    Cloudevent,
    verbs=("list", "retrieve"),
    filters=["source", "type", "subject"],
    checks=[noemt_geen_bsn],
    unique={"cloudevent_source_id": ("id", "unique")},
    scopes={"create": PUBLICEREN},
)


def neem_aan(actor: Actor, call: Call) -> Json:
    """Take an event in, once: what comes again is answered as it was the first time; Invalid."""
    body = apart(call.body)
    key = _known(body)
    if key is None:
        try:
            made = cloudevents.create(actor, body, call)
        except Invalid as problem:
            key = _known(body) if ("id", "unique") in _codes(problem) else None
            if key is None:
                raise
        else:
            return whole(decode(made.shown(call.base)))
    return whole(decode(cloudevents.get(actor, key, Query(call.base, trace=call.trace))))


def whole(shown: Json) -> Json:
    """Return an event as its source sent it, given how the register shows it."""
    own = {
        name: value
        for name, value in shown.items()
        if name not in ("url", "uuid", _ADDED) and value not in (None, "")
    }
    return {**own, **(shown.get(_ADDED) or {})}


def apart(body: Any) -> Json:
    """Put what a source added apart from what every event has; Malformed, Invalid."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    if len(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")) > LARGEST:
        reason = "Een CloudEvent is hoogstens 64 KiB; verwijs met dataref naar wat groter is."
        raise Invalid([Fault("nonFieldErrors", "max_length", reason)])
    given = {name: value for name, value in body.items() if value is not None}
    own = {word.wire for word in written(Cloudevent)} - {_ADDED}
    added = {name: value for name, value in given.items() if name not in own}
    faults = list(_strange(added))
    if faults:
        raise Invalid(faults)
    return {name: given[name] for name in given if name in own} | {_ADDED: added}


def _strange(added: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is amiss with what a source added."""
    for name, value in added.items():
        if name == "data_base64":
            yield Fault(name, "invalid", "Stuur de gegevens als JSON (data) of verwijs (dataref).")
        elif not _ATTRIBUTE.fullmatch(name):
            yield Fault(name, "invalid", "Een eigenschap heet met kleine letters en cijfers.")
        elif not isinstance(value, str | bool | int):
            yield Fault(
                name, "invalid", "Hier hoort een tekst, een geheel getal, of true of false."
            )


def _codes(problem: Invalid) -> set[tuple[str, str]]:
    return {(fault.name, fault.code) for fault in problem.faults}


def _known(body: Json) -> UUID | None:
    """Return the key of an event that came before; None when there is none."""
    source, event_id = body.get("source"), body.get("id")
    if not isinstance(source, str) or not isinstance(event_id, str) or "\x00" in source + event_id:
        return None
    row = one(_KNOWN, (source.strip(), event_id.strip()))
    return row[0] if row else None


_SCHEMA: Json = {
    "type": "object",
    "required": ["id", "source", "specversion", "type"],
    "properties": {
        word.wire: word.described() for word in written(Cloudevent) if word.wire != _ADDED
    },
    "additionalProperties": {
        "oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "integer"}],
        "description": "Een eigenschap die de bron toevoegt.",
    },
}

Command(
    NOTIFICATIES,
    "cloudevents",
    neem_aan,
    PUBLICEREN,
    "Publiceer een CloudEvent (structured mode); hetzelfde nog eens verandert niets.",
    request=_SCHEMA,
    response=_SCHEMA,
    success=201,
    media=(MEDIA,),
    produces=MEDIA,
)
