"""The parts of the page of a task, and how the layout of its form leads to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

    from loket.services.mijnservices.meesturen import Bijlage

_BLOCKS: Final = ("p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr")
_TAGS: Final = {"utrecht-textarea": "textarea", "utrecht-textbox": "input"}


@dataclass(frozen=True)
class Voorwaarde:
    """When a part is asked for: at this answer to another field, or at any other than this."""

    naam: str
    antwoord: str
    toon: bool


@dataclass
class Deel:
    """A part of the page: a field, a place for files, words, or a group of parts."""

    soort: str
    label: str = ""
    veld: BoundField | None = None
    opmerkingen: tuple[str, ...] = ()
    regels: tuple[str, ...] = ()
    delen: tuple[Deel, ...] = ()
    naam: str = ""
    sleutel: str = ""
    hulp: str = ""
    verplicht: bool = False
    meer: bool = True
    accept: str = ""
    als: Voorwaarde | None = None
    bijlagen: tuple[Bijlage, ...] = ()
    fouten: list[str] = field(default_factory=list)

    @property
    def opties(self) -> bool:
        """Tell whether it is a group of choices, which together have one name."""
        widget = self.veld.field.widget if self.veld else None
        return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def vakje(self) -> bool:
        """Tell whether it is one box to tick."""
        return self.veld is not None and isinstance(self.veld.field.widget, forms.CheckboxInput)

    @property
    def doel(self) -> str:
        """Where a link to the field leads."""
        return f"{self.naam}_0" if self.opties else self.naam

    @property
    def mis(self) -> list[str]:
        """What is amiss with it."""
        return [str(each) for each in (self.veld.errors if self.veld else self.fouten)]

    @property
    def beschreven(self) -> str:
        """The ids of what is said about the field."""
        told = {"hulp": self.uitleg or self.opmerkingen, "fout": self.mis}
        return " ".join(f"{self.naam}-{name}" for name, words in told.items() if words)

    @property
    def uitleg(self) -> str:
        """What the form says about the field."""
        return str(self.veld.help_text) if self.veld else self.hulp

    @property
    def invoer(self) -> str:
        """The field itself."""
        if self.veld is None:
            return ""
        widget = self.veld.field.widget
        kind = "utrecht-textarea" if isinstance(widget, forms.Textarea) else "utrecht-textbox"
        attrs = {"class": "loket-vakje" if self.vakje else f"{kind} {kind}--html-{_TAGS[kind]}"}
        if self.mis:
            attrs["class"] += "" if self.vakje else f" {kind}--invalid"
            attrs["aria-invalid"] = "true"
        return self.veld.as_widget(attrs={**attrs, "aria-describedby": self.beschreven or False})


@dataclass(frozen=True)
class Fout:
    """One thing that is amiss: of which field, and where that is on the page."""

    doel: str
    label: str
    tekst: str


def title(component: dict[str, Any]) -> str:
    """Return what stands above a group; empty where it is only layout."""
    shown = component.get("legend") or component.get("title")
    if shown is None and component.get("type") in ("fieldset", "panel"):
        shown = component.get("label")
    return "" if component.get("hideHeader") is True else str(shown or "")


def inside(component: dict[str, Any]) -> Iterator[Any]:
    """Yield the lists of parts inside what is only layout."""
    yield component.get("components")
    rows = component.get("rows")
    for cells in (component.get("columns"), *(rows if isinstance(rows, list) else ())):
        for each in cells if isinstance(cells, list) else ():
            if isinstance(each, dict):
                yield each.get("components")


def flat(parts: tuple[Deel, ...]) -> Iterator[Deel]:
    """Yield parts and those inside them, in the order of the page."""
    for each in parts:
        yield each
        yield from flat(each.delen)


class _Words(HTMLParser):
    """The words of a piece of HTML, and nothing else of it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._mute = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Begin a new line with a block."""
        del attrs
        self._mute += tag in ("script", "style")
        self.text += "\n" if tag in _BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        """End the line with the block."""
        self._mute -= tag in ("script", "style")
        self.text += "\n" if tag in _BLOCKS else ""

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += "" if self._mute > 0 else data


def words(html: str) -> tuple[str, ...]:
    """Return the lines of text of a piece of HTML."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return tuple(line for each in parser.text.splitlines() if (line := " ".join(each.split())))
