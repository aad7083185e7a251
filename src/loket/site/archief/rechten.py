"""Who may make lists and who may approve them: two permissions, and a group for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission

if TYPE_CHECKING:
    from typing import Any

LEZEN = "archief.view_vernietigingslijst"
OPSTELLEN = "archief.opstellen_vernietigingslijst"
VASTSTELLEN = "archief.vaststellen_vernietigingslijst"
GROEPEN = {"archief-opstellers": OPSTELLEN, "archief-vaststellers": VASTSTELLEN}


def mag(user: Any, *rights: str) -> bool:
    """Tell whether somebody has one of some permissions; who may do more may also read."""
    wanted = {OPSTELLEN, VASTSTELLEN, *rights} if LEZEN in rights else set(rights)
    return any(user.has_perm(each) for each in wanted)


def prepare() -> None:
    """Make the two groups in the current municipality where they are missing.

    One that is there stays as the municipality set it.
    """
    for name, right in GROEPEN.items():
        group, new = Group.objects.get_or_create(name=name)
        if new:
            app, codename = right.split(".")
            found = Permission.objects.filter(
                content_type__app_label=app, codename__in=[codename, LEZEN.split(".")[1]]
            )
            group.permissions.set(found)
