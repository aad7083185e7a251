"""References to what may stand in any register: inside this house they can be followed."""

from __future__ import annotations

from typing import Any

from loket.grammar import field

DOCUMENT = ("document", "informatieobject", "enkelvoudiginformatieobject")
"""What clients call a document."""

_KEY = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def hier(group: str, source: str, doc: str, *kinds: str) -> Any:
    """Return the record of this house that the generic reference in `group` is to.

    It can be expanded, under the first of `kinds`, and is there when the reference is to one of
    `kinds` by a UUID that names a record here, within the rights of who asks. The register that a
    client says is not asked: a UUID is the same everywhere.
    """
    held = f'{{row}}."{group}"'
    named = ", ".join(f"'{kind}'" for kind in kinds)
    key = f"(CASE WHEN {held}->>'objectId' ~ '^{_KEY}$' THEN ({held}->>'objectId')::uuid END)"
    where = f"lower({held}->>'codeObjecttype') IN ({named}) AND {{other}}.id = {key}"
    return field.via(source, where, doc, first="id", expands=kinds[0])
