"""A municipality with a few zaken, and the settings under which its portal runs in tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from loket.connectors.identiteit import AanmeldenMislukt, Begin, Identiteit, Provider
from loket.connectors.identiteit.saml.provider import EHERKENNING_LEVELS
from loket.kernel import clock, tenant
from loket.kernel.actor import Actor
from loket.kernel.problems import NotFound
from loket.registers.beheer.current import Geldend
from loket.services.mijnservices.overzicht import Blok, MijnOverzicht
from loket.services.mijnservices.profiel import Adres, Profiel
from loket.services.mijnservices.sporen import Bladzijde, Door, Spoor
from loket.services.mijnservices.zaken import Overzicht, StatusRegel, ZaakDetail, ZaakRegel

if TYPE_CHECKING:
    from collections.abc import Mapping

LOA = "http://eidas.europa.eu/LoA/substantial"
PROVIDER = Provider("https://digid.example", "loket", "a secret")
COMPANIES = replace(
    PROVIDER, client_id="loket-bedrijven", company=True, loa_order=EHERKENNING_LEVELS
)
KVK = "90001001"
BSN = "999993653"
NUMBER = UUID("99999999-9999-4999-8999-999999999999")
PORTAL = {
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "loket" not in name],
    "OIDC_BEDRIJF_CLIENT_ID": "loket-bedrijven",
    "OIDC_CLIENT_ID": "loket",
    "OIDC_CLIENT_SECRET": "a secret",
    "OIDC_ISSUER": "https://digid.example",
    "OIDC_LOA": LOA,
    "ROOT_URLCONF": f"{__package__}.urls",
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
    "STATIC_ROOT": None,
    "STREAM_URL": "",
}
"""As in the house, but for sessions that need no database and a tenant that the tests choose."""

VOORBEELDSTAD = tenant.Tenant("voorbeeldstad", "Gemeente Voorbeeldstad", ("testserver",), "a")
ELDERS = tenant.Tenant("elders", "Gemeente Elders", ("testserver",), "b")


@dataclass
class Digid:
    """A provider that sends everybody straight back, and says what it is told to say."""

    address: str = "https://digid.example/authorize"
    naam: str | None = "S. Jansen"
    failure: AanmeldenMislukt | None = None
    leave: str | None = "https://digid.example/leave?client_id=loket&then=back"
    wie: Identiteit | None = None
    begun: list[Begin] = field(default_factory=list)
    finished: list[tuple[Begin, Mapping[str, str]]] = field(default_factory=list)
    citizens: list[tuple[str, str | None, str]] = field(default_factory=list)

    def begin(self, config: Provider, redirect_uri: str, minimum_loa: str, *, anew: bool) -> Begin:
        assert config in (PROVIDER, COMPANIES)
        if self.failure:
            raise self.failure
        since = "2026-01-01T00:00:00+00:00" if anew else ""
        self.begun.append(Begin(self.address, "s", "n", "v", redirect_uri, minimum_loa, anew=since))
        return self.begun[-1]

    def finish(self, config: Provider, begun: Begin, params: Mapping[str, str]) -> Identiteit:
        assert config in (PROVIDER, COMPANIES)
        self.finished.append((begun, params))
        if self.failure:
            raise self.failure
        told = Identiteit(
            BSN, LOA, self.naam, "subject", f"token with {BSN}", authenticated=clock.now()
        )
        return self.wie or told

    def logout_url(
        self, config: Provider, id_token: str | None, back: str, leave: tuple[str, ...]
    ) -> str | None:
        assert config in (PROVIDER, COMPANIES)
        assert id_token is None
        assert leave == ()
        assert back == "http://testserver/uitgelogd/"
        if self.failure:
            raise self.failure
        return self.leave

    def from_bsn(self, bsn: str, naam: str | None, loa: str, gemachtigde: str = "") -> Actor:
        self.citizens.append((bsn, naam, loa))
        return Actor.burger(NUMBER, naam, loa, gemachtigde)


@dataclass
class Sessies:
    """Which sessions there are; here each browser has a cache of its own making."""

    noted: list[tuple[str, Actor]] = field(default_factory=list)
    ended: list[Actor] = field(default_factory=list)

    def onthoud(self, sessie: str, actor: Actor) -> None:
        self.noted.append((sessie, actor))

    def beeindig(self, actor: Actor) -> int:
        self.ended.append(actor)
        return 3


@dataclass
class Stijl:
    """What each municipality set of its house style."""

    set: dict[str, Any] = field(default_factory=dict)
    logo: str = ""

    def instellingen(self) -> Geldend:
        return replace(Geldend(tenant.current().title), **self.set)


NU = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
SPOREN = tuple(
    Spoor(
        NU,
        wat,
        betreft,
        doel,
        wie,
        eigen=who == "burger",
        gemachtigde=who == "iemand",
        kenmerk=kenmerk,
    )
    for wat, betreft, doel, wie, who, kenmerk in (
        ("bsn tonen", "", "urn:loket:verwerking:dienstverlening", "Zaakafhandeling", "", "a1b2"),
        ("bsn vastleggen", "", "urn:loket:verwerking:mijnservices", "", "burger", ""),
        ("bsn zoeken", "", "urn:gemeente:verwerking:schuldhulp", "", "", "c3d4"),
        ("zaak bekijken", "ZAAK-2026-0000000017", "", "Zaakafhandeling", "", "e5f6"),
        ("bsn tonen", "", "urn:loket:verwerking:mijnservices", "", "iemand", ""),
    )
)


PROFIEL = Profiel(
    "Sam Jansen",
    "nld",
    (
        Adres(UUID(int=1), "email", "sam@werk.example.nl", "werk", standaard=False, werkt=False),
        Adres(UUID(int=2), "email", "sam@example.nl", "", standaard=True, werkt=True),
    ),
    ("Dorpsstraat 1", "1234 AB Voorbeeldstad"),
)


@dataclass
class MijnSporen:
    """What the processing log would tell whoever asks."""

    sporen: tuple[Spoor, ...] = SPOREN
    pages: int = 1

    def bladzijde(self, actor: Actor, nummer: int, door: Door) -> Bladzijde:
        assert actor.number == NUMBER
        asked = [each for each in self.sporen if each.eigen is (door is Door.UZELF)]
        found = tuple(asked) if nummer <= self.pages else ()
        return Bladzijde(nummer, found, nummer < self.pages)


@dataclass
class MijnZaken:
    """What the service would read for whoever asks, and who asked."""

    lopend: list[ZaakDetail] = field(default_factory=list)
    afgerond: list[ZaakDetail] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)

    def overzicht(self, actor: Actor) -> Overzicht:
        self.actors.append(actor)
        return Overzicht(
            tuple(zaak.regel for zaak in self.lopend),
            tuple(zaak.regel for zaak in self.afgerond),
        )

    def begin(self, actor: Actor) -> MijnOverzicht:
        self.actors.append(actor)
        lopend = Blok(len(self.lopend), tuple(zaak.regel for zaak in self.lopend))
        return MijnOverzicht(Blok(0, ()), Blok(0, ()), lopend, Blok(0, ()))

    def detail(self, actor: Actor, uuid: UUID) -> ZaakDetail:
        self.actors.append(actor)
        for zaak in [*self.lopend, *self.afgerond]:
            if zaak.regel.uuid == uuid:
                return zaak
        raise NotFound


LOPEND = ZaakDetail(
    ZaakRegel(
        uuid=UUID("11111111-1111-4111-8111-111111111111"),
        zaaknummer="ZAAK-2026-0000000123",
        omschrijving="Parkeervergunning Dorpsstraat",
        registratiedatum=date(2026, 11, 3),
        status="In behandeling",
        afgerond=None,
        resultaat=None,
        organisatienaam=None,
    ),
    zaaktype="Parkeervergunning bewoners",
    toelichting="Het gaat om de eerste auto.",
    startdatum=date(2026, 11, 4),
    uiterlijke_einddatum_afdoening=date(2199, 12, 29),
    statussen=(
        StatusRegel("In behandeling", "Wij bekijken alles.", datetime(2026, 11, 10, 9, tzinfo=UTC)),
        StatusRegel("Ontvangen", "", datetime(2026, 11, 3, 8, tzinfo=UTC)),
    ),
)
LANG = ZaakDetail(
    ZaakRegel(
        uuid=UUID("22222222-2222-4222-8222-222222222222"),
        zaaknummer="Z" * 40,
        omschrijving="Melding: " + "de lantaarnpaal bij de school brandt al weken niet, " * 5,
        registratiedatum=date(2026, 1, 30),
        status="Doorgezet naar de aannemer die de reparatie binnen tien werkdagen uitvoert",
        afgerond=None,
        resultaat=None,
        organisatienaam="Omgevingsdienst Noord-Veluwe",
    ),
    zaaktype="Meldingopenbareruimtebehandelingsprocedure",
    toelichting="Eerste regel\nTweede regel",
    startdatum=date(2026, 1, 30),
    uiterlijke_einddatum_afdoening=date(2026, 2, 28),
    statussen=(),
)
AFGEROND = ZaakDetail(
    ZaakRegel(
        uuid=UUID("33333333-3333-4333-8333-333333333333"),
        zaaknummer="ZAAK-2025-0000004711",
        omschrijving="Straatfeest Koningsdag",
        registratiedatum=date(2025, 2, 3),
        status="Afgehandeld",
        afgerond=date(2025, 4, 1),
        resultaat="Verleend",
        organisatienaam=None,
    ),
    zaaktype="Evenementenvergunning",
    toelichting="",
    startdatum=date(2025, 2, 3),
    uiterlijke_einddatum_afdoening=date(2025, 4, 29),
    statussen=(StatusRegel("Afgehandeld", "", datetime(2025, 4, 1, 9, tzinfo=UTC)),),
)
