"""Clients have moved to beheer; their secrets do not stay behind."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("autorisaties", "0002_stand"), ("beheer", "0002_move_clients")]

    operations = [migrations.DeleteModel(name="Client")]
