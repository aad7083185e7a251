"""The rules of a document; the standard's number of each (drc-…) stands with its test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.rule import rule
from loket.kernel.clock import now

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject


def vul_aan(document: EnkelvoudigInformatieObject, change: Change) -> None:
    """Fill in what the house decides: the version and its moment, and the confidentiality."""
    if change.before is None:
        document.versie, document.begin_registratie = 1, now()
    if document.vertrouwelijkheidaanduiding is None:
        kind = document.informatieobjecttype
        document.vertrouwelijkheidaanduiding = kind.vertrouwelijkheidaanduiding


@rule("not-published", on="informatieobjecttype")
def type_is_gepubliceerd(document: EnkelvoudigInformatieObject) -> bool:
    """Het informatieobjecttype is nog een concept."""
    return not document.informatieobjecttype.concept
