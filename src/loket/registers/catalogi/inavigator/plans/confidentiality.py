"""Who may see it: the vertrouwelijkheidaanduiding of zaaktypen and documents."""

from collections.abc import Iterable

from loket.registers.catalogi.inavigator.model import Proces
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.terms import VERTROUWELIJKHEID, code

DEFAULT = "zaakvertrouwelijk"
FIELD = "vertrouwelijkheidaanduiding"


def set_zaaktype(draft: Draft, proces: Proces) -> None:
    """Set the indication of a zaaktype; without a known one it is not public."""
    said = code(proces.vertrouwelijkheid)
    if said not in VERTROUWELIJKHEID:
        reason = f"'{proces.vertrouwelijkheid}' is onbekend" if said else "staat niet in de export"
        draft.remark(f"{FIELD} {reason}; ingevuld met '{DEFAULT}'.")
        said = DEFAULT
    draft.body[FIELD] = said


def set_document(draft: Draft, said: Iterable[str], processen: Iterable[Proces]) -> None:
    """Set the indication of a document: the strictest it has, else the strictest of its zaken."""
    own = strictest(code(each) for each in said)
    if own is None:
        own = strictest(code(proces.vertrouwelijkheid) for proces in processen) or DEFAULT
        draft.remark(f"{FIELD} staat niet in de export; ingevuld met '{own}', als bij de zaak.")
    draft.body[FIELD] = own


def strictest(codes: Iterable[str]) -> str | None:
    """The strictest of the codes that the standard knows."""
    return max(
        (c for c in codes if c in VERTROUWELIJKHEID), key=VERTROUWELIJKHEID.index, default=None
    )
