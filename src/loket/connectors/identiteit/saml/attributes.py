"""Whom an assertion names: DigiD in its NameID, eHerkenning and CombiConnect in attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from loket.connectors.identiteit.saml.decrypting import decrypted
from loket.connectors.identiteit.saml.markup import found, moment, single, words
from loket.connectors.identiteit.values import AanmeldenMislukt, Identiteit, Reason
from loket.connectors.identiteit.who import checked_bsn, checked_kvk, checked_vestiging

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.provider import SamlProvider

_SECTOR_BSN: Final = "s00000000:"
_TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_LEGAL, _ACTING = ":LegalSubjectID", ":ActingSubjectID"
_KVK: Final = ":EntityConcernedID:KvKnr"
_VESTIGING: Final = ":ServiceRestriction:Vestigingsnr"
_BSN: Final = (":EntityConcernedID:BSN", ":id:BSN", ":id:legacy-BSN")


class Fact(NamedTuple):
    """A value of an attribute, and what kind of number the provider calls it."""

    attribute: str
    kind: str
    value: str


def identiteit(provider: SamlProvider, assertion: Any, loa: str) -> Identiteit:
    """Return whom the assertion names."""
    subject = named(provider, single(assertion, "saml:Subject"))
    facts = _facts(provider, assertion)
    return Identiteit(
        bsn="" if provider.company else _bsn(subject, facts),
        loa=loa,
        naam=None,
        subject=name_of(provider, subject),
        id_token="",
        kvk=checked_kvk(_of(facts, _KVK)) if provider.company else "",
        vestiging=checked_vestiging(_of(facts, _VESTIGING)) if provider.company else "",
        acting=_acting(provider, subject, facts),
        leave=_leave(subject, assertion),
        session_index=_session_index(assertion),
        authenticated=moment(single(assertion, "saml:AuthnStatement").get("AuthnInstant")),
    )


def named(provider: SamlProvider, holder: Any) -> Any:
    """Return the NameID in an element, decrypted where it was encrypted."""
    sealed = found(holder, "saml:EncryptedID")
    return decrypted(provider, sealed[0]) if sealed else single(holder, "saml:NameID")


def name_of(provider: SamlProvider, subject: Any) -> str:
    """Return by which name the provider knows somebody; with whose name it is, if not its own."""
    qualifier = subject.get("NameQualifier", "")
    own = qualifier in {"", provider.peer.entity_id}
    return words(subject) if own else f"{qualifier}\n{words(subject)}"


def _facts(provider: SamlProvider, assertion: Any) -> list[Fact]:
    facts = []
    for attribute in found(assertion, "saml:AttributeStatement/saml:Attribute"):
        name = attribute.get("Name", "")
        for value in found(attribute, "saml:AttributeValue"):
            sealed = found(value, "saml:EncryptedID")
            ids = [decrypted(provider, each) for each in sealed] or found(value, "saml:NameID")
            facts += [Fact(name, each.get("NameQualifier", ""), words(each)) for each in ids]
            if not ids:
                facts.append(Fact(name, name, words(value)))
    return facts


def _of(facts: list[Fact], *kinds: str) -> str:
    """Return the number of a kind; of who is represented, never of who acts."""
    meant = {
        fact.value
        for fact in facts
        if fact.kind.endswith(kinds) and not fact.attribute.endswith(_ACTING)
    }
    if len(meant) > 1:
        raise AanmeldenMislukt(Reason.TOKEN, "The assertion names two of a kind.")
    return meant.pop() if meant else ""


def _bsn(subject: Any, facts: list[Fact]) -> str:
    """Return the BSN of the citizen; a sofinummer (s00000001) or a bare pseudonym is none."""
    named = _of(facts, *_BSN)
    if named:
        return checked_bsn(named)
    told = words(subject)
    if not told.startswith(_SECTOR_BSN):
        raise AanmeldenMislukt(Reason.BSN, "The assertion holds no BSN.")
    return checked_bsn(told.removeprefix(_SECTOR_BSN))


def _acting(provider: SamlProvider, subject: Any, facts: list[Fact]) -> str:
    """Return who logged in for whom the assertion is about, empty for oneself."""
    acting = next((fact for fact in facts if fact.attribute.endswith(_ACTING)), None)
    if provider.company:
        return acting.value if acting else words(subject)
    if acting is None or not any(fact.attribute.endswith(_LEGAL) for fact in facts):
        return ""
    return checked_bsn(acting.value)


def _leave(subject: Any, assertion: Any) -> tuple[str, ...]:
    """Return what a log-out at the provider needs, where that is no number of a person."""
    if subject.get("Format") != _TRANSIENT:
        return ()
    return words(subject), _session_index(assertion)


def _session_index(assertion: Any) -> str:
    index: str = single(assertion, "saml:AuthnStatement").get("SessionIndex", "")
    return index
