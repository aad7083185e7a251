"""What all workers must know of log-ins: what was used once, and whose session is whose."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

EENMALIG = """
CREATE TABLE mijnservices_eenmalig (
    kenmerk varchar(300) PRIMARY KEY,
    tot timestamptz NOT NULL
);
CREATE INDEX mijnservices_eenmalig_tot ON mijnservices_eenmalig (tot);
"""

# a session that ends takes its line along
SESSIE = """
CREATE TABLE mijnservices_sessie (
    sessie varchar(40) PRIMARY KEY REFERENCES django_session ON DELETE CASCADE,
    wie text NOT NULL
);
CREATE INDEX mijnservices_sessie_wie ON mijnservices_sessie (wie);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [("sessions", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(EENMALIG, "DROP TABLE mijnservices_eenmalig"),
        migrations.RunSQL(SESSIE, "DROP TABLE mijnservices_sessie"),
    ]
