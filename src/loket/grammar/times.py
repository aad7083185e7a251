"""Words for days, moments and lengths of time, all in ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import isodate
from django.db import models

from loket.grammar.words import Word, as_text
from loket.kernel.problems import InvalidValue

_DURATION: Final = re.compile(
    r"-?P(?=[\dT])(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?"
    r"(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?",
    re.ASCII,
)


@dataclass(eq=False)
class Day(Word):
    """A date, ISO 8601."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as date."""
        return {self.name: models.DateField(self.doc, null=self.nullable, blank=self.optional)}

    def value(self, raw: Any) -> date:
        """Accept exactly YYYY-MM-DD."""
        try:
            if isinstance(raw, str) and len(raw) == 10:
                return date.fromisoformat(raw)
        except ValueError:
            pass
        raise InvalidValue("invalid", "De datum heeft niet de vorm JJJJ-MM-DD.")

    def plain(self, value: Any) -> Any:
        """Write it as ISO 8601."""
        return value and value.isoformat()

    def schema(self) -> dict[str, Any]:
        """Describe it as a date."""
        return {"type": "string", "format": "date"}


@dataclass(eq=False)
class Moment(Word):
    """A date and time with zone, ISO 8601; without a zone it is UTC."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as timestamptz."""
        return {self.name: models.DateTimeField(self.doc, null=self.nullable, blank=self.optional)}

    def value(self, raw: Any) -> datetime:
        """Accept a date and a time."""
        try:
            if isinstance(raw, str) and len(raw) > 10:
                moment = datetime.fromisoformat(raw)
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise InvalidValue("invalid", "De datum en tijd heeft niet de vorm van ISO 8601.")

    def plain(self, value: Any) -> Any:
        """Write it as ISO 8601."""
        return value and value.isoformat()

    def schema(self) -> dict[str, Any]:
        """Describe it as a date-time."""
        return {"type": "string", "format": "date-time"}


@dataclass(eq=False)
class Duration(Word):
    """A length of time, ISO 8601 (P30D, P1Y6M); kept as written, so nothing is lost."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the text."""
        return {
            self.name: models.CharField(
                self.doc, max_length=40, null=self.nullable, blank=self.optional
            )
        }

    def value(self, raw: Any) -> str:
        """Accept ISO 8601 durations with designators."""
        text = as_text(raw)
        try:
            if _DURATION.fullmatch(text):
                isodate.parse_duration(text)
                return text
        except (isodate.ISO8601Error, OverflowError):
            pass
        raise InvalidValue("invalid", "De tijdsduur heeft niet de vorm van ISO 8601, zoals P30D.")

    def schema(self) -> dict[str, Any]:
        """Describe it as a duration."""
        return {"type": "string", "format": "duration"}
