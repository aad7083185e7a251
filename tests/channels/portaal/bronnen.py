"""What base registers told, for the pages that show it."""

from __future__ import annotations

from datetime import date

from loket.connectors.brp import Adres, Datum, Deel, Persoon, Verblijf
from loket.connectors.kvk import Activiteit, Onderneming, Vestiging
from loket.connectors.kvk import Adres as Bedrijfsadres
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices.persoonsgegevens import Gegevens, Stand

PERSOON = Persoon(
    naam="Sam Robin Jansen",
    aanschrijfnaam="S.R. Jansen",
    geboren=Datum("12 maart 1984", date(1984, 3, 12)),
    geboorteplaats="Paramaribo",
    geboorteland="Suriname",
    adres=Adres(
        Verblijf.NEDERLAND,
        ("Dorpsstraat 12", "9999 AB Voorbeeldstad"),
        sinds=Datum("juni 2015"),
        woont_er_niet=True,
    ),
    geheim=True,
    in_onderzoek=frozenset({Deel.ADRES}),
)
GEVONDEN = Gegevens(Basis.BRP, Stand.GEVONDEN, persoon=PERSOON)
HOOFD = Vestiging("000090010011", "90001001", "Bakkerij Het Gouden Graan", hoofd=True)
ONDERNEMING = Onderneming(
    "90001001",
    "Bakkerij Het Gouden Graan B.V.",
    "Het Gouden Graan Beheer B.V.",
    ("Het Gouden Graan", "Banket aan de Brink"),
    "Besloten Vennootschap",
    begonnen=date(2011, 3, 1),
    geeindigd=date(2026, 1, 31),
    adressen=(
        Bedrijfsadres("bezoekadres", ("Brink 5A", "9999 AB Voorbeeldstad")),
        Bedrijfsadres("correspondentieadres", (), afgeschermd=True),
    ),
    activiteiten=(Activiteit("10712", "Vervaardiging van brood", hoofd=True),),
    hoofdvestiging=HOOFD,
)
BEDRIJF = Gegevens(Basis.KVK, Stand.GEVONDEN, onderneming=ONDERNEMING)
