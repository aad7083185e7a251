"""Who may read and who may change: the permissions of the records themselves."""

from __future__ import annotations

from typing import Any, Final

REGELS: Final = "output.view_outputregel"
REGELS_WIJZIGEN: Final = "output.change_outputregel"
SJABLONEN: Final = "output.view_sjabloon"
SJABLONEN_WIJZIGEN: Final = "output.change_sjabloon"
BERICHTEN: Final = "output.view_klantnotificatie"
BERICHTEN_WIJZIGEN: Final = "output.change_klantnotificatie"
LEZEN: Final = (REGELS, SJABLONEN, BERICHTEN)
"""With any of these one sees the first page."""


def mag(user: Any, *rights: str) -> bool:
    """Tell whether somebody has one of some permissions; who may change may also read."""
    wanted = {*rights, *(each.replace(".view_", ".change_") for each in rights)}
    return any(user.has_perm(each) for each in wanted)


def wat_mag(user: Any) -> dict[str, bool]:
    """Return what somebody may do, for the pages."""
    return {
        "mag_regels_zien": mag(user, REGELS),
        "mag_regels": mag(user, REGELS_WIJZIGEN),
        "mag_sjablonen_zien": mag(user, SJABLONEN),
        "mag_sjablonen": mag(user, SJABLONEN_WIJZIGEN),
        "mag_berichten_zien": mag(user, BERICHTEN),
        "mag_berichten": mag(user, BERICHTEN_WIJZIGEN),
    }
