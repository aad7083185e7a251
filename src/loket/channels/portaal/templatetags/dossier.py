"""Where on the page of one's dossier the file of a document is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from loket.services.mijnservices.documenten import DocumentRegel

register = template.Library()


@register.filter
def adres(document: DocumentRegel, paden: Mapping[UUID, str] | None) -> str:
    """Return where the file is: beside the page by `paden`, or on the site without these."""
    if document.omvang is None:
        return ""
    if paden is None:
        return reverse("portaal:document", args=[document.uuid])
    return quote(paden.get(document.uuid, ""))
