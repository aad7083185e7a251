"""Applicatie: een stuk software met client-id's en rechten (Autorisaties API 1.1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter
from loket.grammar.links import shown_sql
from loket.grammar.reading import Query
from loket.grammar.record import Record
from loket.grammar.resource import Command, Resource
from loket.grammar.rule import rule
from loket.grammar.shapes import Many
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import one
from loket.registers.autorisaties.register import AUTORISATIES

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.grammar.words import Intake
    from loket.grammar.writing import Change
    from loket.kernel.actor import Actor


class Component(models.TextChoices):
    """De component waarop een autorisatie betrekking heeft."""

    AC = "ac", "Autorisaties API"
    NRC = "nrc", "Notificaties API"
    ZRC = "zrc", "Zaken API"
    ZTC = "ztc", "Catalogi API"
    DRC = "drc", "Documenten API"
    BRC = "brc", "Besluiten API"
    BEHEER = "beheer", "Beheer API"
    ARCHIEF = "archief", "Archief API"
    KLANTINTERACTIES = "klantinteracties", "Klantinteracties API"
    CONTACTGEGEVENS = "contactgegevens", "Contactgegevens API"
    TAKEN = "taken", "Taken API"
    MIJNTAKEN = "mijntaken", "MijnTaken API"
    BERICHTEN = "berichten", "Berichten API"
    VERZOEKEN = "verzoeken", "Verzoeken API"
    OUTPUT = "output", "Output API"


class Vertrouwelijkheid(models.TextChoices):
    """Vertrouwelijkheidaanduidingen, van openbaar naar zeer geheim."""

    OPENBAAR = "openbaar", "Openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar", "Beperkt openbaar"
    INTERN = "intern", "Intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk", "Zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk", "Vertrouwelijk"
    CONFIDENTIEEL = "confidentieel", "Confidentieel"
    GEHEIM = "geheim", "Geheim"
    ZEER_GEHEIM = "zeer_geheim", "Zeer geheim"


AUTORISATIE = field.group(
    "Een recht op één component, eventueel voor één type.",
    component=field.choice(Component, "De component."),
    component_weergave=field.prose("De component in woorden.", computed=True, optional=True),
    scopes=field.many(field.text("Een scope.", 100), "De toegekende scopes."),
    zaaktype=field.url("Het ZAAKTYPE (alleen voor zrc).", optional=True),
    informatieobjecttype=field.url("Het INFORMATIEOBJECTTYPE (alleen voor drc).", optional=True),
    besluittype=field.url("Het BESLUITTYPE (alleen voor brc).", optional=True),
    max_vertrouwelijkheidaanduiding=field.choice(
        Vertrouwelijkheid, "De hoogste vertrouwelijkheid (alleen voor zrc en drc).", optional=True
    ),
)


_WEERGAVE = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in Component.choices)


@dataclass(eq=False)
class Autorisaties(Many):
    """The rights of an application, shown with the name of their component in words."""

    def sql(self, row: str) -> str:
        """Show the list with that name; our own addresses as the client knows them."""
        named = (
            "(SELECT coalesce(jsonb_agg(recht || "  # noqa: S608 - names from the declaration
            "jsonb_build_object('componentWeergave', "
            f"CASE recht->>'component' {_WEERGAVE} ELSE '' END) ORDER BY nr), '[]') "
            f'FROM jsonb_array_elements({row}."{self.name}") WITH ORDINALITY g(recht, nr))'
        )
        return f"{shown_sql(f'{named}::text')}::json"

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Keep the rights without that name, whatever was sent for it."""
        if isinstance(raw, list):
            raw = [_without_weergave(each) if isinstance(each, dict) else each for each in raw]
        taken = super().taken(raw, path, intake)
        return [_without_weergave(each) for each in taken] if isinstance(taken, list) else taken


def _without_weergave(recht: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in recht.items() if name != "componentWeergave"}


def _autorisaties() -> Any:
    recht: Any = AUTORISATIE
    return Autorisaties("De rechten van de applicatie.", of=recht, optional=True)


