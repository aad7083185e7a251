"""Ways to fill in what Django has no field for: a length of time, and one value a line."""

from __future__ import annotations

from typing import Any

from django import forms

from loket.registers.catalogi.termijnen import parts

UNITS = {"Y": "jaar", "M": "maanden", "W": "weken", "D": "dagen"}
LARGEST = 999_999


class DurationWidget(forms.MultiWidget):
    """Four numbers beside each other: years, months, weeks and days."""

    template_name = "typen/duur.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(
            {
                unit: forms.NumberInput(attrs={"min": 0, "max": LARGEST, "inputmode": "numeric"})
                for unit in UNITS
            }
        )

    def decompress(self, value: Any) -> list[int | None]:
        """Take a duration apart."""
        found = parts(value) or {}
        return [found.get(unit) for unit in UNITS]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Put the unit behind each number, as its label."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for inner, unit in zip(context["widget"]["subwidgets"], UNITS.values(), strict=True):
            inner["unit"] = unit
        return context


class DurationField(forms.MultiValueField):
    """A length of time in numbers that people know; ISO 8601 to the house."""

    widget = DurationWidget

    def __init__(self, **options: Any) -> None:
        numbers = [
            forms.IntegerField(min_value=0, max_value=LARGEST, required=False) for _ in UNITS
        ]
        super().__init__(numbers, require_all_fields=False, **options)

    def compress(self, data_list: list[int | None]) -> str | None:
        """Put a duration together; nothing filled in is none."""
        given = {unit: n for unit, n in zip(UNITS, data_list, strict=False) if n is not None}
        if not given:
            return None
        return "P" + "".join(f"{number}{unit}" for unit, number in given.items())


class LinesField(forms.CharField):
    """A list of values, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show one value a line."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the values that are filled in."""
        text = super().clean(value)
        return [line.strip() for line in str(text).splitlines() if line.strip()]


def day_field() -> forms.DateField:
    """Make a field for a date, with the calendar of the browser."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
