"""What a task says beyond its title: a form for each kind of task."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.kernel.problems import Fault, InvalidValue
from loket.registers.taken.waarden import TaakSoort, Valuta


def iban(text: str) -> str:
    """Check the two control digits of an IBAN (ISO 13616): the rest of 97 is 1."""
    turned = (text[4:] + text[:4]).upper()
    digits = "".join(str(int(sign, 36)) for sign in turned)
    if int(digits) % 97 != 1:
        raise InvalidValue("invalid", "Dit is geen geldige IBAN.")
    return text


def _gegevens() -> dict[str, Any]:
    return {
        "voorinvullen_gegevens": field.free("Wat al is ingevuld.", optional=True, default=dict),
        "ontvangen_gegevens": field.free("Wat is ingevuld.", optional=True, default=dict),
    }


DETAILS: dict[str, Any] = {
    TaakSoort.BETAALTAAK: field.group(
        "Wat er betaald moet worden, en waarheen.",
        bedrag=field.amount("Het bedrag."),
        valuta=field.choice(Valuta, "De munt.", optional=True, default=Valuta.EUR),
        transactieomschrijving=field.text("Wat er op het afschrift staat.", 80),
        doelrekening=field.group(
            "De rekening; minstens een van deze.",
            naam=field.text("De naam.", 200, optional=True),
            code=field.text("Een code van de betaaldienst.", 100, optional=True),
            iban=field.text(
                "De IBAN.", 34, pattern="[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}", check=iban,
                optional=True,
            ),
        ),
    ),
    TaakSoort.URLTAAK: field.group(
        "Waar de taak gedaan wordt, en wat er terugkwam.",
        uitvraag_link=field.url("Het adres waar de taak gedaan wordt."),
        **_gegevens(),
        ontvangen_bijlagen=field.many(
            field.group("Een bijlage.", informatie_object=field.urn("De URN van het document.")),
            "Wat er werd meegestuurd.",
            optional=True,
        ),
    ),
    TaakSoort.FORMULIERTAAK: field.group(
        "Het formulier, en wat er is ingevuld.",
        formulier_definitie=field.free("De onderdelen van het formulier: components."),
        **_gegevens(),
    ),
}  # fmt: skip


def faults(soort: str, details: dict[str, Any], sent: Any) -> list[Fault]:
    """Return what is amiss with the form of a task, beyond its fields."""
    found: list[Fault] = []
    if soort == TaakSoort.BETAALTAAK:
        found = _betaling(details, sent)
    elif soort == TaakSoort.FORMULIERTAAK:
        found = _formulier(details)
    return [Fault(f"details.{fault.name}", fault.code, fault.reason) for fault in found]


def _betaling(details: dict[str, Any], sent: Any) -> list[Fault]:
    strange = set(sent) - _KNOWN if isinstance(sent, dict) else set()
    made = [Fault(name, "invalid", "Dit kent een betaaltaak niet.") for name in sorted(strange)]
    if not any((details.get("doelrekening") or {}).values()):
        made.append(Fault("doelrekening", "required", "Noem een naam, een code of een IBAN."))
    return made


def _formulier(details: dict[str, Any]) -> list[Fault]:
    components = details.get("formulierDefinitie", {}).get("components")
    if not isinstance(components, list) or not components:
        return [Fault("formulierDefinitie.components", "required", "Een formulier heeft velden.")]
    made = []
    for nr, each in enumerate(components):
        where = f"formulierDefinitie.components.{nr}"
        if not isinstance(each, dict):
            made.append(Fault(where, "invalid", "Hier hoort een object."))
            continue
        made += [
            Fault(f"{where}.{name}", "required", "Dit veld is vereist.")
            for name in ("label", "key", "type")
            if not isinstance(each.get(name), str) or not each[name]
        ]
    return made


_KNOWN = {"bedrag", "valuta", "transactieomschrijving", "doelrekening"}
