"""What berichten and taken have in common: what is expected of whoever gets one, and its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from loket.grammar import field
from loket.kernel.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class HandelingsPerspectief(models.TextChoices):
    """Wat er van de burger of het bedrijf verwacht wordt."""

    BETALEN = "betalen", "Betalen"
    INCASSO = "incasso", "Incasso"
    INFORMATIE_GEVEN = "informatie_geven", "Informatie geven"
    INFORMATIE_KRIJGEN = "informatie_krijgen", "Informatie krijgen"
    REACTIE_ONTVANGEN = "reactie_ontvangen", "Reactie ontvangen"
    VERNIEUWING_NODIG = "vernieuwing_nodig", "Vernieuwing nodig"
    UITNODIGING_VOOR_AFSPRAAK = "uitnodiging_voor_afspraak", "Uitnodiging voor een afspraak"


def gerelateerd(**options: Any) -> Any:
    """Make the list of what a record belongs to."""
    return field.many(
        field.group("Iets waar het bij hoort.", urn=field.urn("De URN, zoals die van een zaak.")),
        "Waar het bij hoort, zoals een zaak; een persoon hoort hier niet.",
        optional=True,
        **options,
    )


def dubbelen(path: str, bijlagen: Sequence[dict[str, Any]] | None) -> Iterator[Fault]:
    """Yield a fault for each document that stands twice among the bijlagen."""
    seen: set[str] = set()
    for nr, each in enumerate(bijlagen or ()):
        if each["informatieObject"] in seen:
            where = f"{path}.{nr}.informatieObject"
            yield Fault(where, "unique", "Dit document staat er al bij.")
        seen.add(each["informatieObject"])
