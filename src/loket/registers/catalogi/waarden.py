"""The enumerations of Catalogi 1.3.3, as published; some are shared with other registers."""

from __future__ import annotations

from django.db import models


class Vertrouwelijkheidaanduiding(models.TextChoices):
    """Vertrouwelijkheidaanduidingen, van openbaar naar zeer geheim."""

    OPENBAAR = "openbaar", "Openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar", "Beperkt openbaar"
    INTERN = "intern", "Intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk", "Zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk", "Vertrouwelijk"
    CONFIDENTIEEL = "confidentieel", "Confidentieel"
    GEHEIM = "geheim", "Geheim"
    ZEER_GEHEIM = "zeer_geheim", "Zeer geheim"


class InternExtern(models.TextChoices):
    """Of zaken van buiten of van binnen de organisatie beginnen."""

    INTERN = "intern", "Intern"
    EXTERN = "extern", "Extern"


class AardRelatie(models.TextChoices):
    """Wat een gerelateerde zaak voor een zaak betekent."""

    VERVOLG = "vervolg", "Vervolg"
    BIJDRAGE = "bijdrage", "Bijdrage"
    ONDERWERP = "onderwerp", "Onderwerp"


class Archiefnominatie(models.TextChoices):
    """Of een dossier wordt bewaard of vernietigd."""

    BLIJVEND_BEWAREN = "blijvend_bewaren", "Blijvend bewaren"
    VERNIETIGEN = "vernietigen", "Vernietigen"


class Afleidingswijze(models.TextChoices):
    """Waaruit de dag volgt waarop de archiefactietermijn begint."""

    AFGEHANDELD = "afgehandeld", "Afgehandeld"
    ANDER_DATUMKENMERK = "ander_datumkenmerk", "Ander datumkenmerk"
    EIGENSCHAP = "eigenschap", "Eigenschap"
    GERELATEERDE_ZAAK = "gerelateerde_zaak", "Gerelateerde zaak"
    HOOFDZAAK = "hoofdzaak", "Hoofdzaak"
    INGANGSDATUM_BESLUIT = "ingangsdatum_besluit", "Ingangsdatum besluit"
    TERMIJN = "termijn", "Termijn"
    VERVALDATUM_BESLUIT = "vervaldatum_besluit", "Vervaldatum besluit"
    ZAAKOBJECT = "zaakobject", "Zaakobject"


class Objecttype(models.TextChoices):
    """Soorten objecten waarover een zaak kan gaan."""

    ADRES = "adres", "Adres"
    BESLUIT = "besluit", "Besluit"
    BUURT = "buurt", "Buurt"
    ENKELVOUDIG_DOCUMENT = "enkelvoudig_document", "Enkelvoudig document"
    GEMEENTE = "gemeente", "Gemeente"
    GEMEENTELIJKE_OPENBARE_RUIMTE = "gemeentelijke_openbare_ruimte", "Gemeentelijke openbare ruimte"
    HUISHOUDEN = "huishouden", "Huishouden"
    INRICHTINGSELEMENT = "inrichtingselement", "Inrichtingselement"
    KADASTRALE_ONROERENDE_ZAAK = "kadastrale_onroerende_zaak", "Kadastrale onroerende zaak"
    KUNSTWERKDEEL = "kunstwerkdeel", "Kunstwerkdeel"
    MAATSCHAPPELIJKE_ACTIVITEIT = "maatschappelijke_activiteit", "Maatschappelijke activiteit"
    MEDEWERKER = "medewerker", "Medewerker"
    NATUURLIJK_PERSOON = "natuurlijk_persoon", "Natuurlijk persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon", "Niet-natuurlijk persoon"
    OPENBARE_RUIMTE = "openbare_ruimte", "Openbare ruimte"
    ORGANISATORISCHE_EENHEID = "organisatorische_eenheid", "Organisatorische eenheid"
    PAND = "pand", "Pand"
    SPOORBAANDEEL = "spoorbaandeel", "Spoorbaandeel"
    STATUS = "status", "Status"
    TERREINDEEL = "terreindeel", "Terreindeel"
    TERREIN_GEBOUWD_OBJECT = "terrein_gebouwd_object", "Terrein of gebouwd object"
    VESTIGING = "vestiging", "Vestiging"
    WATERDEEL = "waterdeel", "Waterdeel"
    WEGDEEL = "wegdeel", "Wegdeel"
    WIJK = "wijk", "Wijk"
    WOONPLAATS = "woonplaats", "Woonplaats"
    WOZ_DEELOBJECT = "woz_deelobject", "WOZ-deelobject"
    WOZ_OBJECT = "woz_object", "WOZ-object"
    WOZ_WAARDE = "woz_waarde", "WOZ-waarde"
    ZAKELIJK_RECHT = "zakelijk_recht", "Zakelijk recht"
    OVERIGE = "overige", "Overige"


class OmschrijvingGeneriek(models.TextChoices):
    """Algemeen gehanteerde omschrijvingen van rollen."""

    ADVISEUR = "adviseur", "Adviseur"
    BEHANDELAAR = "behandelaar", "Behandelaar"
    BELANGHEBBENDE = "belanghebbende", "Belanghebbende"
    BESLISSER = "beslisser", "Beslisser"
    INITIATOR = "initiator", "Initiator"
    KLANTCONTACTER = "klantcontacter", "Klantcontacter"
    ZAAKCOORDINATOR = "zaakcoordinator", "Zaakcoördinator"
    MEDE_INITIATOR = "mede_initiator", "Mede-initiator"


class Formaat(models.TextChoices):
    """Het soort waarde van een eigenschap."""

    TEKST = "tekst", "Tekst"
    GETAL = "getal", "Getal"
    DATUM = "datum", "Datum"
    DATUM_TIJD = "datum_tijd", "Datum en tijd"


class Richting(models.TextChoices):
    """Of een document binnenkomt, uitgaat of binnen blijft."""

    INKOMEND = "inkomend", "Inkomend"
    INTERN = "intern", "Intern"
    UITGAAND = "uitgaand", "Uitgaand"
