"""Where we knowingly differ from a published file, each with its reason; * stands for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.site.oas_comparison import Gap

DEVIATIONS: dict[str, dict[str, str]] = {
    "autorisaties": {},
    "catalogi": {},
    "zaken": {},
}


def split(api: str, gaps: Iterable[Gap]) -> tuple[list[Gap], list[tuple[Gap, str]], list[str]]:
    """Return the gaps without a reason, those with one, and the reasons that no gap needs."""
    known = {_pattern(entry): (entry, reason) for entry, reason in DEVIATIONS.get(api, {}).items()}
    open_gaps, reasoned, used = [], [], set()
    for gap in gaps:
        found = next((known[each] for each in known if each.fullmatch(str(gap))), None)
        if found is None:
            open_gaps.append(gap)
        else:
            used.add(found[0])
            reasoned.append((gap, found[1]))
    return open_gaps, reasoned, [entry for entry in DEVIATIONS.get(api, {}) if entry not in used]


def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile(re.escape(entry).replace(r"\*", ".*"))
