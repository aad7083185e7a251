"""What files citizens and companies may send along: what the house takes, and holding to that.

A municipality chooses out of it; what it chose before the house took less is left as it stands, so
that its other settings can still be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models

from loket.kernel.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.grammar.change import Change
    from loket.registers.beheer.instellingen import Instellingen

MB: Final = 2**20
"""Bytes."""


class Soort(models.TextChoices):
    """De soorten bestand, in de volgorde waarin burgers ze het best kennen."""

    PDF = "pdf", "PDF"
    JPG = "jpg", "JPG"
    PNG = "png", "PNG"
    HEIC = "heic", "HEIC"
    TIFF = "tiff", "TIFF"
    GIF = "gif", "GIF"
    WEBP = "webp", "WEBP"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    PPTX = "pptx", "PPTX"
    ODT = "odt", "ODT"
    ODS = "ods", "ODS"
    ODP = "odp", "ODP"


def grens() -> int:
    """Return how many whole MB the house takes in one file."""
    return int(settings.UPLOAD_MOST_BYTES) // MB


def soorten() -> tuple[Soort, ...]:
    """Return the kinds that the house takes."""
    taken = {each.lower() for each in settings.UPLOAD_FORMATS}
    return tuple(each for each in Soort if each.value in taken)


def past_binnen_grens(instellingen: Instellingen, change: Change) -> list[Fault]:
    """Note that the municipality would take larger files than the house."""
    asked = instellingen.grootste_bestand
    before = change.before and change.before.grootste_bestand
    if asked is None or asked == before or asked <= grens():
        return []
    reason = f"Het huis laat bestanden van hoogstens {grens()} MB toe."
    return [Fault("grootsteBestand", "groter-dan-huis", reason)]


def past_bij_soorten(instellingen: Instellingen, change: Change) -> list[Fault]:
    """Note that the municipality would take kinds of file that the house does not."""
    known = {*soorten(), *(change.before.bestandsoorten if change.before else ())}
    other = [Soort(each) for each in instellingen.bestandsoorten if each not in known]
    if not other:
        return []
    reason = f"Het huis neemt {_namen(other)} niet aan. Dit kan wel: {_namen(soorten())}."
    return [Fault("bestandsoorten", "soort-niet-van-huis", reason)]


def _namen(kinds: Iterable[Soort]) -> str:
    return ", ".join(str(each.label) for each in kinds)
