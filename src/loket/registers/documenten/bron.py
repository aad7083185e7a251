"""The source of a relation: the register of the zaak or besluit that a document belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from loket.grammar.addresses import is_ours, resolved, resource_named
from loket.grammar.links import Ref
from loket.grammar.outside import outside
from loket.ledger.database import fetch, one
from loket.ledger.events import BASE
from loket.registers.documenten.waarden import ObjectType

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.registers.documenten.objectinformatieobject import ObjectInformatieObject

HOUSE: Final = BASE.removesuffix("/")
SOURCES: Final[dict[str, tuple[str, str, str, str]]] = {
    ObjectType.ZAAK: ("zaken", "zaken", "zaakinformatieobjecten", "zaak"),
    ObjectType.BESLUIT: ("besluiten", "besluiten", "besluitinformatieobjecten", "besluit"),
}
"""Where each kind of thing is, and where it says which documents belong to it."""


def fault_of(relation: ObjectInformatieObject) -> str:
    """Return the code of what is wrong with the address of the OBJECT; empty when nothing is."""
    source = SOURCES.get(relation.object_type)
    if not is_ours(relation.object):
        return "" if source is None or _is_there(relation.object) else "bad-url"
    found = resolved(relation.object)
    if found is None:
        return "bad-url"
    resource, key = found
    if source is None or (resource.register.name, resource.name) != source[:2]:
        return "invalid-resource"
    return "" if fetch(resource.record, key) is not None else "bad-url"


def _is_there(address: str) -> bool:
    return outside().trusts(address) and outside().get(address) is not None


def is_told(relation: ObjectInformatieObject, base: str) -> bool | None:
    """Tell whether the source says that the document belongs to the OBJECT; None: it has none."""
    source = SOURCES.get(relation.object_type)
    if source is None:
        return None
    if not is_ours(relation.object):
        return _is_told_outside(relation, base, *source)
    register, _, links, name = source
    resource, found = resource_named(register, links), resolved(relation.object)
    if resource is None or found is None:
        return False
    return _exists(resource, name, found[1], relation)


def _exists(resource: Resource, name: str, key: Any, relation: ObjectInformatieObject) -> bool:
    """Look for the row of a link; a document is kept there as a key or as an address."""
    word = resource.record.words["informatieobject"]
    if isinstance(word, Ref):
        column, value = "informatieobject_id", relation.informatieobject_id
    else:
        main, document = resource_of_document(relation)
        column, value = "informatieobject", main.address(document, HOUSE)
    row = one(
        f'SELECT EXISTS (SELECT FROM "{resource.table}" WHERE "{name}_id" = %s '  # noqa: S608 - names of columns
        f'AND "{column}" = %s)',
        (key, value),
    )
    return bool(row[0])


def resource_of_document(relation: ObjectInformatieObject) -> tuple[Resource, Any]:
    """Return the document of a relation, with its resource."""
    found = resource_named("documenten", "enkelvoudiginformatieobjecten")
    if found is None:
        raise LookupError("enkelvoudiginformatieobjecten")
    return found, relation.informatieobject


def _is_told_outside(
    relation: ObjectInformatieObject, base: str, _: str, path: str, links: str, name: str
) -> bool:
    """Ask the source in another house that the tenant trusts."""
    root, between, _ = relation.object.rpartition(f"/{path}/")
    if not between or not outside().trusts(relation.object):
        return False
    main, document = resource_of_document(relation)
    query = urlencode({name: relation.object, "informatieobject": main.address(document, base)})
    found = outside().get(f"{root}/{links}?{query}")
    return bool(found.get("results") if isinstance(found, dict) else found)
