"""Shapes of what is typed in the form of a task: numbers, postcodes, accounts, several lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn as checked_bsn
from loket.registers.taken.details import iban as checked_iban

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, LONG = 1_000, 20_000
"""How many characters a line and a text may have when the form does not say."""

_POSTCODE: Final = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")
_TELEFOON: Final = re.compile(r"\+?[0-9][0-9 ()/-]{7,18}")

MIS: Final = {
    "required": gettext_lazy("Vul dit in."),
    "keuze": gettext_lazy("Maak een keuze."),
    "vinkje": gettext_lazy("Zet hier een vinkje."),
    "getal": gettext_lazy("Vul een getal in, zoals 12,50."),
    "email": gettext_lazy("Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
    "dag": gettext_lazy("Vul een datum in, zoals 31-12-2026."),
    "moment": gettext_lazy("Vul een datum en een tijd in, zoals 31-12-2026 14:30."),
    "tijd": gettext_lazy("Vul een tijd in, zoals 14:30."),
    "postcode": gettext_lazy("Vul een postcode in, zoals 1234 AB."),
    "telefoon": gettext_lazy("Vul een telefoonnummer in, zoals 06 12345678."),
    "iban": gettext_lazy("Vul een IBAN in, zoals NL02ABNA0123456789."),
    "bsn": gettext_lazy("Vul een burgerservicenummer van 9 cijfers in."),
    "vorm": gettext_lazy("Dit heeft niet de vorm die wij vragen."),
}


class Getal(forms.DecimalField):
    """A number as somebody writes it: a comma or a point before the cents, euro signs left out."""

    def to_python(self, value: Any) -> Any:
        """Read it."""
        text = re.sub(r"[\s€]", "", str(value or ""))
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        return super().to_python(text)


class Gekeurd(forms.CharField):
    """A text of a known shape."""

    def __init__(self, check: Callable[[str], str], message: str, **options: Any) -> None:
        super().__init__(max_length=SHORT, **options)
        self._check = check
        self._message = message

    def clean(self, value: Any) -> str:
        """Hold it to its shape."""
        text = str(super().clean(value))
        try:
            return self._check(text) if text else ""
        except ValueError as refused:
            raise ValidationError(MIS[self._message], code="invalid") from refused


class Regels(forms.CharField):
    """Several answers, each on a line of its own."""

    def __init__(self, each: forms.Field, **options: Any) -> None:
        options["help_text"] = " ".join(
            filter(None, [options["help_text"], _("Zet elk antwoord op een eigen regel.")])
        )
        super().__init__(max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **options)
        self._each = each

    def clean(self, value: Any) -> Any:
        """Hold each line to what one answer must be."""
        text = super().clean(value)
        return [self._each.clean(line) for line in text.splitlines() if line.strip()]


def _matched(shape: re.Pattern[str], text: str) -> re.Match[str]:
    found = shape.fullmatch(text)
    if found is None:
        raise InvalidValue("invalid", "Dit heeft niet de goede vorm.")
    return found


def postcode(text: str) -> str:
    """Read a Dutch postcode."""
    cijfers, letters = _matched(_POSTCODE, text).groups()
    return f"{cijfers} {letters.upper()}"


def telefoon(text: str) -> str:
    """Read a telephone number, of whatever country."""
    return _matched(_TELEFOON, text).group()


def iban(text: str) -> str:
    """Read an IBAN, written in groups or not."""
    packed = re.sub(r"\s", "", text).upper()
    return checked_iban(_matched(re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"), packed).group())


def bsn(text: str) -> str:
    """Read a BSN, written with points or not."""
    return checked_bsn(re.sub(r"[\s.]", "", text))
