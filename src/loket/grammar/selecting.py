"""Which fields of a record a reader asks for (`fields` of zaken/_zoek, rule zrc-029).

A selection is kept in the tree of what to expand, so that one statement is compiled for both:
`SELECTED` stands first, `("=naam", ())` is a field, `("=groep", (("=deel", ()),))` parts of a
group, and an entry without the sign a relation with what to select below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.relations import target_of
from loket.grammar.shapes import Group
from loket.kernel.problems import Fault, Invalid, NotFound

if TYPE_CHECKING:
    from loket.grammar.reading import Tree
    from loket.grammar.resource import Resource
    from loket.grammar.words import Word

SELECTED = ("=", ())
EVERYTHING = "*"
DEEPEST = 6


def select(resource: Resource, fields: Any) -> Tree:
    """Return the tree for a selection; Invalid where it is none, NotFound for no relation."""
    return _select(resource, fields, "fields", 1)


def _select(resource: Resource, fields: Any, path: str, depth: int) -> Tree:
    if not isinstance(fields, list) or not fields:
        raise _refused(path, "not_a_list", "Hier hoort een lijst van velden.")
    if depth > DEEPEST:
        raise _refused(path, "max_depth", f"Hoogstens {DEEPEST} niveaus diep.")
    shown = {name.lower(): name for name in _names(resource)}
    tree: dict[str, Tree] = {}
    for nr, each in enumerate(fields):
        where = f"{path}.{nr}"
        if each == EVERYTHING:
            tree |= {f"={name}": () for name in shown.values()}
        elif isinstance(each, str):
            tree[f"={_known(shown, each, where)}"] = ()
        elif isinstance(each, dict):
            tree |= dict(_nested(resource, name, below, depth) for name, below in each.items())
        else:
            raise _refused(where, "invalid", "Hier hoort de naam van een veld.")
    return (SELECTED, *sorted(tree.items()))


def _nested(resource: Resource, name: str, below: Any, depth: int) -> tuple[str, Tree]:
    """Return the entry for what is selected inside a relation or a group."""
    path = f"fields.{name}"
    word = resource.relations.get(name)
    if word is not None:
        return name, _select(target_of(resource, word), below, path, depth + 1)
    group = resource.by_wire.get(name)
    if not isinstance(group, Group):
        raise NotFound(f"'{name}' kan hier niet worden uitgeklapt.")
    if not isinstance(below, list) or not below:
        raise _refused(path, "not_a_list", "Hier hoort een lijst van velden.")
    parts = {part.wire.lower(): part.wire for part in group.words.values()}
    if EVERYTHING in below:
        return f"={name}", ()
    chosen = {_known(parts, each, f"{path}.{nr}") for nr, each in enumerate(below)}
    return f"={name}", tuple((f"={part}", ()) for part in sorted(chosen))


def _names(resource: Resource) -> list[str]:
    words = resource.record.words.values()
    own = ["url", "uuid"] if resource.with_uuid else ["url"]
    return own + [word.wire for word in words if word.wire and not word.secret]


def _known(names: dict[str, str], raw: Any, path: str) -> str:
    """Return the name as published; the published example itself writes one without capitals."""
    name = names.get(raw.lower()) if isinstance(raw, str) else None
    if name is None:
        raise _refused(path, "invalid_choice", f'"{raw}" is geen veld hier.')
    return name


def _refused(path: str, code: str, reason: str) -> Invalid:
    return Invalid([Fault(path, code, reason)])


def selected(tree: Tree) -> dict[str, Tree] | None:
    """Return the fields that a tree selects, with the parts of each; None when it does not."""
    if tree[:1] != (SELECTED,):
        return None
    return {name[1:]: below for name, below in tree[1:] if name.startswith("=")}


def expanded(tree: Tree) -> Tree:
    """Return what of a tree is to be expanded."""
    return tuple((name, below) for name, below in tree if not name.startswith("="))


def parts_sql(word: Word, shown: str, parts: Tree) -> str:
    """Return SQL for some parts of a group, given SQL for the whole."""
    if not parts or not isinstance(word, Group):
        return shown
    chosen = ", ".join(f"'{name[1:]}', g.j->'{name[1:]}'" for name, _ in parts)
    return f"(SELECT json_build_object({chosen}) FROM (SELECT ({shown})::json AS j) g)"
