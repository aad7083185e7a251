"""Forgetting: the law has the content of what is destroyed go, and the fact of it stay."""

from __future__ import annotations

from django.db import migrations, models

KEEP_OR_FORGET = """
CREATE OR REPLACE FUNCTION ledger_blijft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'ledger_event'
        AND current_setting('loket.vergeet', true) = 'ja' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'Het grootboek % kent alleen toevoegen.', TG_TABLE_NAME;
END $$
"""

FORGET = """
CREATE FUNCTION ledger_vergeet(sleutel uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    aantal bigint;
BEGIN
    PERFORM set_config('loket.vergeet', 'ja', true);
    UPDATE ledger_event SET nieuw = NULL, label = '', toelichting = '', user_id = '',
        user_label = '', vergeten_op = now()
    WHERE main_key = sleutel AND vergeten_op IS NULL;
    GET DIAGNOSTICS aantal = ROW_COUNT;
    PERFORM set_config('loket.vergeet', '', true);
    RETURN aantal;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_keeping")]

    operations = [
        migrations.AddField(
            "event",
            "vergeten_op",
            models.DateTimeField("inhoud vernietigd op", null=True, blank=True),
        ),
        migrations.RunSQL(KEEP_OR_FORGET, ""),
        migrations.RunSQL(FORGET, "DROP FUNCTION ledger_vergeet(uuid)"),
    ]
