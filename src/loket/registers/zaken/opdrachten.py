"""The commands that Open Zaak added: a zaak with what belongs to it, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import demand_scope
from loket.grammar.resource import Command
from loket.grammar.together import Together, together
from loket.kernel.problems import Fault, Invalid
from loket.registers.zaken.opdracht_vormen import answer, asked, parts_of
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.resultaat import resultaten
from loket.registers.zaken.rol import Rol, rollen
from loket.registers.zaken.status import statussen
from loket.registers.zaken.status_regels import is_eindstatus
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaakinformatieobject import zaakinformatieobjecten
from loket.registers.zaken.zaakobject import zaakobjecten

if TYPE_CHECKING:
    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

CHANGE = ("zaken.bijwerken", "zaken.geforceerd-bijwerken")
STATUS = ("zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.heropenen")

REGISTREREN = {
    "zaak": zaken,
    "rollen": rollen,
    "zaakinformatieobjecten": zaakinformatieobjecten,
    "zaakobjecten": zaakobjecten,
    "status": statussen,
}
BIJWERKEN = {"zaak": zaken, "rollen": rollen, "status": statussen}
WIJZIGEN = {"zaak": zaken, "status": statussen}
AFSLUITEN = {"zaak": zaken, "resultaat": resultaten, "status": statussen}


def registreer(actor: Actor, call: Call) -> Any:
    """Make a zaak with its rollen, documents, objects and first status."""
    demand_scope(actor, ("zaken.aanmaken",))
    demand_scope(actor, CHANGE)
    parts = parts_of(call.body, REGISTREREN, ("zaak", "rollen", "status"))
    with together(actor, call, parts) as doors:
        zaak = doors.create("zaak", zaken)
        made = {
            path: doors.create(path, resource, zaak=zaak)
            for path, resource, _ in parts
            if path != "zaak"
        }
    return _told(doors, {**REGISTREREN}, {"zaak": zaak, **made})


def werk_bij(actor: Actor, call: Call) -> Any:
    """Change a zaak, its rollen (those not given go) and its status."""
    parts = _asked(actor, call, BIJWERKEN, ("status",))
    with together(actor, call, parts) as doors:
        zaak = _zaak(doors)
        made = _rollen(doors, zaak) if "rollen" in call.body else {}
        made["status"] = doors.create("status", statussen, zaak=zaak)
    given = {name: each for name, each in BIJWERKEN.items() if name in call.body}
    return _told(doors, given, {"zaak": zaak, **made})


def schort_op(actor: Actor, call: Call) -> Any:
    """Suspend a zaak, or let it go on, with a status that tells of it."""
    return _wijzig(actor, call, "opschorting")


def verleng(actor: Actor, call: Call) -> Any:
    """Give a zaak more time, with a status that tells of it."""
    return _wijzig(actor, call, "verlenging")


def sluit_af(actor: Actor, call: Call) -> Any:
    """Close a zaak with a resultaat and its last status."""
    parts = _asked(actor, call, AFSLUITEN, tuple(AFSLUITEN))
    with together(actor, call, parts) as doors:
        zaak = _zaak(doors)
        resultaat = doors.create("resultaat", resultaten, zaak=zaak)
        status = doors.create("status", statussen, zaak=zaak)
        if status is not None and not is_eindstatus(status):
            reason = "Een zaak wordt afgesloten met de laatste status van het zaaktype."
            doors.faults.append(Fault("status.statustype", "invalid", reason))
    made = {"zaak": zaak, "resultaat": resultaat, "status": status}
    return _told(doors, AFSLUITEN, made)


def _wijzig(actor: Actor, call: Call, name: str) -> Any:
    parts = _asked(actor, call, WIJZIGEN, ("zaak", "status"))
    zaak_body = parts[0][2]
    if name not in zaak_body:
        raise Invalid([Fault(f"zaak.{name}", "required", "Dit veld is vereist.")])
    parts[0] = ("zaak", zaken, {name: zaak_body[name]})
    with together(actor, call, parts) as doors:
        zaak = _zaak(doors)
        status = doors.create("status", statussen, zaak=zaak)
    return _told(doors, WIJZIGEN, {"zaak": zaak, "status": status})


def _asked(
    actor: Actor, call: Call, kinds: dict[str, Resource], needed: tuple[str, ...]
) -> list[tuple[str, Resource, Any]]:
    demand_scope(actor, CHANGE)
    demand_scope(actor, STATUS)
    return parts_of(call.body, kinds, needed)


def _zaak(doors: Together) -> Any:
    """Return the zaak of a command, changed when the body asks for that."""
    key: Any = doors.call.key
    if "zaak" in doors.bodies:
        return doors.patch("zaak", zaken, key)
    return doors.hold(zaken, key)


def _rollen(doors: Together, zaak: Any) -> dict[str, Any]:
    """Make the rollen that are new, replace those that are named, remove the others."""
    named = {path: doors.bodies[path].get("uuid") for path in doors.bodies if "rollen." in path}
    known = {str(each.pk): each for each in Rol.objects.filter(zaak_id=doors.call.key)}
    for key, rol in known.items():
        if key not in named.values():
            rollen.destroy(doors.actor, rol.pk, doors.call)
    made = {}
    for path, key in named.items():
        if not key:
            made[path] = doors.create(path, rollen, zaak=zaak)
        elif key in known:
            made[path] = doors.replace(path, rollen, known[key].pk, zaak=zaak)
        else:
            reason = "De zaak heeft geen rol met deze uuid."
            doors.faults.append(Fault(f"{path}.uuid", "does_not_exist", reason))
    return made


def _told(doors: Together, kinds: dict[str, Resource], made: dict[str, Any]) -> Any:
    """Return what was made, in the form of what was asked."""
    shown: dict[str, Any] = {}
    for name, resource in kinds.items():
        records = [each for path, each in made.items() if path.split(".")[0] == name]
        found = doors.shown(resource, *records)
        shown[name] = found[0] if name in ONE else found
    return shown


ONE = ("zaak", "status", "resultaat")


def _command(path: str, run: Any, kinds: dict[str, Resource], summary: str, **more: Any) -> Command:
    return Command(
        ZAKEN,
        path,
        run,
        more.pop("scopes", CHANGE),
        summary,
        request=asked(kinds, ONE, **more.pop("asked", {})),
        response=answer(kinds, ONE),
        of=zaken,
        **more,
    )


registreren = _command(
    "zaak_registreren",
    registreer,
    REGISTREREN,
    "Maak een zaak met rollen, documenten, objecten en een status.",
    scopes=("zaken.aanmaken",),
    asked={"needed": ("zaak", "rollen", "status")},
    success=201,
    crs=True,
)
bijwerken = _command(
    "zaak_bijwerken/{uuid}",
    werk_bij,
    BIJWERKEN,
    "Werk een zaak bij, met rollen en een status.",
    asked={"needed": ("status",), "partial": True},
    crs=True,
)
opschorten = _command(
    "zaak_opschorten/{uuid}",
    schort_op,
    WIJZIGEN,
    "Schort een zaak op.",
    asked={"needed": ("zaak", "status"), "only": ("opschorting",)},
)
verlengen = _command(
    "zaak_verlengen/{uuid}",
    verleng,
    WIJZIGEN,
    "Verleng een zaak.",
    asked={"needed": ("zaak", "status"), "only": ("verlenging",)},
)
afsluiten = _command(
    "zaak_afsluiten/{uuid}",
    sluit_af,
    AFSLUITEN,
    "Sluit een zaak af met een resultaat en een status.",
    asked={"needed": ("zaak", "resultaat", "status"), "partial": True},
)
