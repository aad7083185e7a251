"""The rules of a document; the standard's number of each (drc-…) stands with its test."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from loket.grammar.rule import rule
from loket.grammar.storing import insert
from loket.kernel.clock import now
from loket.registers.documenten import delen
from loket.registers.documenten.formaten import contradicts
from loket.registers.documenten.waarden import Status

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.kernel.problems import Fault
    from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject

ONGEREED = (Status.IN_BEWERKING, Status.TER_VASTSTELLING)


def vul_aan(document: EnkelvoudigInformatieObject, change: Change) -> None:
    """Fill in what the house decides: version, moment, confidentiality, size, lock."""
    before = change.before
    document.begin_registratie = now()
    document.versie = 1 if before is None else before.versie + 1
    if document.vertrouwelijkheidaanduiding is None:
        kind = document.informatieobjecttype
        document.vertrouwelijkheidaanduiding = kind.vertrouwelijkheidaanduiding
    if document.inhoud is not None and "bestandsomvang" not in change.given:
        document.bestandsomvang = document.inhoud["omvang"]
    if before is None:
        _begin(document, change)


def _begin(document: EnkelvoudigInformatieObject, change: Change) -> None:
    """Give a new document the key under which its file was kept, and the lock of its parts."""
    document.lock = ""
    if change.call.key is not None:
        document.id = change.call.key  # an import keeps the key that the document had
    if document.inhoud is not None:
        document.id = UUID(document.inhoud["sleutel"].split("/")[0])
    elif document.bestandsomvang:
        document.lock = new_lock()


def new_lock() -> str:
    """Return a lock that nobody can guess."""
    return secrets.token_hex(32)


def verdeel(document: EnkelvoudigInformatieObject, change: Change) -> None:
    """Make the parts in which a large file is to come in."""
    begun = change.before is None or "inhoud" in change.given
    if change.before is not None and "inhoud" in change.given:
        delen.drop_parts(document, change)
    if document.inhoud is None and document.bestandsomvang and begun:
        for part in delen.parts_of(document, document.bestandsomvang):
            insert(part)


@rule("not-published", on="informatieobjecttype")
def type_is_gepubliceerd(document: EnkelvoudigInformatieObject) -> bool:
    """Het informatieobjecttype is nog een concept."""
    return not document.informatieobjecttype.concept


@rule("invalid_for_received", on="status")
def status_past_bij_ontvangst(document: EnkelvoudigInformatieObject) -> bool:
    """Een ontvangen document is niet in bewerking of ter vaststelling."""
    return document.ontvangstdatum is None or document.status not in ONGEREED


@rule("missing-gebruiksrechten", on="indicatieGebruiksrecht")
def heeft_gebruiksrechten(document: EnkelvoudigInformatieObject, change: Change) -> bool:
    """De indicatie is alleen waar als er gebruiksrechten zijn; maak die, dan wordt zij waar."""
    if document.indicatie_gebruiksrecht is not True:
        return True
    return change.before is not None and document.gebruiksrechten.exists()


@rule("existing-gebruiksrechten", on="indicatieGebruiksrecht", verbs=("update",))
def ontkent_geen_gebruiksrechten(document: EnkelvoudigInformatieObject, change: Change) -> bool:
    """Er zijn gebruiksrechten, dus de indicatie is waar."""
    if document.indicatie_gebruiksrecht is True:
        return True
    return not change.before.indicatie_gebruiksrecht or not document.gebruiksrechten.exists()


@rule("invalid_ondertekening", on="ondertekening")
def ondertekening_past_bij_status(document: EnkelvoudigInformatieObject) -> bool:
    """Een document dat in bewerking of ter vaststelling is, is nog niet ondertekend."""
    return document.ondertekening is None or document.status not in ONGEREED


@rule("file-size")
def omvang_klopt(document: EnkelvoudigInformatieObject) -> bool:
    """De bestandsomvang is niet de grootte van het bestand."""
    return document.inhoud is None or document.inhoud["omvang"] == document.bestandsomvang


@rule("formaat-mismatch", on="formaat")
def formaat_klopt(document: EnkelvoudigInformatieObject) -> bool:
    """Het bestand is iets anders dan het formaat zegt."""
    return document.inhoud is None or not contradicts(document.formaat, document.inhoud["type"])


@rule("checksum-mismatch", on="integriteit.waarde")
def controlegetal_klopt(document: EnkelvoudigInformatieObject) -> bool:
    """Het controlegetal is niet dat van het bestand."""
    if document.inhoud is None or document.integriteit is None:
        return True
    sums = {**document.inhoud["sommen"], "sha_256": document.inhoud["sha256"]}
    given = document.integriteit["waarde"].lower()
    return bool(sums.get(document.integriteit["algoritme"], given) == given)


def lock_klopt(document: EnkelvoudigInformatieObject, change: Change) -> list[Fault]:
    """Note what is wrong with the lock of a change (drc-009)."""
    if change.before is None:
        return []
    given = document.lock if "lock" in change.given else None
    document.lock = change.before.lock
    if given is None and change.verb == "update":
        change.fault("lock", "required", "Dit veld is vereist.")
    elif not change.before.lock:
        change.fault("nonFieldErrors", "unlocked", "Het document is niet vergrendeld.")
    elif given is None:
        change.fault("nonFieldErrors", "missing-lock-id", "Geef het lock van het document.")
    elif not secrets.compare_digest(given.encode(), change.before.lock.encode()):
        change.fault("nonFieldErrors", "incorrect-lock-id", "Dit is niet het lock.")
    return []


@rule("pending-relations", verbs=("destroy",))
def hoort_nergens_bij(document: EnkelvoudigInformatieObject) -> bool:
    """Het document hoort nog bij een zaak, besluit of verzoek."""
    return not document.objectinformatieobjecten.exists()


@rule("destroy-locked", verbs=("destroy",))
def is_niet_vergrendeld(document: EnkelvoudigInformatieObject) -> bool:
    """Het document is vergrendeld; alleen een eerste upload die nog loopt kan zo weg."""
    begun = document.versie == 1 and document.inhoud is None and document.delen.exists()
    return not document.lock or begun
