"""The commands that open several doors, each with a body that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conformance.peculiar import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.example import Examples

Asked = tuple[str, dict[str, Any]]
"""The path of a command under its register's root, and a body."""

MOMENT = "2020-03-01T12:00:00Z"


def _parts(examples: Examples, *names: str) -> dict[str, Any]:
    """Return bodies of resources under a zaak, without the zaak."""
    made = {}
    for name in names:
        body = examples.body(examples.find(f"zaken/{name}"), full=True)
        made[name] = {wire: value for wire, value in body.items() if wire != "zaak"}
    return made


def _status(examples: Examples) -> dict[str, Any]:
    publish(examples)
    kind = examples.address(examples.find("catalogi/statustypen"))
    return {"statustype": kind, "datumStatusGezet": MOMENT}


def _eindstatus(examples: Examples) -> dict[str, Any]:
    publish(examples)
    kinds = examples.find("catalogi/statustypen")
    zaaktype = examples.one(examples.find("catalogi/zaaktypen"))
    last = kinds.record.objects.filter(zaaktype=zaaktype).order_by("-volgnummer")[0]
    return {"statustype": kinds.address(last, examples.base), "datumStatusGezet": MOMENT}


def _zaak(examples: Examples) -> str:
    return str(examples.make(examples.find("zaken/zaken")).pk)


def verwerken(examples: Examples) -> Asked:
    """Make a zaak of a verzoek."""
    _status(examples)
    verzoek = examples.make(examples.find("verzoeken/verzoeken"))
    zaak = examples.body(examples.find("zaken/zaken"))
    return f"verzoeken/{verzoek.pk}/verwerken", {"zaak": zaak}


def registreren(examples: Examples) -> Asked:
    """Make a zaak with one of each."""
    parts = _parts(examples, "rollen", "zaakobjecten", "zaken")
    return "zaak_registreren", {
        "zaak": parts["zaken"],
        "rollen": [parts["rollen"]],
        "zaakobjecten": [parts["zaakobjecten"]],
        "status": _status(examples),
    }


def bijwerken(examples: Examples) -> Asked:
    """Replace the rollen of a zaak."""
    rol = examples.make(examples.find("zaken/rollen"))
    parts = _parts(examples, "rollen")
    body = {
        "zaak": {"omschrijving": "anders"},
        "rollen": [parts["rollen"]],
        "status": _status(examples),
    }
    return f"zaak_bijwerken/{rol.zaak_id}", body


def opschorten(examples: Examples) -> Asked:
    """Suspend a zaak."""
    given = {"opschorting": {"indicatie": True, "reden": "wacht"}}
    return f"zaak_opschorten/{_zaak(examples)}", {"zaak": given, "status": _status(examples)}


def verlengen(examples: Examples) -> Asked:
    """Extend a zaak."""
    given = {"verlenging": {"reden": "druk", "duur": "P7D"}}
    return f"zaak_verlengen/{_zaak(examples)}", {"zaak": given, "status": _status(examples)}


def afsluiten(examples: Examples) -> Asked:
    """Close a zaak."""
    key = _zaak(examples)
    resultaattype = examples.address(examples.find("catalogi/resultaattypen"))
    return f"zaak_afsluiten/{key}", {
        "zaak": {"toelichting": "klaar"},
        "resultaat": {"resultaattype": resultaattype},
        "status": _eindstatus(examples),
    }


def besluit_verwerken(examples: Examples) -> Asked:
    """Make a besluit that is laid down in a document."""
    document = examples.body(examples.find("besluiten/besluitinformatieobjecten"))
    return "besluit_verwerken", {
        "besluit": examples.body(examples.find("besluiten/besluiten")),
        "besluitinformatieobjecten": [{"informatieobject": document["informatieobject"]}],
    }


def document_registreren(examples: Examples) -> Asked:
    """Make a document with a zaak."""
    link = examples.body(examples.find("zaken/zaakinformatieobjecten"))
    return "document_registreren", {
        "enkelvoudiginformatieobject": examples.body(
            examples.find("documenten/enkelvoudiginformatieobjecten")
        ),
        "zaakinformatieobject": {"zaak": link["zaak"], "titel": "Aanvraag"},
    }


def maak_klantcontact(examples: Examples) -> Asked:
    """Make a klantcontact with somebody, about something."""
    bodies = {
        name: examples.body(examples.find(f"klantinteracties/{path}"))
        for name, path in (("klantcontact", "klantcontacten"), ("betrokkene", "betrokkenen"))
    }
    return "maak-klantcontact", {
        **bodies,
        "onderwerpobject": {"onderwerpobjectidentificator": {"objectId": "12"}},
    }


def maak_gesprek(examples: Examples) -> Asked:
    """Make a conversation about two subjects, with something left to do."""
    taak = examples.body(examples.find("klantinteracties/internetaken"))
    parts = maak_klantcontact(examples)[1]
    return "maak-gesprek", {
        "gesprek": {"kanaal": "telefoon"},
        "betrokkene": parts["betrokkene"],
        "klantcontacten": [
            {"klantcontact": parts["klantcontact"], "interneTaak": taak},
            {"klantcontact": parts["klantcontact"], "onderwerpobject": parts["onderwerpobject"]},
        ],
    }


COMPOUND: dict[str, Callable[[Examples], Asked]] = {
    "besluiten/besluit_verwerken": besluit_verwerken,
    "documenten/document_registreren": document_registreren,
    "klantinteracties/maak-gesprek": maak_gesprek,
    "klantinteracties/maak-klantcontact": maak_klantcontact,
    "zaken/zaak_registreren": registreren,
    "verzoeken/verzoeken/{uuid}/verwerken": verwerken,
    "zaken/zaak_bijwerken/{uuid}": bijwerken,
    "zaken/zaak_opschorten/{uuid}": opschorten,
    "zaken/zaak_verlengen/{uuid}": verlengen,
    "zaken/zaak_afsluiten/{uuid}": afsluiten,
}
"""By register and path, as it is declared; a new compound command adds itself here."""
