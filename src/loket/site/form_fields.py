"""How the admin asks for what a form of Django has no field for: lists, secrets, a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from loket.grammar.shapes import Many
from loket.grammar.words import Choice, Secret, Text
from loket.registers.beheer.logo import LARGEST, PNG, SVG, inlined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.words import Word


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """Show each text on its own line; what was typed is shown as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class Several(forms.MultipleChoiceField):
    """A list of choices, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is offered, without regard to order."""
        before = {str(each) for each in initial or () if self.valid_value(str(each))}
        return before != {str(each) for each in data or ()}


class SecretField(forms.CharField):
    """A secret: never filled in, and left as it is when left empty."""

    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Only what was typed is a change."""
        del initial
        return bool(data)


class _Shown:
    """A logo that is there, in the form in which Django's widget shows a file."""

    def __init__(self, uri: str) -> None:
        self.url = uri

    def __str__(self) -> str:
        return "huidig logo"


class _LogoInput(forms.ClearableFileInput):
    template_name = "beheer/logo.html"

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, str) and bool(value)

    def format_value(self, value: Any) -> Any:
        return _Shown(value) if self.is_initial(value) else None


class LogoField(forms.FileField):
    """A file that becomes a data URI."""

    widget = _LogoInput(attrs={"accept": f"{PNG},{SVG}"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the data URI, empty when the logo is taken away; the register looks inside."""
        cleaned = super().clean(data, initial)
        if cleaned in (False, None):
            return ""
        if isinstance(cleaned, str):
            return cleaned
        content = cleaned.read(LARGEST + 1)
        return inlined(PNG if content.startswith(b"\x89PNG") else SVG, content)


def field_for(word: Word, label: str, *, adding: bool) -> forms.Field | None:
    """Return the form field of a word that needs one of its own, or None."""
    options: dict[str, Any] = {"label": label, "required": not word.optional}
    if isinstance(word, Secret):
        options["required"] = adding and not word.optional
        if not adding:
            options["help_text"] = "Laat leeg om het geheim te houden zoals het is."
        return SecretField(max_length=word.max, **options)
    if isinstance(word, Many) and isinstance(word.of, Choice):
        choices: Sequence[Any] = word.of.of.choices
        return Several(choices=choices, **options)
    if isinstance(word, Many) and isinstance(word.of, Text):
        return Lines(help_text="Eén per regel.", **options)
    return None
