"""What was done with what is a citizen's, and what for, in words for who is no expert."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

HANDELING = {
    "bsn tonen": _("Uw burgerservicenummer bekeken"),
    "bsn zoeken": _("Op uw burgerservicenummer gezocht"),
    "brp bevragen": _("Uw gegevens opgevraagd in de Basisregistratie Personen (BRP)"),
    "bsn vastleggen": _("Uw burgerservicenummer gebruikt om iets vast te leggen"),
    "inloggen": _("Ingelogd op deze website"),
    "zaak bekijken": _("Uw zaak bekeken"),
    "besluit bekijken": _("Een besluit over uw zaak bekeken"),
    "document bekijken": _("Een document bij uw zaak bekeken"),
    "taak bekijken": _("Uw taak bekeken"),
    "bericht bekijken": _("Een bericht aan u bekeken"),
    "verzoek bekijken": _("Uw verzoek bekeken"),
    "klantcontact bekijken": _("Bekeken wat er is gezegd"),
    "partij bekijken": _("Uw gegevens bekeken"),
}
DOEL = {
    "": _("De reden is niet genoemd"),
    "urn:loket:verwerking:dienstverlening": _("Om u te helpen"),
    "urn:loket:verwerking:mijnservices": _("Om u uw eigen gegevens te laten zien"),
    "urn:loket:verwerking:registratie": _("Om een zaak of contact vast te leggen"),
    "urn:loket:verwerking:verhuizing": _("Om gegevens over te nemen uit een ander systeem"),
}
"""What the processing activities of the house are called; others are shown as they are."""


@register.filter
def handeling(wat: str) -> str:
    """Return what was done, in words."""
    return str(HANDELING.get(wat, wat))


@register.filter
def doel(activiteit: str) -> str:
    """Return what it was done for, in words."""
    return str(DOEL.get(activiteit, activiteit))
