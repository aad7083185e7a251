"""What a session is known by at the provider, so that a log-out that begins there finds it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

BIJ = """
ALTER TABLE mijnservices_sessie
    ADD COLUMN naam_bij text NOT NULL DEFAULT '',
    ADD COLUMN sessie_bij text NOT NULL DEFAULT '';
CREATE INDEX mijnservices_sessie_naam_bij ON mijnservices_sessie (naam_bij) WHERE naam_bij <> '';
"""
NIET_BIJ = "ALTER TABLE mijnservices_sessie DROP COLUMN naam_bij, DROP COLUMN sessie_bij"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mijnservices", "0001_inloggen")]

    operations: ClassVar = [migrations.RunSQL(BIJ, NIET_BIJ)]
