"""JSON Schema (2020-12): whether a schema is one, and what in a form does not fit it.

A schema is text from outside. So nothing is fetched for it, and its patterns are matched by an
engine whose time grows with the length of the text only. What is said of a fault never repeats
the value, which may be anything that somebody wrote about himself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NoReturn

import jsonschema_rs

from loket.grammar import codec
from loket.kernel.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CODE: Final = "invalid-json-schema"
MOST_FAULTS: Final = 100

_REASONS: Final[Mapping[str, str]] = {
    "required": "Dit veld is vereist.",
    "type": "Dit is niet van de soort die het schema vraagt.",
    "enum": "Dit is geen van de waarden waaruit het schema laat kiezen.",
    "const": "Dit is niet de waarde die het schema vraagt.",
    "pattern": "Dit heeft niet de vorm die het schema vraagt.",
    "format": "Dit heeft niet de vorm die het schema vraagt.",
    "minLength": "Deze tekst is korter dan het schema vraagt.",
    "maxLength": "Deze tekst is langer dan het schema toelaat.",
    "minimum": "Dit getal is kleiner dan het schema toelaat.",
    "maximum": "Dit getal is groter dan het schema toelaat.",
    "additionalProperties": "Het schema laat geen andere velden toe.",
}


def faults(path: str, schema: Any) -> Iterator[Fault]:
    """Yield a fault when `schema` is not a JSON Schema that can be used."""
    try:
        _validator(codec.encode(schema))
    except (jsonschema_rs.ValidationError, ValueError) as problem:
        where = ".".join([path, *(str(each) for each in getattr(problem, "instance_path", ()))])
        yield Fault(where, CODE, "Dit is geen geldig JSON Schema (2020-12).")


def misfits(path: str, schema: Any, form: Any) -> Iterator[Fault]:
    """Yield a fault for each place in `form` that does not fit `schema`."""
    for nr, each in enumerate(_validator(codec.encode(schema)).iter_errors(form)):
        if nr == MOST_FAULTS:
            return
        steps = [str(step) for step in each.instance_path]
        keyword = str(each.schema_path[-1]) if each.schema_path else ""
        if keyword == "required":
            steps.append(str(getattr(each.kind, "property", "")))
        where = ".".join([path, *(step for step in steps if step)])
        yield Fault(where, CODE, _REASONS.get(keyword, "Dit past niet bij het schema."))


@lru_cache(maxsize=256)
def _validator(schema: bytes) -> Any:
    return jsonschema_rs.Draft202012Validator(
        codec.decode(schema),
        retriever=_nothing_from_elsewhere,
        pattern_options=jsonschema_rs.RegexOptions(),
        validate_formats=True,
    )


def _nothing_from_elsewhere(address: str) -> NoReturn:
    raise ValueError(address)
