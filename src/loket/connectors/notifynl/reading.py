"""From NotifyNL's words to ours; whatever cannot be understood is a ValueError."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from loket.connectors.notifynl.values import Delivery, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_REFERENCE = 1000


def delivery(told: Any) -> Delivery:
    """Read the data of one message, or a receipt of its delivery, which name the same things."""
    fields = named(told)
    return Delivery(
        id=identity(fields, "id"),
        reference=reference(fields),
        status=_status(fields),
        completed_at=_moment(fields, "completed_at"),
        sent_at=_moment(fields, "sent_at"),
    )


def deliveries(told: Any) -> list[Delivery]:
    """Read the data of several messages."""
    return [delivery(each) for each in listed(told)]


def news(told: Any) -> Delivery:
    """Read what NotifyNL calls us for: a receipt of a delivery, or a letter that came back."""
    return _returned(told) if "date_sent" in named(told) else delivery(told)


def _returned(told: dict[str, Any]) -> Delivery:
    return Delivery(
        id=identity(told, "notification_id"),
        reference=reference(told),
        status=Status.RETURNED,
        sent_at=_moment(told, "date_sent"),
    )


def named(told: Any) -> dict[str, Any]:
    """Return what has names, and nothing else."""
    if not isinstance(told, dict):
        raise ValueError("There are no names.")  # noqa: TRY004 - one kind, to be caught as one
    return cast("dict[str, Any]", told)


def listed(told: Any) -> Sequence[Any]:
    """Return a list, and nothing else."""
    if not isinstance(told, list):
        raise ValueError("There is no list.")  # noqa: TRY004 - idem
    return cast("Sequence[Any]", told)


def identity(told: dict[str, Any], name: str) -> UUID:
    """Read the id of a message."""
    return UUID(_text(told, name))


def reference(told: dict[str, Any]) -> str | None:
    """Read the reference that we gave, if we gave one."""
    if told.get("reference") is None:
        return None
    given = _text(told, "reference")
    if len(given) > _LONGEST_REFERENCE or "\0" in given:
        raise ValueError("The reference is not one of ours.")
    return given


def _status(told: dict[str, Any]) -> Status:
    said = _text(told, "status")
    try:
        return Status(said)
    except ValueError:
        return Status.UNKNOWN


def _moment(told: dict[str, Any], name: str) -> datetime | None:
    """Read a moment, which is in UTC where it does not say so."""
    if told.get(name) is None:
        return None
    moment = datetime.fromisoformat(_text(told, name))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise ValueError(f"There is no {name}.")  # noqa: TRY004 - idem
    return value
