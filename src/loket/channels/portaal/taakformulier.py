"""The form of a task on the page: its parts in their order, what was typed and what is amiss.

The form comes from who issued the task and is described as form.io does; no HTML of it reaches
the page.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from loket.channels.portaal import taakvelden
from loket.channels.portaal.taakdelen import Deel, Fout, Voorwaarde, flat, inside, title, words
from loket.registers.taken.formulier import ROUND_OTHERS, fields, is_required, value_of
from loket.services.mijnservices import bestandsoorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from loket.services.mijnservices.taken_doen import Werk

Component = dict[str, Any]
PREFIX: Final = "veld"
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+")
_BESTAND: Final = "file"


class _Vragen(forms.Form):
    """The fields of a form; one that is not finished yet is not held to anything."""

    check = True

    def full_clean(self) -> None:
        """Hold what was typed to the fields, when somebody says that it is finished."""
        if self.check:
            super().full_clean()
            return
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()


class Formulier:
    """The form of one task, empty or with what was typed."""

    def __init__(self, werk: Werk, typed: QueryDict | None = None, *, check: bool = True) -> None:
        """Begin with what was typed; without `check` nothing is said of it yet."""
        self._werk = werk
        found = fields(werk.definitie.get("components"))
        shown = [each for each in found if each["type"] != _BESTAND and not each.get("hidden")]
        self._names = {each["key"]: _name(nr, each) for nr, each in enumerate(shown)}
        self._shown = {each["key"]: each for each in shown}
        made = {self._names[key]: taakvelden.veld(each) for key, each in self._shown.items()}
        self.form = type("Vragen", (_Vragen,), {**made, "check": check})(
            data=typed, prefix=PREFIX, initial=self._initial(), auto_id="%s", label_suffix=""
        )

    def _initial(self) -> dict[str, Any]:
        """Return what is filled in already: what came before, or else what the house knew."""
        details = self._werk.taak.details
        before = [details.get(each) or {} for each in ("ontvangenGegevens", "voorinvullenGegevens")]
        made = {}
        for key, component in self._shown.items():
            known = (value_of(each, key) for each in before)
            standard = component.get("defaultValue")
            value = next((each for each in known if each is not None), standard)
            made[self._names[key]] = taakvelden.begin(component, value)
        return made

    @cached_property
    def delen(self) -> tuple[Deel, ...]:
        """The parts of the page, in their order."""
        return tuple(self._parts(self._werk.definitie.get("components")))

    @cached_property
    def heeft_bestanden(self) -> bool:
        """Tell whether files are asked for, and can be sent."""
        return self._werk.kan_meesturen and bool(self._werk.bestandsvelden)

    def geldig(self) -> bool:
        """Tell whether all is filled in as the form asks."""
        fits = bool(self.form.is_valid())
        for part in self.plaatsen():
            if part.verplicht and not part.bijlagen:
                part.fouten.append(_("Voeg een bestand toe."))
                fits = False
        return fits

    def gegevens(self) -> dict[str, Any]:
        """Return what was typed as the register takes it, and what the house filled in unseen."""
        found: dict[str, Any] = {}
        for each in fields(self._werk.definitie.get("components")):
            key = each["key"]
            if key in self._shown:
                cleaned = self.form.cleaned_data.get(self._names[key])
                value = taakvelden.als_json(each, cleaned)
            elif each["type"] != _BESTAND:
                value = value_of(self._werk.taak.details.get("voorinvullenGegevens") or {}, key)
            else:
                continue
            if value is not None:
                _put(found, key, value)
        return found

    def plaatsen(self) -> Iterator[Deel]:
        """Yield the places for files."""
        return (each for each in flat(self.delen) if each.soort == "bestand")

    def fouten(self) -> list[Fout]:
        """Return all that is amiss, in the order of the page."""
        found = []
        for part in flat(self.delen):
            found += [Fout(part.doel, part.label, text) for text in part.mis]
        return found

    def weiger(self, sleutel: str, text: str) -> bool:
        """Say on a field what the register had against it; False when it is not on the page."""
        if sleutel in self._names:
            self.form.add_error(self._names[sleutel], text)
            return True
        place = next((each for each in self.plaatsen() if each.sleutel == sleutel), None)
        if place:
            place.fouten.append(text)
        return place is not None

    def antwoorden(self) -> list[tuple[str, list[str]]]:
        """Return each question that has an answer, or could have had one, with the answer."""
        return [(part.label, list(self._answer(part))) for part in flat(self.delen)
                if part.soort in ("veld", "bestand")]  # fmt: skip

    def _answer(self, part: Deel) -> Iterator[str]:
        if part.veld is None:
            yield from (each.document.bestandsnaam for each in part.bijlagen)
            return
        value = part.veld.value()
        component = self._shown[part.sleutel]
        if component["type"] == "bsn" and value and not self.form.is_bound:
            yield f"••••••{str(value)[-3:]}"  # what was sent needs no showing again
            return
        if component["type"] == "checkbox":
            yield _("Ja") if value else _("Nee")
            return
        known = {str(each): label for each, label in taakvelden.keuzes(component)}
        text = "" if value is None else str(value)
        values = value if isinstance(value, list) else text.splitlines()
        yield from (known.get(str(each), str(each)) for each in values if str(each).strip())

    def verborgen(self) -> list[tuple[str, str]]:
        """Return what was typed as hidden fields, for the page on which it is checked."""
        found = []
        for bound in self.form:
            value = bound.data
            values = value if isinstance(value, list) else [value]
            found += [(bound.html_name, str(each)) for each in values if each not in (None, False)]
        return found

    def _parts(self, components: Any) -> Iterator[Deel]:
        for each in components if isinstance(components, list) else ():
            if not isinstance(each, dict) or each.get("hidden"):
                continue
            kind, key = each.get("type"), each.get("key")
            if kind in ROUND_OTHERS:
                below = tuple(self._inside(each))
                if below:
                    yield Deel("groep", title(each), delen=below, als=self._als(each))
            elif kind in ("content", "htmlelement"):
                html = each.get("html") or each.get("content") or ""
                yield Deel("tekst", regels=words(str(html)))
            elif kind == _BESTAND and key in self._werk.bestandsvelden:
                yield self._place(each)
            elif isinstance(key, str) and key in self._shown:
                bound = self.form[self._names[key]]
                yield Deel(
                    "veld", str(bound.label), bound, tuple(self._remarks(each)),
                    naam=bound.html_name, sleutel=key, verplicht=bound.field.required,
                    als=self._als(each),
                )  # fmt: skip

    def _inside(self, component: Component) -> Iterator[Deel]:
        return (part for below in inside(component) for part in self._parts(below))

    def _place(self, component: Component) -> Deel:
        key = component["key"]
        waar = self._werk.plek
        soorten = waar.toegelaten.soorten if waar else ()
        kinds = bestandsoorten.passend(soorten, str(component.get("filePattern") or ""))
        return Deel(
            "bestand", str(component.get("label") or key), naam=f"bestand-{key}", sleutel=key,
            opmerkingen=tuple(self._remarks(component)),
            hulp=str(component.get("description") or ""),
            verplicht=is_required(component), meer=component.get("multiple") is True,
            als=self._als(component), accept=bestandsoorten.accept(kinds),
            bijlagen=waar.van_veld(key) if waar else (),
        )  # fmt: skip

    def _als(self, component: Component) -> Voorwaarde | None:
        """Return when a part is asked for, where that hangs on one field of the page."""
        when = component.get("conditional")
        other = str(when.get("when")) if isinstance(when, dict) else ""
        if not isinstance(when, dict) or other not in self._shown:
            return None
        name = self.form[self._names[other]].html_name
        answer = str(when.get("eq"))
        if self._shown[other]["type"] == "checkbox":
            answer = answer.lower()
        return Voorwaarde(name, answer, toon=str(when.get("show")).lower() == "true")

    def _remarks(self, component: Component) -> Iterator[str]:
        """Yield what somebody has to know who sees all the fields at once."""
        if als := self._als(component):
            asked = self._shown[str(component["conditional"]["when"])]
            names = {str(each): label for each, label in taakvelden.keuzes(asked)}
            names |= {"true": _("Ja"), "false": _("Nee")}
            told = {"vraag": asked.get("label"), "antwoord": names.get(als.antwoord, als.antwoord)}
            if als.toon:
                yield _("Alleen nodig als u bij “%(vraag)s” kiest voor “%(antwoord)s”.") % told
            else:
                yield _("Niet nodig als u bij “%(vraag)s” kiest voor “%(antwoord)s”.") % told
        if component["type"] not in taakvelden.BEKEND:
            yield _("Schrijf uw antwoord in uw eigen woorden. Lukt dat niet? Bel ons dan.")


def _name(nr: int, component: Component) -> str:
    key = str(component["key"])
    return key if _NAME.fullmatch(key) else f"nr{nr}"


def _put(found: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under its key, in which a dot is a step into an object."""
    *steps, last = key.split(".")
    for step in steps:
        inner = found.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        found = inner
    found[last] = value
