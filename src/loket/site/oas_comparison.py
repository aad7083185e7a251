"""Our OpenAPI beside a published one: what a client of the standard would miss."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loket.site.oas_leaves import Document, Leaf, Leaves, leaves, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = ("get", "head", "post", "put", "patch", "delete")
KINDS = ("operation", "parameter", "property")


@dataclass(frozen=True)
class Gap:
    """Something published that we lack, or where we ask or answer otherwise.

    `kind` is one of KINDS; `name` reads like `POST /zaken request verlenging.duur`.
    """

    kind: str
    name: str
    remark: str = "ontbreekt"

    def __str__(self) -> str:
        return f"{self.name}: {self.remark}"


@dataclass
class Comparison:
    """What of a published document is there, counted, and what is not."""

    api: str
    version: str
    present: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)

    def note(self, kind: str, name: str, *, there: bool) -> bool:
        """Count what is there; what is not is a gap, once with all that is inside it."""
        (self.present if there else self.absent)[kind] += 1
        if not there and not _under(name, {gap.name for gap in self.gaps[-1:]}):
            self.gaps.append(Gap(kind, name))
        return there


def compare(api: str, ours: Document, published: Document) -> Comparison:
    """Compare two documents of one API."""
    made = Comparison(api, str(published["info"]["version"]))
    known = dict(_operations(ours))
    for name, operation in _operations(published):
        if made.note("operation", name, there=name in known):
            _parameters(made, name, known[name], operation)
            _request(made, name, (ours, known[name]), (published, operation))
            _answer(made, name, (ours, known[name]), (published, operation))
    return made


def _operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, written in document["paths"].items():
        shape = re.sub(r"\{[^}]*\}", "{}", path)
        common = [resolved(document, each) for each in written.get("parameters", [])]
        for method in METHODS:
            if method in written:
                own = [resolved(document, each) for each in written[method].get("parameters", [])]
                operation = {**written[method], "parameters": [*common, *own]}
                yield f"{method.upper()} {shape}", operation


def _parameters(made: Comparison, name: str, ours: Document, published: Document) -> None:
    """Compare the parameters; OpenAPI itself says that Content-Type is not one."""
    known = {(each["in"], each["name"].lower()) for each in ours["parameters"]}
    for each in published["parameters"]:
        where, called = each["in"], each["name"]
        if where != "path" and called != "Content-Type":
            there = (where, called.lower()) in known
            made.note("parameter", f"{name} {where} {called}", there=there)


Side = tuple[Document, Document]


def _request(made: Comparison, name: str, ours: Side, published: Side) -> None:
    known, asked = (
        leaves(document, each.get("requestBody")) for document, each in (ours, published)
    )
    silent = {path for path, leaf in asked.items() if leaf.read_only}
    _properties(made, f"{name} request", known, asked, silent)
    for path, leaf in known.items():
        inside = path.rpartition(".")[0].removesuffix("[]")
        known_there = inside in asked if inside else bool(asked)
        if leaf.required and known_there and not (path in asked and asked[path].required):
            made.gaps.append(Gap("property", f"{name} request {path}", "wij eisen dit"))


def _answer(made: Comparison, name: str, ours: Side, published: Side) -> None:
    known, told = (leaves(document, _success(each)) for document, each in (ours, published))
    _properties(made, f"{name} response", known, told, set())


def _properties(
    made: Comparison, name: str, ours: Leaves, published: Leaves, silent: set[str]
) -> None:
    endless = {path for path, leaf in ours.items() if leaf.endless}
    for path, leaf in published.items():
        if _under(path, silent) or (path not in ours and _under(path, endless)):
            continue
        title = f"{name} {path}"
        if made.note("property", title, there=path in ours):
            _same(made, title, ours[path], leaf, asking=name.endswith("request"))


def _under(path: str, parents: set[str]) -> bool:
    return any(path == each or path.startswith((f"{each}.", f"{each}[]")) for each in parents)


def _success(operation: Document) -> Document | None:
    """Return the answer with a body; the published ones give a 200 where they make something."""
    for status in ("200", "201"):
        if "content" in operation["responses"].get(status, {}):
            found: Document = operation["responses"][status]
            return found
    return None


def _same(made: Comparison, title: str, ours: Leaf, published: Leaf, *, asking: bool) -> None:
    """Note where a property that is there is not the same."""
    wanted, given = (published, ours) if asking else (ours, published)
    if ours.types and published.types and not ours.types & published.types:
        made.gaps.append(
            Gap("property", title, f"is {_listed(ours.types)}, niet {_listed(published.types)}")
        )
    lacking = published.values - ours.values if ours.values else set()
    if lacking:
        made.gaps.append(Gap("property", title, f"kent niet {_listed(lacking)}"))
    if wanted.nullable and not given.nullable:
        remark = "mag bij ons niet null zijn" if asking else "kan bij ons null zijn"
        made.gaps.append(Gap("property", title, remark))


def _listed(values: set[str]) -> str:
    return ", ".join(sorted(values))
