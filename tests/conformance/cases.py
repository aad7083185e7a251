"""The resources that the suite goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.grammar.record import written
from loket.grammar.register import registers
from tests.conformance.example import key
from tests.grammar.proef import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.grammar.resource import Resource


def everything() -> list[Resource]:
    """Return every resource with verbs, those of the tests included, in a fixed order."""
    found = [*registers.values(), *house.REGISTERS]
    return sorted((each for one in found for each in one.resources if each.verbs), key=key)


def several(resource: Resource) -> bool:
    """Tell whether there can be more than one record."""
    return not resource.single


def demanding(resource: Resource) -> bool:
    """Tell whether a body must say something."""
    words = (word for word in written(resource.record) if word.name not in resource.path_keys)
    return any(not word.optional for word in words)


def each_resource(
    *verbs: str, where: Callable[[Resource], object] = lambda _: True
) -> pytest.MarkDecorator:
    """Run a test for each resource that has all of `verbs`, each by its own door."""
    own = [each for each in everything() if each.facet_of is None]
    fitting = [each for each in own if {*verbs} <= {*each.verbs} and where(each)]
    return pytest.mark.parametrize("resource", fitting, ids=key)
