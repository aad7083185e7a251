"""Reference pages: what the code says of itself, as Markdown."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any, Protocol

import typer

from loket.grammar import field
from loket.grammar.register import INTERACTIES, VTB, ZGW, registers
from loket.kernel.problems import Problem
from loket.site.docs.codes import value_codes
from loket.site.docs.environment import variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from loket.grammar.register import Register
    from loket.grammar.resource import Resource

_WRITES = {"create": "create", "update": "update", "partial_update": "partial_update"}
_WRITES |= {"destroy": "destroy"}


PROBLEM_MODULES = (
    "loket.kernel.problems",
    "loket.grammar.files",
    "loket.connectors.virusscanner.values",
    "loket.registers.catalogi.catalogus",
    "loket.site.faults",
)
"""Where problems are defined; tests see to it that it is nowhere else."""


class Verb(Protocol):
    """What a page tells of a command."""

    params: list[Any]
    help: str | None


def pages() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each reference page."""
    yield "settings", environment_settings()
    yield "scopes", scopes()
    yield "rule-codes", rule_codes()
    yield "event-types", event_types()
    yield "field-words", field_words()
    yield "commands", commands()


def environment_settings() -> str:
    """Return the page of variables in the environment."""
    rows = (
        (f"`{each.name}`", f"`{each.default}`" if each.default else "none", each.meaning)
        for each in variables()
    )
    return _page(
        "Settings",
        "All settings come from variables in the environment; none is needed to start.",
        [_table(("variable", "default", "meaning"), rows)],
    )


def scopes() -> str:
    """Return the page of permissions."""
    return _page(
        "Scopes",
        "What an application may be allowed, a table for each register. An authorisation gives an\n"
        "application scopes on a component, where it has types for one type and up to a degree of\n"
        "confidentiality. One of the scopes in a row is enough.",
        (_section(register.title, _scope_table(register)) for register in _known()),
    )


def rule_codes() -> str:
    """Return the page of problems and of codes in `invalidParams`."""
    return _page(
        "Problem and rule codes",
        "A refused request gets a problem document (RFC 9457). Its `code` tells which problem;\n"
        "when a body or query has faults, `invalidParams` holds them all, with names and codes.",
        [
            _section("Problems", _problem_table()),
            _section("Faults of a single value", _value_table()),
            *(_section(register.title, _rule_table(register)) for register in _known()),
        ],
    )


def event_types() -> str:
    """Return the page of what is told when something changes."""
    return _page(
        "Event types",
        "Each change is an event in the ledger: a resource and an action (`actie`). Registers\n"
        "with a channel (`kanaal`) tell subscribers; the `kenmerken` are what these can filter on.",
        (_section(register.title, _event_table(register)) for register in _known()),
    )


def field_words() -> str:
    """Return the page of words in which records are written."""
    words = [getattr(field, name) for name in field.__all__]
    rows = [(f"`{_signature(word)}`", _told(word)) for word in words if inspect.isfunction(word)]
    return _page(
        "Field words",
        "The words of `loket.grammar.field`, in which a record says its fields. Every word takes\n"
        "`optional`, `once`, `nullable` and `default` beside its own options.",
        [_table(("word", "means"), rows)],
    )


def commands() -> str:
    """Return the page of the command line."""
    root = typer.main.get_command(importlib.import_module("loket.site.cli").assembled())
    return _page(
        "Command line",
        "Every command has `--help`. Exit code 0 means done, 1 refused, failed or, where it\n"
        "says so, something to look at; 2 called in a way that it does not know.",
        (_command_section(path, verb) for path, verb in verbs(root, "loket")),
    )


def rules_page(rules: Mapping[str, Mapping[str, str]], shown: Mapping[str, Sequence[str]]) -> str:
    """Return the page of the standard's rules, each with the tests that show it."""
    return _page(
        "Rules of the ZGW standard",
        "The rules that the registers for case-oriented work keep, in our words, and the tests\n"
        "that show each. Codes are the standard's; those with `-oas` and `zgw-` are ours, for\n"
        "rules that have no code there.",
        (
            _section(
                title,
                _table(
                    ("rule", "says", "shown by"),
                    ((f"`{rule}`", told, _codes(shown.get(rule, ()))) for rule, told in of.items()),
                ),
            )
            for title, of in rules.items()
        ),
    )


