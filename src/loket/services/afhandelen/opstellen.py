"""What a verzoek comes to: the bodies of the zaak, its rollen and documents, and the contact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.kernel.problems import Fault, Invalid, Malformed
from loket.ledger.database import fetch, one, rows
from loket.registers.catalogi.roltype import roltypen
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.klantinteracties.talen import in_three
from loket.services.afhandelen.betrokkenen import as_rol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.grammar.resource import Call

Json = dict[str, Any]

ZAAK, CONTACT = "zaak", "klantcontact"
INITIATOR, MEDE_INITIATOR = "initiator", "mede_initiator"

_LAST_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
_ROLTYPE: Final = """
SELECT id FROM catalogi_roltype WHERE zaaktype_id = %s AND omschrijving_generiek = %s
ORDER BY id LIMIT 1
"""


def asked(body: Any) -> tuple[Json, Json | None]:
    """Return what a client says of the zaak and of the contact; None when there was none."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    strange = sorted(set(body) - {ZAAK, CONTACT})
    faults = [Fault(name, "invalid", "Dit wordt hier niet gevraagd.") for name in strange]
    if ZAAK not in body:
        faults.append(Fault(ZAAK, "required", "Dit veld is vereist."))
    given = {name: body.get(name, {}) for name in (ZAAK, CONTACT)}
    if given[CONTACT] is None:
        given[CONTACT] = {}
    faults += [
        Fault(name, "invalid", "Ongeldige data: hier hoort een object.")
        for name, each in given.items()
        if not isinstance(each, dict)
    ]
    if faults:
        raise Invalid(faults)
    contact = None if body.get(CONTACT, {}) is None else given[CONTACT]
    return given[ZAAK], contact


def zaak(verzoek: Json, naam: str, given: Json) -> Json:
    """Return the body of the zaak: what the client says, and else what the verzoek says."""
    body: Json = {
        "omschrijving": naam[:80],
        "startdatum": verzoek["geregistreerdOp"][:10],
        "communicatiekanaalNaam": verzoek["kanaal"],
        "zaakgeometrie": verzoek["geometrie"],
    }
    return {name: value for name, value in (body | given).items() if value is not None}


def contact(verzoek: Json, naam: str, given: Json) -> Json:
    """Return the body of the klantcontact by which the verzoek came."""
    return {
        "kanaal": verzoek["kanaal"][:50] or "e-formulier",
        "onderwerp": naam,
        "taal": in_three(verzoek["verzoekTaal"]),
        "vertrouwelijk": False,
        "indicatieContactGelukt": True,
        "plaatsgevondenOp": verzoek["geregistreerdOp"],
        **given,
    }


def rollen(verzoek: Json, zaaktype: UUID, call: Call) -> Iterator[Json]:
    """Yield the body of a rol for each who asks; a warning for who can't have one."""
    for name, generiek in (("initiator", INITIATOR), ("medeInitiator", MEDE_INITIATOR)):
        who = as_rol(verzoek[name]) if verzoek[name] else None
        if who is None:
            if verzoek[name]:
                call.warnings.append(
                    f"De {name} krijgt geen rol: de URN noemt geen BSN of KVK-nummer."
                )
            continue
        roltype = _roltype(zaaktype, generiek, call.base)
        if not roltype:
            call.warnings.append(
                f"De {name} krijgt geen rol: het zaaktype heeft geen roltype daarvoor."
            )
            continue
        yield {**who, "roltype": roltype, "roltoelichting": "deed het verzoek"}


def _roltype(zaaktype: UUID, generiek: str, base: str) -> str:
    """Return the address of the roltype of a zaaktype for somebody who asks; empty without one."""
    row = one(_ROLTYPE, (zaaktype, generiek))
    return f"{base}{roltypen.root}/{roltypen.path}/{row[0]}" if row else ""


def documenten(verzoek: Json, call: Call) -> Iterator[Json]:
    """Yield the body of the relation to each document of this house; a warning for another."""
    urns = [verzoek["verzoekInformatieObject"]]
    urns += [each["informatieObject"] for each in verzoek["bijlagen"]]
    for urn in dict.fromkeys(filter(None, urns)):
        match = _LAST_UUID.search(urn)
        document = fetch(enkelvoudiginformatieobjecten.record, UUID(match[0])) if match else None
        if document is None:
            call.warnings.append(
                f"{urn} is geen document van dit huis en is niet aan de zaak gekoppeld."
            )
            continue
        address = enkelvoudiginformatieobjecten.address(document, call.base)
        yield {"informatieobject": address}


def onderwerpen(zaak: UUID, verzoek: UUID) -> Sequence[Json]:
    """Return the bodies of what the contact was about."""
    return [
        {
            "onderwerpobjectidentificator": {
                "objectId": str(key),
                "codeObjecttype": kind,
                "codeRegister": "loket",
                "codeSoortObjectId": "uuid",
            }
        }
        for kind, key in (("zaak", zaak), ("verzoek", verzoek))
    ]


def naam_van(verzoektype: UUID) -> str:
    """Return the name of a verzoektype."""
    return str(rows("SELECT naam FROM verzoeken_verzoektype WHERE id = %s", (verzoektype,))[0][0])
