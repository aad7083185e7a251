"""What somebody who wrote may expect: by when the municipality answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date


def belofte(uiterlijk: date | None) -> str:
    """Return the sentence that says by when there is an answer."""
    if uiterlijk is None:
        return _("U krijgt zo snel mogelijk antwoord.")
    return _("U krijgt uiterlijk op %s antwoord.") % date_format(uiterlijk, "j F Y")
