"""Where in the ledger a moment lies: positions go with time, but for what was written at once."""

from __future__ import annotations

from typing import Final

SLACK: Final = "interval '1 day'"
"""How far the moments of two events may be out of step with their positions, and more."""


def since_sql(moment: str) -> str:
    """Return SQL for a position before which nothing happened since a moment (SQL of its own).

    It is found by halving, so that it costs a few rows, however long the ledger is.
    """
    return _SEARCH.replace("{moment}", f"({moment}::timestamptz - {SLACK})")


def until_sql(moment: str) -> str:
    """Return SQL for a position from which on nothing happened before a moment or at it."""
    return _SEARCH.replace("{moment}", f"({moment}::timestamptz + {SLACK})")


_SEARCH: Final = """(
WITH RECURSIVE s(low, high) AS (
    SELECT coalesce(min(position), 0), coalesce(max(position), 0) + 1 FROM ledger_event
    UNION ALL
    SELECT CASE WHEN p.moment < {moment} THEN p.position + 1 ELSE s.low END,
        CASE WHEN p.moment < {moment} THEN s.high ELSE (s.low + s.high) / 2 END
    FROM s LEFT JOIN LATERAL (
        SELECT e.position, e.moment FROM ledger_event e
        WHERE e.position >= (s.low + s.high) / 2 ORDER BY e.position LIMIT 1) p ON true
    WHERE s.low < s.high)
SELECT max(low) FROM s)"""
"""The first position whose event is not before a moment: all below `low` are, none from `high`."""
