"""What a file is called by who is no expert."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

SOORTEN = {
    "application/pdf": _("PDF"),
    "image/jpeg": _("foto (JPG)"),
    "image/png": _("afbeelding (PNG)"),
    "image/gif": _("afbeelding (GIF)"),
    "image/webp": _("afbeelding (WebP)"),
    "image/heic": _("foto (HEIC)"),
    "image/tiff": _("afbeelding (TIFF)"),
    "text/plain": _("tekst"),
    "text/csv": _("tabel (CSV)"),
    "application/zip": _("ingepakte bestanden (ZIP)"),
    "application/msword": _("Word-document"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("Word-document"),
    "application/vnd.ms-excel": _("Excel-werkblad"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("Excel-werkblad"),
    "application/vnd.oasis.opendocument.text": _("tekstdocument (ODT)"),
    "application/vnd.oasis.opendocument.spreadsheet": _("werkblad (ODS)"),
    "message/rfc822": _("e-mail"),
}


@register.filter
def soort_bestand(formaat: str) -> str:
    """Return what a media type is called; one without a name is a file."""
    return str(SOORTEN.get(formaat.partition(";")[0].strip().lower(), _("bestand")))
