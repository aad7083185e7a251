"""The rules of the ZGW standard, in our words, and the tests that show each of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES: Final[dict[str, dict[str, str]]] = {
    "All APIs": {
        "zgw-oas": "the published operations exist and behave as described",
        "zgw-paginering": "count, next, previous, results; no such page is 404; some lists bare",
        "zgw-parameters": "a malformed value and an unknown parameter are 400",
        "zgw-fouten": "problem+json, all faults of a body at once under their names",
        "zgw-auth": "a JWT with iat of at most an hour, exp and nbf obeyed; a failure is 403",
        "zgw-autorisatie": "rights are asked on each call; a change counts at once",
        "zgw-audittrail": "each write stands in the trail of its main record",
        "zgw-caching": "ETag on a detail, HEAD gives the same headers, If-None-Match gives 304",
        "zgw-versie": "each answer says the version of the API",
        "zgw-crs": "zaken ask for a CRS header: 412 without, 406 for another than EPSG:4326",
        "zgw-expand": "expand=a,a.b puts what is asked under _expand, at any depth",
    },
    "Zaken": {
        "zrc-001": "the zaaktype exists and is published",
        "zrc-002": "bronorganisatie and identificatie are unique together; made when left out",
        "zrc-003": "the informatieobject of a zaakinformatieobject exists",
        "zrc-004": "aardRelatie and registratiedatum are the house's; zaak and document stay",
        "zrc-005": "a zaakinformatieobject is mirrored as objectinformatieobject",
        "zrc-006": "zaken outside type or confidentiality: left out of lists, else 403",
        "zrc-007": "the last status closes the zaak, and what that asks; closed needs force",
        "zrc-008": "another status reopens it under zaken.heropenen and clears the archiving",
        "zrc-009": "vertrouwelijkheidaanduiding: the client's, else the type's",
        "zrc-010": "communicatiekanaal is one of the referentielijsten",
        "zrc-011": "each relevante andere zaak exists",
        "zrc-012": "groups: null is none, an object is checked, an answer has the structure",
        "zrc-013": "a hoofdzaak is a zaak, not a deelzaak, not itself",
        "zrc-014": "nvt forbids a laatsteBetaaldatum and clears it",
        "zrc-015": "producten en diensten are some of the zaaktype's",
        "zrc-016": "the statustype is of the zaaktype",
        "zrc-017": "the informatieobjecttype is of the zaaktype",
        "zrc-018": "the eigenschap is of the zaaktype",
        "zrc-019": "the roltype is of the zaaktype",
        "zrc-020": "the resultaattype is of the zaaktype",
        "zrc-021": "closing derives archiefnominatie and archiefactiedatum, by afleidingswijze",
        "zrc-022": "another archiefstatus asks archived documents, nominatie and actiedatum",
        "zrc-023": "removing a zaak removes all that is its own",
        "zrc-024": "a zaakverzoek is mirrored in the Verzoeken API",
        "zrc-025": "expand reaches other registers too; a contactmoment is mirrored",
        "zrc-026": "expand goes to any depth; startdatumBewaartermijn begins the bewaartermijn",
        "zrc-027": "expanding what is no attribute is 404",
        "zrc-028": "a whole answer or none",
        "zrc-029": "fields selects attributes and expansions in _zoek, not beside expand",
        "zrc-oas": "the rules in the text of the operations",
    },
    "Catalogi": {
        "ztc-001": "selectielijstProcestype is a ProcesType",
        "ztc-002": "resultaattypeomschrijving and selectielijstklasse exist and fit",
        "ztc-003": "afleidingswijze fits the procestermijn of the selectielijst",
        "ztc-004": "datumkenmerk, as the afleidingswijze asks",
        "ztc-005": "einddatumBekend, as the afleidingswijze asks",
        "ztc-006": "objecttype, as the afleidingswijze asks",
        "ztc-007": "registratie, as the afleidingswijze asks",
        "ztc-008": "procestermijn, as the afleidingswijze asks",
        "ztc-009": "a published type does not change, but for its end",
        "ztc-010": "nor do the parts of a published zaaktype",
        "ztc-011": "withdrawn: relations of published types",
        "ztc-012": "withdrawn: publishing with concept relations",
        "ztc-013": "withdrawn: relations within one catalogus",
        "ztc-014": "who may read zaken or documenten may read their types",
        "ztc-015": "an eigenschap of a date has the length of one",
        "ztc-016": "published versions of one type do not overlap",
        "ztc-017": "a catalogus with types in it is not removed",
        "ztc-concept": "a concept is used nowhere else; publishing ends that",
        "ztc-geldigheid": "begin and end are inclusive; parts follow their zaaktype",
        "ztc-historiemodel": "written by name, read as the versions valid on the day",
        "ztc-correctie": "with force a published type may be widened",
        "ztc-oas": "the rules in the text of the operations",
    },
    "Documenten": {
        "drc-001": "the informatieobjecttype exists and is published",
        "drc-002": "the object of an objectinformatieobject exists",
        "drc-003": "object and informatieobject are unique together",
        "drc-004": "the relation exists at its source, and is gone there before it goes here",
        "drc-005": "what was received is not being written",
        "drc-006": "indicatieGebruiksrecht follows the gebruiksrechten",
        "drc-007": "vertrouwelijkheidaanduiding: the client's, else the type's",
        "drc-008": "a document with relations is not removed",
        "drc-009": "a write needs the lock",
        "drc-010": "an update checks the lock and nothing more",
        "drc-011": "expand reaches other registers too",
        "drc-012": "expand goes to any depth",
        "drc-013": "expanding what is no attribute is 404",
        "drc-014": "a whole answer or none",
        "drc-oas": "the rules in the text of the operations: versions, bestandsdelen, verzendingen",
    },
    "Besluiten": {
        "brc-001": "the besluittype exists, is published, and stays",
        "brc-002": "verantwoordelijkeOrganisatie and identificatie are unique together, and stay",
        "brc-003": "the informatieobject exists",
        "brc-004": "aardRelatie and registratiedatum are the house's; besluit and document stay",
        "brc-005": "a besluitinformatieobject is mirrored as objectinformatieobject",
        "brc-006": "the zaak of a besluit is mirrored as zaakbesluit",
        "brc-007": "the besluittype is of the zaaktype",
        "brc-008": "the informatieobjecttype is of the besluittype",
        "brc-009": "removing a besluit removes all that is its own",
        "brc-oas": "the rules in the text of the operations",
    },
    "Autorisaties": {
        "ac-001": "a client id belongs to one applicatie",
        "ac-002": "either all rights, or a list of them",
        "ac-003": "a right on a typed component names type and confidentiality",
    },
}


def shown_by(tests: Path) -> dict[str, list[str]]:
    """Return, for each rule, the tests marked with it, as `file::test`."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        for name, rule in marks(path.read_text(encoding="utf-8")):
            found.setdefault(rule, []).append(f"{path.relative_to(tests.parent)}::{name}")
    return found


def marks(source: str) -> Iterator[tuple[str, str]]:
    """Yield each test in a module with each rule that it, or the whole module, is marked with."""
    tree = ast.parse(source)
    whole = [rule for node in tree.body for rule in _of_module(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = [rule for mark in node.decorator_list for rule in _rules_of(mark)]
            for rule in (*own, *whole):
                yield node.name, rule


def _of_module(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != "pytestmark":
        return []
    marked = node.value.elts if isinstance(node.value, (ast.List, ast.Tuple)) else [node.value]
    return [rule for mark in marked for rule in _rules_of(mark)]


def _rules_of(mark: ast.expr) -> list[str]:
    if not isinstance(mark, ast.Call) or ast.unparse(mark.func) != "pytest.mark.rule":
        return []
    return [str(each.value) for each in mark.args if isinstance(each, ast.Constant)]
