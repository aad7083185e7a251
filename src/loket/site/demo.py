"""The demo municipality: made on a first start, so that there is something to see at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.kernel.clock import today
from loket.ledger.database import atomic, one
from loket.registers.autorisaties.applicatie import applicaties
from loket.registers.beheer.client import clients
from loket.registers.beheer.instellingen import instellingen
from loket.registers.catalogi.catalogus import catalogussen
from loket.site import demo_archief, demo_bronnen, demo_portaal, tenants
from loket.site.archief.rechten import GROEPEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.kernel.tenant import Tenant

NAME = "demo"
HOSTS = ["127.0.0.1", "localhost"]
CLIENT_ID = "demo"
CLIENT_SECRET = "demo-geheim-van-de-demo-gemeente-32"  # noqa: S105 - printed at every start
BEHEERDER = "beheerder / beheerder-demo"
ARCHIVARIS = "archivaris / archivaris-demo"
"""The second person: what one offers to be destroyed, the other approves."""
RSIN = "517439943"
PURPOSE = "urn:loket:verwerking:dienstverlening"


def prepare(tell: Callable[[int, int], None]) -> None:
    """Bring every tenant's tables up to date; make the first tenant when there is none."""
    tenants.prepare()
    found = tenants.everyone()
    if not found:
        found = [tenants.add(NAME, HOSTS, "Gemeente Voorbeeld")]
        if settings.DEMO:
            with tenant.entered(found[0]):
                load(found[0])
    for nr, each in enumerate(found, start=1):
        if tenants.missing(each):
            tenants.migrate(each)
        if settings.DEMO and each.name == NAME:
            with tenant.entered(each), atomic():
                demo_bronnen.move(Actor.system("demo"))
        tell(nr, len(found))


def load(which: Tenant) -> None:
    """Fill an empty municipality: a catalogus, a client, two beheerders, zaken of long ago."""
    del which
    actor = Actor.system("Zaaksysteem van de demo")
    with atomic():
        clients.create(
            actor,
            {"clientId": CLIENT_ID, "geheim": CLIENT_SECRET, "doelbindingen": [PURPOSE]},
            _call(),
        )
        (key,) = one("SELECT id FROM beheer_instellingen")
        instellingen.patch(actor, key, {"rsin": RSIN}, _call())
        applicaties.create(
            actor,
            {"clientIds": [CLIENT_ID], "label": "Demo", "heeftAlleAutorisaties": True},
            _call(),
        )
        catalogus = _catalogus(actor)
        demo_bronnen.load(actor)
        address = catalogussen.address(catalogus, HOUSE)
        demo_archief.load(actor, address, RSIN)
        demo_portaal.load(actor, address, RSIN)
        _beheerders()


def _call() -> Call:
    return Call(base=HOUSE, toelichting="demo")


def _catalogus(actor: Actor) -> Any:
    return catalogussen.create(
        actor,
        {
            "domein": "DEMO" + "A",
            "rsin": RSIN,
            "contactpersoonBeheerNaam": "Functioneel beheer",
            "naam": "Demo",
            "begindatumVersie": today().isoformat(),
        },
        _call(),
    ).record


def _beheerders() -> None:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415 - after the apps are loaded

    name, password = BEHEERDER.split(" / ")
    User.objects.create_superuser(name, password=password)
    name, password = ARCHIVARIS.split(" / ")
    archivaris = User.objects.create_user(name, password=password, is_staff=True)
    archivaris.groups.set(Group.objects.filter(name__in=GROEPEN))
