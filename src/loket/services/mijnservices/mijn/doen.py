"""What a citizen or company does over the MijnServices API, with what is his own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.resource import Command
from loket.kernel.problems import Fault, Invalid, Malformed
from loket.services.mijnservices import berichten, intrekken, reageren, taken_doen
from loket.services.mijnservices.berichten import BerichtDetail
from loket.services.mijnservices.documenten import DocumentRegel
from loket.services.mijnservices.mijn.lezen import key_of
from loket.services.mijnservices.mijn.register import BIJWERKEN, MIJNSERVICES
from loket.services.mijnservices.mijn.vormen import tonen, vorm
from loket.services.mijnservices.taken import TaakDetail
from loket.services.mijnservices.vastleggen import Ontvangen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEKST: Final[Schema] = {
    "type": "object",
    "required": ["tekst"],
    "properties": {"tekst": _TEXT},
}
_VRAAG: Final[Schema] = {
    "type": "object",
    "required": ["onderwerp", "tekst"],
    "properties": {"onderwerp": _TEXT, "tekst": _TEXT},
}
_REDEN: Final[Schema] = {
    "type": "object",
    "properties": {"reden": {**_TEXT, "description": "Waarom; hoeft niet."}},
}
_GEGEVENS: Final[Schema] = {
    "type": "object",
    "properties": {
        "gegevens": {
            "type": "object",
            "additionalProperties": True,
            "description": "Wat is ingevuld, per veld van het formulier.",
        },
    },
}
_BESTAND: Final[Schema] = {
    "type": "object",
    "required": ["bestandsnaam", "inhoud"],
    "properties": {
        "bestandsnaam": _TEXT,
        "inhoud": {**_TEXT, "format": "byte", "description": "Het bestand, in base64."},
        "titel": _TEXT,
        "veld": {**_TEXT, "description": "Het bestandsveld van het formulier waar het bij hoort."},
        "informatieobjecttype": {
            **_TEXT,
            "format": "uuid",
            "description": "Wat voor document het is; nodig als de zaak er meer dan een kent.",
        },
    },
}


def _afronden(actor: Actor, call: Call) -> Any:
    """Finish a task with what was filled in; it leaves the list (M41)."""
    gegevens = body_of(call).get("gegevens") or {}
    if not isinstance(gegevens, dict):
        raise Invalid([Fault("gegevens", "invalid", "Hier hoort een object.")])
    return tonen(taken_doen.rond_af(actor, key_of(call), gegevens, call))


def _document(actor: Actor, call: Call) -> Any:
    """Send a document along, to the zaak for which a task was issued (M42)."""
    body = body_of(call)
    veld = text_in(body, "veld", needed=False)
    rest = {name: value for name, value in body.items() if name != "veld"}
    return tonen(taken_doen.voeg_toe(actor, key_of(call), rest, call, veld))


def _lezen(actor: Actor, call: Call) -> Any:
    """Note that a bericht was read, and return it (M44)."""
    return tonen(berichten.lees(actor, key_of(call)))


def _beantwoorden(actor: Actor, call: Call) -> Any:
    """Answer a bericht, where it asks for an answer."""
    tekst = text_in(body_of(call), "tekst")
    return tonen(reageren.beantwoord(actor, key_of(call), tekst, call))


def _verbetering(actor: Actor, call: Call) -> Any:
    """Ask that what was recorded of a contact is put right."""
    tekst = text_in(body_of(call), "tekst")
    return tonen(reageren.vraag_verbetering(actor, key_of(call), tekst, call))


def _vraag(actor: Actor, call: Call) -> Any:
    """Ask something about a zaak."""
    body = body_of(call)
    texts = text_in(body, "onderwerp"), text_in(body, "tekst")
    return tonen(reageren.stel_vraag(actor, key_of(call), *texts, call))


def _intrekken(actor: Actor, call: Call) -> Any:
    """Ask to stop a zaak; an employee decides (J5)."""
    reden = text_in(body_of(call), "reden", needed=False)
    return tonen(intrekken.zaak_intrekken(actor, key_of(call), reden, call))


def _doorgaan(actor: Actor, call: Call) -> Any:
    """Come back on a request to stop a zaak."""
    return tonen(intrekken.toch_doorgaan(actor, key_of(call), call))


def body_of(call: Call) -> dict[str, Any]:
    """Return a body that is an object; one that was left out is empty. Malformed."""
    if call.body in (None, ""):
        return {}
    if not isinstance(call.body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    return call.body


def text_in(body: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    """Return a text in a body; Invalid."""
    given = body.get(name, None if needed else "")
    if not isinstance(given, str):
        code, reason = ("required", "Dit veld is vereist.") if given is None else (
            "invalid", "Hier hoort tekst."
        )  # fmt: skip
        raise Invalid([Fault(name, code, reason)])
    return given


def _offer(
    path: str, run: Callable[..., Any], summary: str, request: Schema | None,
    response: Schema, name: str, **more: Any,
) -> None:  # fmt: skip
    Command(
        MIJNSERVICES, path, run, BIJWERKEN, summary, request=request, response=response, name=name,
        **more,
    )  # fmt: skip


_offer("taken/{uuid}/afronden", _afronden, "Rond een taak af.", _GEGEVENS, vorm(TaakDetail),
       "taken_afronden", bare=True)  # fmt: skip
_offer("taken/{uuid}/documenten", _document, "Stuur bij een taak een document mee naar de zaak.",
       _BESTAND, vorm(DocumentRegel), "taken_document", blobs=("inhoud",), success=201)  # fmt: skip
_offer("berichten/{uuid}/lezen", _lezen, "Onthoud dat een bericht gelezen is.", None,
       vorm(BerichtDetail), "berichten_lezen")  # fmt: skip
_offer("berichten/{uuid}/beantwoorden", _beantwoorden, "Beantwoord een bericht.", _TEKST,
       vorm(Ontvangen), "berichten_beantwoorden", success=201)  # fmt: skip
_offer("contactmomenten/{uuid}/verbetering", _verbetering,
       "Vraag om verbetering van wat van een contactmoment is vastgelegd.", _TEKST,
       vorm(Ontvangen), "contactmomenten_verbetering", success=201)  # fmt: skip
_offer("zaken/{uuid}/vraag", _vraag, "Stel een vraag over een zaak.", _VRAAG,
       vorm(Ontvangen), "zaken_vraag", success=201)  # fmt: skip
_offer("zaken/{uuid}/intrekken", _intrekken, "Vraag om een zaak te stoppen.", _REDEN,
       vorm(Ontvangen), "zaken_intrekken", success=201, bare=True)  # fmt: skip
_offer("zaken/{uuid}/doorgaan", _doorgaan, "Kom terug op de vraag om een zaak te stoppen.", None,
       vorm(Ontvangen), "zaken_doorgaan", success=201)  # fmt: skip
