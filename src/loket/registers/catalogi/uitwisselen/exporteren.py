"""Taking a catalogus along: all its types, in all versions, as a ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.reading import columns_sql
from loket.kernel.clock import today
from loket.kernel.problems import NotFound
from loket.ledger.database import one, rows
from loket.registers.catalogi.uitwisselen.bestanden import FILES, NAME, NAMED

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Resource

_ORDER: Final = {
    "Catalogus.json": "t.domein",
    "InformatieObjectType.json": "t.omschrijving, t.begin_geldigheid",
    "BesluitType.json": "t.omschrijving, t.begin_geldigheid",
    "ZaakType.json": "t.identificatie, t.begin_geldigheid",
    "StatusType.json": "z.identificatie, z.begin_geldigheid, t.volgnummer",
    "ResultaatType.json": "z.identificatie, z.begin_geldigheid, t.omschrijving",
    "RolType.json": "z.identificatie, z.begin_geldigheid, t.omschrijving",
    "Eigenschap.json": "z.identificatie, z.begin_geldigheid, t.naam",
    "ZaakObjectType.json": "z.identificatie, z.begin_geldigheid, t.relatie_omschrijving",
    "ZaakTypeInformatieObjectType.json": "z.identificatie, z.begin_geldigheid, t.volgnummer",
}
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The moment of every file, so that the same catalogus makes the same ZIP."""


def export(catalogus: UUID, base: str) -> bytes:
    """Return the ZIP of a catalogus, with addresses under `base`; NotFound."""
    if one("SELECT 1 FROM catalogi_catalogus WHERE id = %s", (catalogus,)) is None:
        raise NotFound
    found = {file: _shown(file, resource, catalogus) for file, resource in FILES.items()}
    _name_by_address(found)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, things in found.items():
            text = json.dumps(things, ensure_ascii=False, indent=1)
            shown = text.replace(f'"{HOUSE}/', f'"{base}/')
            archive.writestr(zipfile.ZipInfo(file, _MADE), shown, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def find(name: str) -> list[tuple[UUID, str]]:
    """Return the catalogi that are called so: by key, domein, or domein/rsin; each with a label."""
    found: list[tuple[UUID, str]] = rows(
        "SELECT c.id, c.domein || '/' || c.rsin FROM catalogi_catalogus c "
        "WHERE c.id::text = lower(%(naam)s) OR c.domein = %(naam)s "
        "OR c.domein || '/' || c.rsin = %(naam)s OR %(naam)s = '' ORDER BY 2",
        {"naam": name},
    )
    return found


def _shown(file: str, resource: Resource, catalogus: UUID) -> list[dict[str, Any]]:
    """Return the representations of a file, each with the names that it refers by."""
    extra = "".join(f', t."{name}" AS "_{name}"' for name in NAMED.get(file, {}))
    if file == "ZaakType.json":
        extra += ', t.gerelateerde_zaaktypen AS "_gerelateerdeZaaktypen"'
    source = f'"{resource.table}" t'
    where = "t.id = %(catalogus)s" if file == "Catalogus.json" else "t.catalogus_id = %(catalogus)s"
    if resource.parent:
        source += " JOIN catalogi_zaaktype z ON z.id = t.zaaktype_id"
        where = "z.catalogus_id = %(catalogus)s"
    sql = (
        "SELECT row_to_json(r) FROM (SELECT "  # noqa: S608 - names from the declaration
        f"{columns_sql(resource, 't', 'alles', ())}{extra} FROM {source} "
        f"WHERE {where} ORDER BY {_ORDER[file]}, t.id) r"
    )
    params = {
        "catalogus": catalogus,
        "base": HOUSE,
        "dag": today(),
        "doel": None,
        "trace": "",
        "wie": "",
    }
    return [json.loads(row[0]) for row in rows(sql, params)]


def _name_by_address(found: dict[str, list[dict[str, Any]]]) -> None:
    """Let every reference by name be the address of a version in the same ZIP.

    A reader shows only versions that are published and valid today; a catalogus that travels
    keeps its references also when they are concepts. A name that no type has is left as it is.
    """
    addresses = {file: _addresses(found[file], name) for file, name in NAME.items()}
    for file, fields in NAMED.items():
        for thing in found[file]:
            for wire, other in fields.items():
                thing[wire] = _named(thing.pop(f"_{wire}"), addresses[other])
    for thing in found["ZaakType.json"]:
        thing["gerelateerdeZaaktypen"] = [
            {**each, "zaaktype": addresses["ZaakType.json"].get(each["zaaktype"], each["zaaktype"])}
            for each in thing.pop("_gerelateerdeZaaktypen")
        ]


def _addresses(things: list[dict[str, Any]], name: str) -> dict[str, str]:
    """Return for each name the version valid today, or else the newest."""
    day = today().isoformat()
    by_name: dict[str, str] = {}
    for thing in things:  # in the order of their beginning
        by_name[thing[name]] = thing["url"]
    for thing in things:
        ends = thing["eindeGeldigheid"]
        valid = thing["beginGeldigheid"] <= day and (ends is None or ends >= day)
        if valid and not thing["concept"]:
            by_name[thing[name]] = thing["url"]
    return by_name


def _named(names: Any, addresses: dict[str, str]) -> Any:
    if isinstance(names, str):
        return addresses.get(names, names)
    return [addresses.get(name, name) for name in names]
