"""Clients move here from autorisaties; a change of one raises the version that each read compares."""

from __future__ import annotations

from django.db import migrations

MOVE = """
INSERT INTO beheer_client
    (id, regime, client_id, geheim, geheim_gezet_op, doelbindingen, regimes)
SELECT gen_random_uuid(), 'avg', client_id, secret, created, purposes, regimes
FROM autorisaties_client
"""

BACK = """
INSERT INTO autorisaties_client (client_id, secret, purposes, regimes, created)
SELECT client_id, geheim, doelbindingen, regimes, coalesce(geheim_gezet_op, now())
FROM beheer_client
ON CONFLICT (client_id) DO UPDATE SET
    secret = excluded.secret, purposes = excluded.purposes, regimes = excluded.regimes
"""


class Migration(migrations.Migration):
    dependencies = [
        ("beheer", "0001_initial"),
        ("autorisaties", "0002_stand"),
        ("grammar", "0002_counting"),
    ]

    operations = [
        migrations.RunSQL(MOVE, BACK),
        migrations.RunSQL(
            "CREATE TRIGGER beheer_client_stand AFTER INSERT OR UPDATE OR DELETE ON beheer_client "
            "FOR EACH STATEMENT EXECUTE FUNCTION grammar_stand_op()",
            "DROP TRIGGER beheer_client_stand ON beheer_client",
        ),
    ]
