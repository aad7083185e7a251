"""A municipality with a few zaken, and the settings under which its portal runs in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from loket.kernel import tenant
from loket.kernel.problems import NotFound
from loket.services.mijnservices.zaken import Overzicht, StatusRegel, ZaakDetail, ZaakRegel

if TYPE_CHECKING:
    from loket.kernel.actor import Actor

SELF = ["'self'"]
PORTAL = {
    "ALLOWED_HOSTS": ["127.0.0.1", "testserver"],
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "font-src": SELF,
            "form-action": SELF,
            "img-src": SELF,
            "script-src": SELF,
            "style-src": SELF,
        }
    },
    "LOKET_DIGID": "the provider",
    "LOKET_DIGID_LOA": "substantial",
    "MIDDLEWARE": [
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    "ROOT_URLCONF": "portaal_urls",
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "STATIC_URL": "/static/",
    "STORAGES": {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    },
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "loket.channels.portaal.context.portaal",
                ]
            },
        }
    ],
}

VOORBEELDSTAD = tenant.Tenant("voorbeeldstad", "Gemeente Voorbeeldstad", ("testserver",), "a")
ELDERS = tenant.Tenant("elders", "Gemeente Elders", ("testserver",), "b")
LOA = "http://eidas.europa.eu/LoA/substantial"


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
