"""The processing log also says at which thing somebody looked, and what it was."""

from django.db import migrations, models

LOOK = """
CREATE FUNCTION bsn.bekijk(nummer uuid, naam text, welk text, doel text, trace text, wie text)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO ledger_verwerking (trace_id, operation_id, parent_operation_id, foreign_operation,
        status_code, name, resource, start_time, end_time, processing_activity_id, data_subject,
        actor, betreft)
    VALUES (trace, substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), '', '',
        'OK', naam, 'loket', clock_timestamp(), clock_timestamp(), coalesce(doel, ''), nummer,
        left(coalesce(wie, ''), 200), coalesce(welk, ''))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_asked_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="verwerking",
            name="betreft",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.RunSQL(LOOK, "DROP FUNCTION bsn.bekijk(uuid, text, text, text, text, text)"),
    ]
