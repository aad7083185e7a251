"""What somebody filled in, held against the form that was asked: once, when the task is done.

The form is described as form.io does. A field that shows itself only at times is never required
here, since whether it showed itself is known where it was filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.problems import Fault
from loket.registers.taken.waarden import TaakSoort, TaakStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from loket.grammar.change import Change

Component = dict[str, Any]

WHERE: Final = "details.ontvangenGegevens"
WITHOUT_VALUE: Final = ("content", "htmlelement", "button")
ROUND_OTHERS: Final = ("columns", "fieldset", "panel", "table", "tabs", "well")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_EMPTY: Final[tuple[Any, ...]] = ("", [], {})


def is_ingevuld(taak: Any, change: Change) -> Sequence[Fault]:
    """Hold what was filled in to the form, when a task becomes `uitgevoerd`."""
    before: Any = change.before
    if taak.taak_soort != TaakSoort.FORMULIERTAAK or taak.status != TaakStatus.UITGEVOERD:
        return ()
    if before is None or before.status == TaakStatus.UITGEVOERD:
        return ()
    asked = taak.details.get("formulierDefinitie") or {}
    return tuple(faults(asked, taak.details.get("ontvangenGegevens") or {}))


def faults(definitie: Mapping[str, Any], gegevens: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is amiss with the values of a form, each under the key of its field."""
    known = {each["key"]: each for each in fields(definitie.get("components"))}
    for key, component in known.items():
        value = value_of(gegevens, key)
        if value is None or value in _EMPTY:
            if is_required(component):
                yield Fault(f"{WHERE}.{key}", "required", "Dit veld is vereist.")
        elif not _fits(component, value):
            yield Fault(f"{WHERE}.{key}", "invalid", "Dit past niet bij het veld.")
        elif component["type"] == "checkbox" and value is False and is_required(component):
            yield Fault(f"{WHERE}.{key}", "required", "Dit vakje moet aangevinkt zijn.")
    for key in gegevens.keys() - known.keys() - {key.partition(".")[0] for key in known}:
        yield Fault(f"{WHERE}.{key}", "invalid", "Dit veld staat niet in het formulier.")


def fields(components: Any) -> Iterator[Component]:
    """Yield the fields of a form that hold a value, also those inside what is only layout."""
    for each in components if isinstance(components, list) else ():
        if not isinstance(each, dict):
            continue
        kind = each.get("type")
        if kind in ROUND_OTHERS:
            yield from _inside(each)
        elif _is_named(each) and kind not in WITHOUT_VALUE:
            yield each


def _is_named(component: Component) -> bool:
    return all(isinstance(component.get(each), str) for each in ("key", "type"))


def _inside(component: Component) -> Iterator[Component]:
    yield from fields(component.get("components"))
    yield from _spread(component.get("columns"))
    yield from _spread(component.get("rows"))


def _spread(part: Any) -> Iterator[Component]:
    """Yield the fields in the cells of what is laid out in columns or rows."""
    for each in part if isinstance(part, list) else ():
        if isinstance(each, list):
            yield from _spread(each)
        elif isinstance(each, dict):
            yield from fields(each.get("components"))


def value_of(gegevens: Mapping[str, Any], key: str) -> Any:
    """Return the value of a field; a dot in its key is a step into an object."""
    if key in gegevens:
        return gegevens[key]
    at: Any = gegevens
    for step in key.split("."):
        at = at.get(step) if isinstance(at, dict) else None
    return at


def is_required(component: Component) -> bool:
    """Tell whether a field must be filled in, which one that shows itself at times never must."""
    held = component.get("validate")
    conditional = component.get("conditional")
    sometimes = (
        component.get("hidden")
        or component.get("customConditional")
        or (isinstance(conditional, dict) and conditional.get("when"))
    )
    return isinstance(held, dict) and held.get("required") is True and not sometimes


def _fits(component: Component, value: Any) -> bool:
    check = _CHECKS.get(component["type"], _any)
    if component.get("multiple") is True:
        return isinstance(value, list) and all(check(component, each) for each in value)
    return check(component, value)


def _any(component: Component, value: Any) -> bool:
    """Take whatever a field of a kind that is not known here holds."""
    del component, value
    return True


def _text(component: Component, value: Any) -> bool:
    del component
    return isinstance(value, str)


def _number(component: Component, value: Any) -> bool:
    del component
    return isinstance(value, int | float) and not isinstance(value, bool)


def _checkbox(component: Component, value: Any) -> bool:
    del component
    return isinstance(value, bool)


def _email(component: Component, value: Any) -> bool:
    del component
    return isinstance(value, str) and _EMAIL.fullmatch(value) is not None


def _choice(component: Component, value: Any) -> bool:
    """Take one of the choices; any where the form doesn't say which there are."""
    choices = _choices(component)
    return not isinstance(value, list | dict) and (not choices or value in choices)


def _choices(component: Component) -> list[Any]:
    data = component.get("data")
    listed = component.get("values") or (data.get("values") if isinstance(data, dict) else None)
    return [
        each.get("value") if isinstance(each, dict) else each
        for each in (listed if isinstance(listed, list) else ())
    ]


def _boxes(component: Component, value: Any) -> bool:
    if not isinstance(value, dict) or not all(isinstance(each, bool) for each in value.values()):
        return False
    choices = {str(each) for each in _choices(component)}  # a key in JSON is always a text
    return not choices or all(each in choices for each in value)


_CHECKS: Final[dict[str, Callable[[Component, Any], bool]]] = {
    "checkbox": _checkbox,
    "currency": _number,
    "date": _text,
    "email": _email,
    "number": _number,
    "phoneNumber": _text,
    "postcode": _text,
    "radio": _choice,
    "select": _choice,
    "selectboxes": _boxes,
    "textarea": _text,
    "textfield": _text,
}
