"""Enumerations of the Zaken API."""

from __future__ import annotations

from django.db import models


class Betalingsindicatie(models.TextChoices):
    """Of de kosten van de zaak betaald zijn."""

    NVT = "nvt", "Er zijn geen kosten aan de zaak verbonden."
    NOG_NIET = "nog_niet", "De kosten van de zaak zijn (nog) niet betaald."
    GEDEELTELIJK = "gedeeltelijk", "De kosten van de zaak zijn gedeeltelijk betaald."
    GEHEEL = "geheel", "De kosten van de zaak zijn geheel betaald."
    GEFACTUREERD = "gefactureerd", "De kosten van de zaak zijn gefactureerd."
    GECREDITEERD = "gecrediteerd", "De kosten van de zaak zijn gecrediteerd."
    BETAALD = "betaald", "De kosten van de zaak zijn betaald."


class Archiefstatus(models.TextChoices):
    """Hoe ver de archivering van het dossier is."""

    NOG_TE_ARCHIVEREN = "nog_te_archiveren", "Nog te archiveren"
    GEARCHIVEERD = "gearchiveerd", "Gearchiveerd"
    GEARCHIVEERD_PROCESTERMIJN_ONBEKEND = (
        "gearchiveerd_procestermijn_onbekend",
        "Gearchiveerd, procestermijn onbekend",
    )
    OVERGEDRAGEN = "overgedragen", "Overgedragen"


class AardRelatie(models.TextChoices):
    """Wat een andere zaak met deze te maken heeft."""

    VERVOLG = "vervolg", "Deze zaak is een vervolg op de andere"
    ONDERWERP = "onderwerp", "De andere zaak is onderwerp van deze"
    BIJDRAGE = "bijdrage", "Deze zaak draagt bij aan de uitkomst van de andere"
    OVERIG = "overig", "Een andere relatie"


class BetrokkeneType(models.TextChoices):
    """Wat voor iemand de betrokkene is."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon", "Natuurlijk persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon", "Niet-natuurlijk persoon"
    VESTIGING = "vestiging", "Vestiging"
    ORGANISATORISCHE_EENHEID = "organisatorische_eenheid", "Organisatorische eenheid"
    MEDEWERKER = "medewerker", "Medewerker"


class IndicatieMachtiging(models.TextChoices):
    """Of de betrokkene gemachtigd is, of een ander machtigde."""

    GEMACHTIGDE = "gemachtigde", "Gemachtigde"
    MACHTIGINGGEVER = "machtiginggever", "Machtiginggever"


class Geslachtsaanduiding(models.TextChoices):
    """Het geslacht van een persoon."""

    M = "m", "Man"
    V = "v", "Vrouw"
    O = "o", "Onbekend"  # noqa: E741 - the published value


class NotitieType(models.TextChoices):
    """Voor wie een notitie bestemd is."""

    INTERN = "intern", "Intern"
    EXTERN = "extern", "Extern"


class NotitieStatus(models.TextChoices):
    """Of een notitie nog te wijzigen is."""

    CONCEPT = "concept", "Concept"
    DEFINITIEF = "definitief", "Definitief"


class Doelgroep(models.TextChoices):
    """Voor wie een substatus zichtbaar is."""

    BETROKKENEN = "betrokkenen", "Betrokkenen"
    INTERN = "intern", "Intern"


class Rechtsvorm(models.TextChoices):
    """De rechtsvorm van een niet-natuurlijk persoon."""

    BESLOTEN_VENNOOTSCHAP = "besloten_vennootschap", "Besloten vennootschap"
    COOPERATIE_EUROPEES = (
        "cooperatie_europees_economische_samenwerking",
        "Coöperatie, Europees economische samenwerking",
    )
    EUROPESE_COOPERATIEVE_VENOOTSCHAP = (
        "europese_cooperatieve_venootschap",
        "Europese coöperatieve vennootschap (oude schrijfwijze)",
    )
    EUROPESE_COOPERATIEVE_VENNOOTSCHAP = (
        "europese_cooperatieve_vennootschap",
        "Europese coöperatieve vennootschap",
    )
    EUROPESE_NAAMLOZE_VENNOOTSCHAP = (
        "europese_naamloze_vennootschap",
        "Europese naamloze vennootschap",
    )
    KERKELIJKE_ORGANISATIE = "kerkelijke_organisatie", "Kerkelijke organisatie"
    NAAMLOZE_VENNOOTSCHAP = "naamloze_vennootschap", "Naamloze vennootschap"
    ONDERLINGE_WAARBORG_MAATSCHAPPIJ = (
        "onderlinge_waarborg_maatschappij",
        "Onderlinge waarborgmaatschappij",
    )
    OVERIG_PRIVAATRECHTELIJK = (
        "overig_privaatrechtelijke_rechtspersoon",
        "Overige privaatrechtelijke rechtspersoon",
    )
    STICHTING = "stichting", "Stichting"
    VERENIGING = "vereniging", "Vereniging"
    VERENIGING_VAN_EIGENAARS = "vereniging_van_eigenaars", "Vereniging van eigenaars"
    PUBLIEKRECHTELIJK = "publiekrechtelijke_rechtspersoon", "Publiekrechtelijke rechtspersoon"
    VENNOOTSCHAP_ONDER_FIRMA = "vennootschap_onder_firma", "Vennootschap onder firma"
    MAATSCHAP = "maatschap", "Maatschap"
    REDERIJ = "rederij", "Rederij"
    COMMANDITAIRE_VENNOOTSCHAP = "commanditaire_vennootschap", "Commanditaire vennootschap"
    KAPITAALVENNOOTSCHAP_BINNEN_EER = (
        "kapitaalvennootschap_binnen_eer",
        "Kapitaalvennootschap binnen de EER",
    )
    OVERIGE_BUITENLANDSE = (
        "overige_buitenlandse_rechtspersoon_vennootschap",
        "Overige buitenlandse rechtspersoon of vennootschap",
    )
    KAPITAALVENNOOTSCHAP_BUITEN_EER = (
        "kapitaalvennootschap_buiten_eer",
        "Kapitaalvennootschap buiten de EER",
    )
