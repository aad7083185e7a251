"""What the channel of a contact is called by who is no employee."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KANALEN = {
    "klantportaal": _("Via deze website"),
    "berichtenbox": _("Berichtenbox van MijnOverheid"),
    "email": _("E-mail"),
    "sms": _("Sms"),
    "telefoon": _("Telefoon"),
    "brief": _("Brief"),
    "balie": _("Aan de balie"),
}


@register.filter
def kanaal(naam: str) -> str:
    """Return what a channel is called; one that is not known keeps its own name."""
    return str(KANALEN.get(naam.strip().lower(), naam[:1].upper() + naam[1:]))
