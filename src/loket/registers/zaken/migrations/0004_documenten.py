"""A document is one of this house. Before, none was served here, so none could be kept."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

DOCUMENT = models.ForeignKey(
    on_delete=django.db.models.deletion.PROTECT,
    related_name="zaakinformatieobjecten",
    to="documenten.enkelvoudiginformatieobject",
    verbose_name="Het INFORMATIEOBJECT.",
)
PAIR = models.UniqueConstraint(
    fields=["informatieobject", "zaak"], name="zaakinformatieobject_paar"
)


class Migration(migrations.Migration):
    dependencies = [("documenten", "0001_initial"), ("zaken", "0003_regels")]

    operations = [
        migrations.RunSQL("DELETE FROM zaken_zaakinformatieobject", migrations.RunSQL.noop),
        migrations.RemoveConstraint("zaakinformatieobject", "zaakinformatieobject_paar"),
        migrations.RemoveField("zaakinformatieobject", "informatieobject"),
        migrations.AddField(
            "zaakinformatieobject", "informatieobject", DOCUMENT, preserve_default=False
        ),
        migrations.AddConstraint("zaakinformatieobject", PAIR),
    ]
