"""The fields of a form.io form as fields of Django: what may be typed, and what it means.

What is typed here becomes the JSON that the register holds to the form. A kind that is not known
is a text: nobody gets stuck on it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _

from loket.channels.portaal import taakvormen as vormen
from loket.channels.portaal.taakvormen import LONG, MIS, SHORT, Gekeurd, Getal, Regels
from loket.registers.taken.formulier import is_required

if TYPE_CHECKING:
    from collections.abc import Callable

Component = dict[str, Any]

_DAGEN: Final = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y")
_MOMENTEN: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M")


def keuzes(component: Component) -> list[tuple[Any, str]]:
    """Return the choices of a field: the value and what it is called."""
    data = component.get("data")
    listed = component.get("values") or (data.get("values") if isinstance(data, dict) else None)
    found = []
    for each in listed if isinstance(listed, list) else ():
        value = each.get("value") if isinstance(each, dict) else each
        label = each.get("label") if isinstance(each, dict) else each
        found.append((value, str(label or value)))
    return found


def veld(component: Component) -> forms.Field:
    """Return the field for a component; without choices a choice is a text."""
    kind = component["type"]
    if kind in ("radio", "select", "selectboxes"):
        return _keuze(component) if keuzes(component) else _tekst(component)
    made = _KINDS.get(kind, _lang)(component)
    if component.get("multiple") is True and kind != "checkbox":
        return Regels(made, **_base(component))
    return made


def als_json(component: Component, cleaned: Any) -> Any:
    """Return what was typed as the form holds it; None when it was left open."""
    if component["type"] == "selectboxes" and keuzes(component):
        return {str(value): str(value) in cleaned for value, _label in keuzes(component)}
    if isinstance(cleaned, list):
        known = {str(value): value for value, _label in keuzes(component)}
        return [known.get(each, _plain(each)) for each in cleaned] or None
    if keuzes(component) and isinstance(cleaned, str):
        return {str(value): value for value, _label in keuzes(component)}.get(cleaned)
    return _plain(cleaned)


def begin(component: Component, value: Any) -> Any:
    """Return what is filled in beforehand as its field shows it."""
    if component["type"] == "selectboxes":
        chosen = value if isinstance(value, dict) else {}
        return [str(key) for key, on in chosen.items() if on is True]
    if isinstance(value, list):
        shown = [str(each) for each in value]
        return shown if keuzes(component) else "\n".join(shown)
    if component["type"] in ("date", "datetime", "time") and isinstance(value, str):
        longest = {"date": 10, "datetime": 16, "time": 5}[component["type"]]
        return value[:longest]
    return value if isinstance(value, str | int | float) else None


def _plain(cleaned: Any) -> Any:
    if isinstance(cleaned, Decimal):
        return int(cleaned) if cleaned == cleaned.to_integral_value() else float(cleaned)
    if isinstance(cleaned, datetime):
        return cleaned.isoformat(timespec="minutes")
    if isinstance(cleaned, date | time):
        return cleaned.isoformat()
    return None if cleaned == "" else cleaned


def _base(component: Component, missing: str = "required") -> dict[str, Any]:
    return {
        "label": str(component.get("label") or component["key"]),
        "help_text": str(component.get("description") or component.get("tooltip") or ""),
        "required": is_required(component),
        "error_messages": {"required": MIS[missing]},
    }


def _number_in(component: Component, name: str) -> Any:
    found = (component.get("validate") or {}).get(name)
    with suppress(ArithmeticError, ValueError):
        return Decimal(str(found)) if found not in (None, "") else None
    return None


def _tekst(component: Component, **more: Any) -> forms.CharField:
    longest = _number_in(component, "maxLength")
    shortest = _number_in(component, "minLength")
    options = {
        **_base(component),
        "max_length": int(longest) if longest and longest > 0 else SHORT,
        "min_length": int(shortest) if shortest and shortest > 0 else None,
        "validators": _vorm(component),
        **more,
    }
    return forms.CharField(**options)


def _vorm(component: Component) -> list[Callable[[Any], None]]:
    pattern = (component.get("validate") or {}).get("pattern")
    if not isinstance(pattern, str) or not pattern:
        return []
    try:
        shape = re.compile(f"^(?:{pattern})$")
    except re.error:
        return []
    return [RegexValidator(shape, MIS["vorm"])]


def _lang(component: Component) -> forms.CharField:
    made = _tekst(component, widget=forms.Textarea(attrs={"rows": 5}))
    if _number_in(component, "maxLength") is None:
        made = _tekst(component, max_length=LONG, widget=forms.Textarea(attrs={"rows": 5}))
    return made


def _getal(component: Component) -> forms.DecimalField:
    places = component.get("decimalLimit")
    base = _base(component)
    base["error_messages"] |= {"invalid": MIS["getal"]}
    return Getal(
        min_value=_number_in(component, "min"),
        max_value=_number_in(component, "max"),
        decimal_places=places if isinstance(places, int) and places >= 0 else 6,
        max_digits=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **base,
    )


def _email(component: Component) -> forms.EmailField:
    base = _base(component)
    base["error_messages"] |= {"invalid": MIS["email"]}
    made = forms.EmailField(**base)
    made.widget.attrs["autocomplete"] = "email"
    made.validators = [_zeg(each, MIS["email"]) for each in made.validators]
    return made


def _zeg(check: Callable[[Any], Any], message: Any) -> Callable[[Any], None]:
    """Return a check that says what we say when it refuses."""

    def checked(value: Any) -> None:
        try:
            check(value)
        except ValidationError as refused:
            if refused.code == "max_length":
                raise
            raise ValidationError(message, code="invalid") from None

    return checked


def _dag(component: Component) -> forms.DateField:
    base = _base(component)
    base["error_messages"] |= {"invalid": MIS["dag"]}
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=_DAGEN, widget=widget, **base)


def _moment(component: Component) -> forms.DateTimeField:
    base = _base(component)
    base["error_messages"] |= {"invalid": MIS["moment"]}
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(input_formats=_MOMENTEN, widget=widget, **base)


def _tijd(component: Component) -> forms.TimeField:
    base = _base(component)
    base["error_messages"] |= {"invalid": MIS["tijd"]}
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **base)


def _vinkje(component: Component) -> forms.BooleanField:
    return forms.BooleanField(**_base(component, "vinkje"))


def _keuze(component: Component) -> forms.Field:
    listed = [(str(value), label) for value, label in keuzes(component)]
    base = _base(component, "keuze")
    base["error_messages"] |= {"invalid_choice": MIS["keuze"], "invalid_list": MIS["keuze"]}
    if component["type"] == "selectboxes" or component.get("multiple") is True:
        return forms.MultipleChoiceField(
            choices=listed, widget=forms.CheckboxSelectMultiple, **base
        )
    if component["type"] == "radio":
        return forms.ChoiceField(choices=listed, widget=forms.RadioSelect, **base)
    return forms.ChoiceField(choices=[("", _("Maak een keuze")), *listed], **base)


def _met(check: Callable[[str], str], message: str, **attrs: str) -> Callable[..., forms.Field]:
    """Return the maker of a text that is checked, and written as we keep it."""

    def made(component: Component) -> forms.Field:
        field = Gekeurd(check, message, **_base(component))
        field.widget.attrs |= attrs
        return field

    return made


_KINDS: Final[dict[str, Callable[..., forms.Field]]] = {
    "bsn": _met(vormen.bsn, "bsn", inputmode="numeric", autocomplete="off"),
    "checkbox": _vinkje,
    "currency": _getal,
    "date": _dag,
    "datetime": _moment,
    "email": _email,
    "iban": _met(vormen.iban, "iban", autocomplete="off"),
    "number": _getal,
    "phoneNumber": _met(vormen.telefoon, "telefoon", type="tel", autocomplete="tel"),
    "postcode": _met(vormen.postcode, "postcode", autocomplete="postal-code"),
    "textarea": _lang,
    "textfield": _tekst,
    "time": _tijd,
}
BEKEND: Final = (*_KINDS, "radio", "select", "selectboxes", "file")
"""The kinds of field that are known; another one is a text with a remark."""
