"""The enumerations of Klantinteracties 0.9.0, as published."""

from __future__ import annotations

from django.db import models


class SoortPartij(models.TextChoices):
    """Wat voor partij het is."""

    PERSOON = "persoon", "Persoon"
    ORGANISATIE = "organisatie", "Organisatie"
    CONTACTPERSOON = "contactpersoon", "Contactpersoon"


class SoortActor(models.TextChoices):
    """Wie of wat er namens de gemeente handelt."""

    MEDEWERKER = "medewerker", "Medewerker"
    GEAUTOMATISEERDE_ACTOR = "geautomatiseerde_actor", "Geautomatiseerde actor"
    ORGANISATORISCHE_EENHEID = "organisatorische_eenheid", "Organisatorische eenheid"


class SoortDigitaalAdres(models.TextChoices):
    """Wat voor digitaal adres het is."""

    EMAIL = "email", "E-mailadres"
    TELEFOONNUMMER = "telefoonnummer", "Telefoonnummer"
    OVERIG = "overig", "Overig"


class BetrokkeneRol(models.TextChoices):
    """Voor wie de betrokkene spreekt."""

    KLANT = "klant", "Klant"
    VERTEGENWOORDIGER = "vertegenwoordiger", "Vertegenwoordiger"


class Grondslag(models.TextChoices):
    """Waarom iemand voor een ander mag optreden."""

    WETTELIJK = "wettelijk", "Wettelijk vertegenwoordiger, zoals een ouder of curator"
    MACHTIGING = "machtiging", "Machtiging"
    FUNCTIE = "functie", "Functie bij de organisatie"


class Lijst(models.TextChoices):
    """Een lijst waaruit de gemeente laat kiezen."""

    KANAAL = "kanaal", "Kanalen"
    TAAL = "taal", "Talen"
    SOORT_BERICHT = "soort_bericht", "Soorten berichten"


class Zekerheid(models.TextChoices):
    """Hoe zeker het is wie iemand was (eIDAS: laag, substantieel, hoog)."""

    BEWEERD = "beweerd", "Alleen wat iemand zei"
    BEKEND = "bekend", "Herkend door een medewerker, of met controlevragen"
    LAAG = "laag", "Laag"
    SUBSTANTIEEL = "substantieel", "Substantieel"
    HOOG = "hoog", "Hoog"


class Bewijs(models.TextChoices):
    """Wat erop wijst dat twee partijen dezelfde zijn."""

    EMAIL = "email", "Hetzelfde e-mailadres, geverifieerd bij beide"
    TELEFOON = "telefoon", "Hetzelfde telefoonnummer"
    NAAM_EN_ADRES = "naam_en_adres", "Dezelfde naam op hetzelfde adres"
    ANDERS = "anders", "Iets anders, dat in de grond staat"


class VoorstelStatus(models.TextChoices):
    """Wat er met een voorstel is gebeurd."""

    OPEN = "open", "Nog te beoordelen"
    AANVAARD = "aanvaard", "Samengevoegd"
    AFGEWEZEN = "afgewezen", "Niet dezelfde"


class Contactkanaal(models.TextChoices):
    """Waarlangs de gemeente iemand bereikt."""

    EMAIL = "email", "E-mail"
    TELEFOON = "telefoon", "Telefoon of sms"
    PORTAAL = "portaal", "Bericht in het portaal"
    BRIEF = "brief", "Brief"


class InterneTaakStatus(models.TextChoices):
    """Of er nog iets te doen is."""

    TE_VERWERKEN = "te_verwerken", "Te verwerken"
    VERWERKT = "verwerkt", "Verwerkt"


class CodeObjecttype(models.TextChoices):
    """Wat voor ding een basisregistratie kent."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon", "Natuurlijk persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon", "Niet-natuurlijk persoon"
    VESTIGING = "vestiging", "Vestiging"


class CodeRegister(models.TextChoices):
    """De basisregistratie die een partij kent."""

    BRP = "brp", "Basisregistratie Personen"
    HR = "hr", "Handelsregister"


class CodeSoortObjectId(models.TextChoices):
    """Wat voor nummer het is."""

    BSN = "bsn", "Burgerservicenummer"
    VESTIGINGSNUMMER = "vestigingsnummer", "Vestigingsnummer"
    KVK_NUMMER = "kvk_nummer", "KVK-nummer"
    RSIN = "rsin", "RSIN"
