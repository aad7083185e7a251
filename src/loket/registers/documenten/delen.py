"""How a large file is divided into parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings

from loket.grammar.links import resource_of
from loket.grammar.removing import drop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.writing import Change


def drop_parts(document: Any, change: Change) -> None:
    """Throw away the parts of an upload that something else took the place of."""
    for each in document.delen.all():
        drop(resource_of(type(each)), each, change)


def parts_of(document: Any, size: int) -> Iterator[Any]:
    """Yield the parts of a file of a size, each as large as the house takes at once."""
    part: Any = apps.get_model("documenten.BestandsDeel")
    most = settings.PART_SIZE
    for nr, start in enumerate(range(0, size, most), start=1):
        yield part(
            informatieobject=document,
            volgnummer=nr,
            omvang=min(most, size - start),
            regime=document.regime,
        )
