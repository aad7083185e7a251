"""The zaaktypen to which a zaaktype is related: written by identificatie, read as addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import field
from loket.grammar.links import Via, key_in, shown_sql
from loket.grammar.relations import target_of
from loket.grammar.shapes import Many
from loket.ledger.database import fetch
from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.catalogi.versie import valid
from loket.registers.catalogi.waarden import AardRelatie

if TYPE_CHECKING:
    from loket.grammar.change import Change
    from loket.grammar.words import Intake, Word

DOC: Final = "De ZAAKTYPEN van zaken die van belang zijn voor zaken van dit ZAAKTYPE."
_RELATIE: Final = {
    "zaaktype": field.text("De identificatie of de URL van het andere ZAAKTYPE.", 200),
    "zaaktype_identificatie": field.prose(
        "De identificatie van het andere ZAAKTYPE.", computed=True, optional=True
    ),
    "aard_relatie": field.choice(AardRelatie, "Wat de andere zaak voor de zaak betekent."),
    "toelichting": field.text("Toelichting op de relatie.", 255, optional=True),
}
_OUTSIDE: Final = "starts_with(g.relatie->>'zaaktype', 'http')"


@dataclass(eq=False)
class Gerelateerd(Many, Via):
    """A list of groups that name a zaaktype; one of another house is named by its address."""

    many_valued = False

    def sql(self, row: str) -> str:
        """Show the versions that are published and valid, and the zaaktypen of others."""
        target = target_of(catalogussen, self)
        outside = shown_sql("g.relatie->>'zaaktype'")
        return (
            "(SELECT coalesce(json_agg(json_build_object("  # noqa: S608 - names from the declaration
            f"'zaaktype', CASE WHEN z.id IS NULL THEN {outside} ELSE {target.url_sql('z')} END, "
            "'zaaktypeIdentificatie', coalesce(z.identificatie, ''), "
            "'aardRelatie', g.relatie->>'aardRelatie', "
            "'toelichting', g.relatie->>'toelichting') ORDER BY g.nr), '[]') "
            f'FROM jsonb_array_elements({row}."{self.name}") WITH ORDINALITY g(relatie, nr) '
            f"LEFT JOIN {target.table} z ON z.catalogus_id = {_catalogus('g.relatie', row)} "
            f"AND z.identificatie = g.relatie->>'zaaktype' AND {valid('z')} "
            f"WHERE z.id IS NOT NULL OR {_OUTSIDE})"
        )

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Keep the identificatie of a zaaktype of this house that was named by its address."""
        taken = super().taken(raw, path, intake)
        if not isinstance(taken, list):
            return taken
        target = target_of(catalogussen, self)
        for nr, relatie in enumerate(taken):
            relatie.pop("zaaktypeIdentificatie", None)
            key = key_in(relatie.get("zaaktype"), target, intake.base)
            if key is None:
                continue
            zaaktype = fetch(target.record, key)
            if zaaktype is None:
                reason = "De URL verwijst naar niets dat dit register kent."
                intake.fault(f"{path}.{nr}.zaaktype", "bad-url", reason)
            else:
                relatie["zaaktype"] = zaaktype.identificatie
                relatie["catalogus"] = str(zaaktype.catalogus_id)
        return taken


def gerelateerde_zaaktypen() -> Any:
    """Make the field of a zaaktype; another may be of another catalogus (ztc-013 is withdrawn)."""
    words: dict[str, Any] = _RELATIE
    relatie: Word = field.group("Een relatie met een ander ZAAKTYPE.", **words)
    where = (
        "EXISTS (SELECT FROM jsonb_array_elements({row}.gerelateerde_zaaktypen) g "
        "WHERE g->>'zaaktype' = {other}.identificatie "
        f"AND {{other}}.catalogus_id = {_catalogus('g', '{row}')}) AND {valid('{other}')}"
    )
    return Gerelateerd(DOC, of=relatie, source="catalogi.ZaakType", where=where)


def _catalogus(relatie: str, row: str) -> str:
    """Return SQL for the catalogus of the other zaaktype: our own, unless it says otherwise."""
    return f"coalesce(({relatie}->>'catalogus')::uuid, {row}.catalogus_id)"


def leave_own_catalogus_out(zaaktype: Any, _: Change) -> None:
    """Keep the catalogus of a related zaaktype only where it is another than our own."""
    for relatie in zaaktype.gerelateerde_zaaktypen or []:
        if relatie.get("catalogus") == str(zaaktype.catalogus_id):
            del relatie["catalogus"]
