"""Every change of a client or its rights raises the version that each read compares."""

from __future__ import annotations

from django.db import migrations


def watch(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_stand AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION grammar_stand_op()",
        f"DROP TRIGGER {table}_stand ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("autorisaties", "0001_initial"), ("grammar", "0002_counting")]

    operations = [
        watch("autorisaties_client"),
        watch("autorisaties_applicatie"),
        migrations.RunSQL(
            "CREATE INDEX autorisaties_client_ids ON autorisaties_applicatie USING gin (client_ids)",
            "DROP INDEX autorisaties_client_ids",
        ),
    ]
