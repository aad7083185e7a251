"""What is due is found along the index of who waits; this one only cost time at every delivery."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_next_delivery")]

    operations = [migrations.RemoveIndex("delivery", "delivery_due")]
