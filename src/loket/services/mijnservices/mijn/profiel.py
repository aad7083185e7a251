"""How somebody may be reached, changed by himself over the MijnServices API (M51, M52).

A change of an address asks that he logged in a short while ago: a token that is older does not
hold the scope for it. See `WIJZIGEN`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.resource import Command
from loket.kernel.problems import Conflict, Fault, Invalid
from loket.services.mijnservices import profiel_wijzigen, voorkeuren, voorkeuren_bewaren
from loket.services.mijnservices.mijn.doen import body_of, text_in
from loket.services.mijnservices.mijn.lezen import key_of
from loket.services.mijnservices.mijn.register import BIJWERKEN, LEZEN, MIJNSERVICES, WIJZIGEN
from loket.services.mijnservices.mijn.vormen import tonen, vorm
from loket.services.mijnservices.profiel import Adres
from loket.services.mijnservices.profiel_wijzigen import Geweigerd, Reden
from loket.services.mijnservices.voorkeuren import Voorkeuren
from loket.services.mijnservices.voorkeuren_bewaren import Wens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

Schema = dict[str, Any]

_WAAROM: Final = {
    Reden.TE_VEEL_ADRESSEN: "Er zijn al zo veel adressen van deze soort; verwijder er eerst een.",
    Reden.TE_VEEL_VANDAAG: "Er is vandaag al veel veranderd; probeer het morgen weer.",
    Reden.TE_VEEL_CODES: "Er zijn al veel codes gestuurd; probeer het over een uur weer.",
    Reden.TE_VAAK_FOUT: "Er is te vaak een verkeerde code gegeven; vraag een nieuwe.",
    Reden.OUDE_CODE: "Er is al een nieuwere code gestuurd; geef die.",
    Reden.VERLOPEN: "Er is geen code die nog geldt; vraag een nieuwe.",
    Reden.NIET_GECONTROLEERD: "Dit adres is nog niet bevestigd met een code.",
    Reden.GEEN_CODE_MOGELIJK: "Naar dit adres kan geen code gestuurd worden.",
}
_TEXT: Final[Schema] = {"type": "string"}
_KEY: Final[Schema] = {**_TEXT, "format": "uuid"}
_ADRES: Final[Schema] = {
    "type": "object",
    "required": ["soort", "adres"],
    "properties": {
        "soort": {**_TEXT, "enum": ["email", "telefoonnummer"]},
        "adres": _TEXT,
        "vervangt": {**_KEY, "description": "Het adres waar dit voor in de plaats komt."},
    },
}
_CODE: Final[Schema] = {"type": "object", "required": ["code"], "properties": {"code": _TEXT}}
_WENS: Final[Schema] = {
    "type": "object",
    "properties": {
        "taal": {**_TEXT, "description": "ISO 639-2/B."},
        "kanalen": {"type": "array", "items": _TEXT, "description": "Op volgorde van voorkeur."},
        "perZaaktype": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "Het kanaal, per sleutel van het zaaktype; leeg: het algemene.",
        },
        "toestemmingen": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["soort", "kanalen"],
                "properties": {"soort": _TEXT, "kanalen": {"type": "array", "items": _TEXT}},
            },
            "description": "Langs welke digitale kanalen een soort bericht mag komen (Awb 2:8).",
        },
    },
}


@contextmanager
def _told() -> Iterator[None]:
    """Say why something can't be done now."""
    try:
        yield
    except Geweigerd as refused:
        raise Conflict(_WAAROM[refused.reden]) from None


def _nieuw(actor: Actor, call: Call) -> Any:
    """Add an address; a code is sent to it, and it counts once that came back."""
    body = body_of(call)
    soort, given = text_in(body, "soort"), text_in(body, "adres")
    vervangt = _key(body, "vervangt")
    with _told():
        return tonen(profiel_wijzigen.nieuw(actor, soort, given, call, vervangt))


def _bevestig(actor: Actor, call: Call) -> Any:
    """Take the code that was sent to an address."""
    with _told():
        return tonen(
            profiel_wijzigen.bevestig(actor, key_of(call), text_in(body_of(call), "code"), call)
        )


def _code(actor: Actor, call: Call) -> None:
    """Send a new code to an address."""
    with _told():
        profiel_wijzigen.stuur_code(actor, key_of(call), call)


def _kies(actor: Actor, call: Call) -> Any:
    """Let an address be the one of its kind that is used."""
    with _told():
        return tonen(profiel_wijzigen.kies(actor, key_of(call), call))


