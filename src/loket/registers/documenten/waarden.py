"""The enumerations of Documenten 1.7.1, as published."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """Hoe ver een document is."""

    IN_BEWERKING = "in_bewerking", "In bewerking"
    TER_VASTSTELLING = "ter_vaststelling", "Ter vaststelling"
    DEFINITIEF = "definitief", "Definitief"
    GEARCHIVEERD = "gearchiveerd", "Gearchiveerd"


class Soort(models.TextChoices):
    """Hoe een document is ondertekend."""

    ANALOOG = "analoog", "Analoog"
    DIGITAAL = "digitaal", "Digitaal"
    PKI = "pki", "PKI"


class Algoritme(models.TextChoices):
    """Waarmee een controlegetal is gemaakt."""

    CRC_16 = "crc_16", "CRC-16"
    CRC_32 = "crc_32", "CRC-32"
    CRC_64 = "crc_64", "CRC-64"
    FLETCHER_4 = "fletcher_4", "Fletcher-4"
    FLETCHER_8 = "fletcher_8", "Fletcher-8"
    FLETCHER_16 = "fletcher_16", "Fletcher-16"
    FLETCHER_32 = "fletcher_32", "Fletcher-32"
    HMAC = "hmac", "HMAC"
    MD5 = "md5", "MD5"
    SHA_1 = "sha_1", "SHA-1"
    SHA_256 = "sha_256", "SHA-256"
    SHA_512 = "sha_512", "SHA-512"
    SHA_3 = "sha_3", "SHA-3"


class ObjectType(models.TextChoices):
    """Waar een document bij hoort."""

    BESLUIT = "besluit", "Besluit"
    ZAAK = "zaak", "Zaak"
    VERZOEK = "verzoek", "Verzoek"


class AardRelatie(models.TextChoices):
    """Wat een betrokkene bij een verzending is."""

    AFZENDER = "afzender", "Afzender"
    GEADRESSEERDE = "geadresseerde", "Geadresseerde"


class PostadresType(models.TextChoices):
    """Wat voor postadres het is."""

    ANTWOORDNUMMER = "antwoordnummer", "Antwoordnummer"
    POSTBUSNUMMER = "postbusnummer", "Postbusnummer"
