"""Indexes by which a piece of a text is found."""

from __future__ import annotations

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


def trigrams(column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE INDEX zaak_{column}_stuk ON zaken_zaak USING gin ({column} gin_trgm_ops)",
        f"DROP INDEX zaak_{column}_stuk",
    )


class Migration(migrations.Migration):
    dependencies = [("zaken", "0001_initial")]

    operations = [TrigramExtension(), trigrams("identificatie"), trigrams("omschrijving")]