def verbs(command: Verb, path: str) -> Iterator[tuple[str, Verb]]:
    """Yield the full name of each command line verb, with the command."""
    below: dict[str, Verb] = getattr(command, "commands", {})
    if not below:
        yield path, command
    for name, verb in below.items():
        yield from verbs(verb, f"{path} {name}")


def _known() -> list[Register]:
    """Return the registers of the house, in order of name; tests may have made others."""
    own = (each for each in registers.values() if all(map(_is_ours, each.resources)))
    return sorted(own, key=lambda register: register.name)


def _is_ours(resource: Resource) -> bool:
    return resource.record.__module__.startswith("loket.")


def _scope_table(register: Register) -> str:
    allowed: dict[tuple[str, ...], list[str]] = {}
    for resource in register.resources:
        for verb in resource.verbs:
            what = f"{resource.name}: {verb}"
            allowed.setdefault(tuple(resource.scopes_for(verb)), []).append(what)
    for command in register.commands:
        allowed.setdefault(tuple(command.scopes), []).append(f"{command.method} {command.path}")
    rows = ((_codes(needed), ", ".join(what)) for needed, what in sorted(allowed.items()))
    return _table(("one of", "allows"), rows)


def _rule_table(register: Register) -> str:
    rows = sorted(
        {
            (rule.code, resource.name, rule.on, rule.reason)
            for resource in register.resources
            for rule in resource.rules
        }
        | {
            (code, resource.name, on, "Deze waarde of combinatie bestaat al.")
            for resource in register.resources
            for on, code in resource.unique.values()
        }
    )
    cells = ((f"`{code}`", name, f"`{on}`", reason) for code, name, on, reason in rows)
    return _table(("code", "resource", "name", "reason"), cells)


def _problem_table() -> str:
    rows = sorted((kind.status, kind.code, kind.title) for kind in problems())
    cells = ((f"`{code}`", str(status), title) for status, code, title in rows)
    return _table(("code", "status", "title"), cells)


def _value_table() -> str:
    found = value_codes()
    for raw in (None, ""):
        for dialect in (ZGW, INTERACTIES, VTB):
            code, reason = dialect.bad_reference(raw)
            found.setdefault(code, []).append(reason)
    rows = ((f"`{code}`", " · ".join(dict.fromkeys(found[code]))) for code in sorted(found))
    return _table(("code", "reasons"), rows)


def _event_table(register: Register) -> str:
    rows = (
        (f"`{register.kanaal}`" if register.kanaal else "", f"`{resource.name}`", actie, kenmerken)
        for resource in register.resources
        for actie, kenmerken in _events(resource)
    )
    return _table(("kanaal", "resource", "actie", "kenmerken"), rows)


def _events(resource: Resource) -> Iterator[tuple[str, str]]:
    for verb in resource.verbs:
        if verb in _WRITES:
            yield f"`{_WRITES[verb]}`", _codes(resource.kenmerken)


def problems() -> Iterator[type[Problem]]:
    """Yield the problems that a client may hear of."""
    for name in PROBLEM_MODULES:
        for kind in vars(importlib.import_module(name)).values():
            if isinstance(kind, type) and issubclass(kind, Problem) and kind.__module__ == name:
                yield from () if kind is Problem else (kind,)


def _command_section(path: str, verb: Verb) -> str:
    rows = [
        (_codes([*option.opts, *option.secondary_opts]), str(getattr(option, "help", None) or ""))
        for option in verb.params
    ]
    told = inspect.cleandoc(verb.help or "")
    return _section(f"`{path}`", "\n\n".join([told, _table(("argument or option", "means"), rows)]))


def _signature(word: Any) -> str:
    """Return the arguments of a word without their types."""
    signature = inspect.signature(word)
    plain = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    bare = signature.replace(parameters=plain, return_annotation=signature.empty)
    return f"{word.__name__}{bare}".replace("**options", "…")


def _told(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


def _codes(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _page(title: str, introduction: str, sections: Iterable[str]) -> str:
    parts = [f"# {title}", introduction, "Written from the code by `make docs`.", *sections]
    return "\n\n".join(parts) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [_row(row) for row in rows]
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *body]) if body else "None."


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
