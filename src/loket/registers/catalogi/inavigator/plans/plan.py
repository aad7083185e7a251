"""The plan of an import: bodies as the Catalogi API takes them, with symbolic references."""

from dataclasses import dataclass, field
from typing import Any, Final

CATALOGUS: Final = "catalogus"
INFORMATIEOBJECTTYPE: Final = "informatieobjecttype"
BESLUITTYPE: Final = "besluittype"
ZAAKTYPE: Final = "zaaktype"
STATUSTYPE: Final = "statustype"
EIGENSCHAP: Final = "eigenschap"
RESULTAATTYPE: Final = "resultaattype"
ROLTYPE: Final = "roltype"
ZAAKTYPE_INFORMATIEOBJECTTYPE: Final = "zaaktype-informatieobjecttype"

SELECTIELIJST_PROCESTYPE: Final = "selectielijst-procestype"
SELECTIELIJST_RESULTAAT: Final = "selectielijst-resultaat"
RESULTAATTYPEOMSCHRIJVING: Final = "resultaattypeomschrijving"

NATURAL_KEYS: Final[dict[str, tuple[str, ...]]] = {
    CATALOGUS: ("domein", "rsin"),
    INFORMATIEOBJECTTYPE: ("catalogus", "omschrijving"),
    BESLUITTYPE: ("catalogus", "omschrijving"),
    ZAAKTYPE: ("catalogus", "identificatie"),
    STATUSTYPE: ("zaaktype", "omschrijving"),
    EIGENSCHAP: ("zaaktype", "naam"),
    RESULTAATTYPE: ("zaaktype", "omschrijving"),
    ROLTYPE: ("zaaktype", "omschrijving"),
    ZAAKTYPE_INFORMATIEOBJECTTYPE: ("zaaktype", "informatieobjecttype", "richting"),
}


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands where the body takes a URL: of a planned resource, or of a Selectielijst uuid."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One resource to make; `missing` names required fields that the export cannot fill."""

    kind: str
    key: str
    body: dict[str, Any]
    source_line: int
    remarks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the export that nothing is made of, and why."""

    kind: str
    key: str
    reason: str
    source_line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """All plans, in an order in which they can be made, and all that was left out."""

    plans: tuple[Plan, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[str, ...] = field(default=())