class Applicatie(Record):
    """Een applicatie, herkend aan haar client-id's, met de rechten die zij heeft."""

    client_ids = field.many(
        field.text("Een client-id.", 50), "De client-id's van de applicatie.", least=1
    )
    label = field.text("Naam van de applicatie, voor mensen.", 100)
    heeft_alle_autorisaties = field.flag("Of de applicatie alles mag.", optional=True)
    alleen_is_gereed_voor_publicatie = field.flag(
        "Of de applicatie alleen documenten ziet die gereed zijn voor publicatie.", optional=True
    )
    autorisaties = _autorisaties()


@rule("clientId-exists", on="clientIds")
def client_ids_zijn_vrij(applicatie: Applicatie) -> bool:
    """Een van de client-id's hoort al bij een andere applicatie."""
    row = one(
        "SELECT count(*) FROM autorisaties_applicatie WHERE client_ids ?| %s::text[] AND id <> %s",
        (applicatie.client_ids, applicatie.pk),
    )
    return bool(row[0] == 0)


def blijven_vrij(applicatie: Applicatie, change: Change) -> None:
    """Look again after the row is written: writers of applicaties then wait for each other.

    Each raises the version of the rights, and holds it until it commits.
    """
    change.faults.extend(client_ids_zijn_vrij.faults(applicatie, change))


@rule("ambiguous-authorizations-specified")
def alles_of_opgesomd(applicatie: Applicatie) -> bool:
    """Geef óf alle autorisaties, óf een lijst van autorisaties, niet allebei."""
    return not (applicatie.heeft_alle_autorisaties and applicatie.autorisaties)


@rule("missing-authorizations")
def niet_zonder_autorisaties(applicatie: Applicatie) -> bool:
    """Geef alle autorisaties of een lijst van autorisaties; nu is er geen van beide."""
    return bool(applicatie.heeft_alle_autorisaties or applicatie.autorisaties)


_NEEDS = {
    "zrc": ("zaken.", ("zaaktype", "maxVertrouwelijkheidaanduiding")),
    "drc": ("documenten.", ("informatieobjecttype", "maxVertrouwelijkheidaanduiding")),
    "brc": ("besluiten.", ("besluittype",)),
}


def typen_genoemd(applicatie: Applicatie, _: Change) -> list[Fault]:
    """Note what a right on zaken, documenten or besluiten lacks (rule ac-003)."""
    faults = []
    for nr, each in enumerate(applicatie.autorisaties):
        prefix, names = _NEEDS.get(each["component"], ("-", ()))
        if not any(scope.startswith(prefix) for scope in each["scopes"]):
            continue
        faults += [
            Fault(f"autorisaties.{nr}.{name}", "required", "Dit veld is vereist.")
            for name in names
            if not each.get(name)
        ]
    return faults


CLIENT_IDS = Filter(
    "clientIds",
    "{row}.client_ids ?| {value}::text[]",
    lambda raw, _: [piece.strip() for piece in raw.split(",")],
    {"type": "array", "items": {"type": "string"}},
    "Eén of meer client-id's, gescheiden door komma's.",
)

applicaties = Resource(
    AUTORISATIES,
    "applicaties",
    Applicatie,
    filters=[CLIENT_IDS],
    rules=[client_ids_zijn_vrij, alles_of_opgesomd, niet_zonder_autorisaties],
    checks=[typen_genoemd],
    reactions=[blijven_vrij],
    with_uuid=False,
)


def consumer(actor: Actor, call: Call) -> bytes:
    """Return the one application that has a client id; NotFound when none has."""
    given = call.query.get("clientId")
    if not given:
        raise Invalid([Fault("clientId", "required", "Dit veld is vereist.")])
    row = one(
        "SELECT id FROM autorisaties_applicatie WHERE client_ids @> to_jsonb(%s::text)", given[:1]
    )
    if row is None:
        raise NotFound
    return applicaties.get(actor, row[0], Query(call.base, trace=call.trace))


Command(
    AUTORISATIES,
    "applicaties/consumer",
    consumer,
    ("autorisaties.lezen",),
    "Vraag de applicatie bij een client-id op.",
    method="GET",
    query=("clientId",),
    of=applicaties,
)