def _verwijder(actor: Actor, call: Call) -> None:
    """Remove an address."""
    with _told():
        profiel_wijzigen.verwijder(actor, key_of(call), call)


def _voorkeuren(actor: Actor, call: Call) -> Any:
    """What somebody prefers, and what he may choose from."""
    del call
    return tonen(voorkeuren.lees(actor))


def _bewaar(actor: Actor, call: Call) -> Any:
    """Write down what somebody prefers; what is left out stays as it is."""
    body, held = body_of(call), voorkeuren.lees(actor)
    wens = Wens(
        taal=text_in(body, "taal") if "taal" in body else held.taal,
        kanalen=_texts(body, "kanalen") if "kanalen" in body else held.kanalen,
        per_zaaktype=_per_zaaktype(body, held),
        toestemming=_toestemming(body, held),
    )
    return tonen(voorkeuren_bewaren.bewaar(actor, wens, call))


def _per_zaaktype(body: Mapping[str, Any], held: Voorkeuren) -> dict[UUID, str]:
    if "perZaaktype" not in body:
        return {each.sleutel: each.kanaal for each in held.per_zaaktype}
    given = body["perZaaktype"]
    if not isinstance(given, dict):
        raise Invalid([Fault("perZaaktype", "invalid", "Hier hoort een object.")])
    wanted = {_uuid("perZaaktype", key): text_in(given, key) for key in given}
    return {each.sleutel: wanted.pop(each.sleutel, each.kanaal) for each in held.per_zaaktype} | (
        wanted
    )


def _toestemming(body: Mapping[str, Any], held: Voorkeuren) -> frozenset[tuple[str, str]]:
    if "toestemmingen" not in body:
        return frozenset((each.soort, k) for each in held.toestemmingen for k in each.kanalen)
    given = body["toestemmingen"]
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Invalid([Fault("toestemmingen", "invalid", "Hier hoort een lijst van objecten.")])
    return frozenset(
        (text_in(each, "soort"), kanaal) for each in given for kanaal in _texts(each, "kanalen")
    )


def _texts(body: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = body.get(name)
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise Invalid([Fault(name, "not_a_list", "Hier hoort een lijst van teksten.")])
    return tuple(given)


def _key(body: Mapping[str, Any], name: str) -> UUID | None:
    return _uuid(name, body[name]) if body.get(name) else None


def _uuid(name: str, raw: Any) -> UUID:
    try:
        return UUID(raw)
    except (TypeError, ValueError, AttributeError):
        raise Invalid([Fault(name, "invalid", "Dit is geen geldige UUID.")]) from None


def _offer(
    path: str, run: Callable[..., Any], scopes: tuple[str, ...], summary: str, name: str,
    **more: Any,
) -> None:  # fmt: skip
    Command(MIJNSERVICES, path, run, scopes, summary, name=name, **more)


_offer("profiel/voorkeuren", _voorkeuren, LEZEN, "Toon langs welke kanalen iemand bericht wil.",
       "voorkeuren_retrieve", method="GET", response=vorm(Voorkeuren), fresh=True)  # fmt: skip
_offer("profiel/voorkeuren", _bewaar, BIJWERKEN, "Wijzig langs welke kanalen iemand bericht wil.",
       "voorkeuren_update", method="PUT", request=_WENS, response=vorm(Voorkeuren))  # fmt: skip
_offer("profiel/adressen", _nieuw, WIJZIGEN, "Voeg een e-mailadres of telefoonnummer toe.",
       "adressen_create", request=_ADRES, response=vorm(Adres), success=201)  # fmt: skip
_offer("profiel/adressen/{uuid}", _verwijder, WIJZIGEN, "Verwijder een adres.",
       "adressen_destroy", method="DELETE", success=204)  # fmt: skip
_offer("profiel/adressen/{uuid}/bevestigen", _bevestig, BIJWERKEN,
       "Bevestig een adres met de code die erheen is gestuurd.", "adressen_bevestigen",
       request=_CODE, response=vorm(Adres))  # fmt: skip
_offer("profiel/adressen/{uuid}/code", _code, BIJWERKEN, "Stuur een nieuwe code naar een adres.",
       "adressen_code", success=204)  # fmt: skip
_offer("profiel/adressen/{uuid}/kiezen", _kies, WIJZIGEN, "Gebruik voortaan dit adres.",
       "adressen_kiezen", response=vorm(Adres))  # fmt: skip
