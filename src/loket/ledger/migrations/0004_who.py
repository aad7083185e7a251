"""Who it was that asked stands in the processing log as well, so that the citizen can see it."""

from __future__ import annotations

from django.db import migrations, models

AWAY = """
DROP FUNCTION bsn.onthul(uuid, text, text);
DROP FUNCTION bsn.zoek(text, text, text);
DROP FUNCTION bsn.leg_vast(text, uuid, text, text);
DROP FUNCTION bsn.log(uuid, text, text, text);
"""

LOG = """
CREATE FUNCTION bsn.log(nummer uuid, naam text, doel text, trace text, wie text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO ledger_verwerking (trace_id, operation_id, parent_operation_id, foreign_operation,
        status_code, name, resource, start_time, end_time, processing_activity_id, data_subject,
        actor)
    VALUES (trace, substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), '', '',
        'OK', naam, 'loket', clock_timestamp(), clock_timestamp(), doel, nummer,
        left(coalesce(wie, ''), 200))
$$
"""

REVEAL = """
CREATE FUNCTION bsn.onthul(nummer uuid, doel text, trace text, wie text DEFAULT '')
RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden text;
BEGIN
    IF doel IS NULL THEN
        RETURN '';
    END IF;
    SELECT n.bsn INTO gevonden FROM bsn.nummer n WHERE n.id = onthul.nummer;
    PERFORM bsn.log(onthul.nummer, 'bsn tonen', doel, trace, wie);
    RETURN gevonden;
END $$
"""

FIND = """
CREATE FUNCTION bsn.zoek(waarde text, doel text, trace text, wie text DEFAULT '')
RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF doel IS NULL THEN
        RAISE EXCEPTION 'Zoeken op BSN kan alleen met een doel.';
    END IF;
    SELECT id INTO gevonden FROM bsn.nummer WHERE bsn = waarde;
    IF gevonden IS NOT NULL THEN
        PERFORM bsn.log(gevonden, 'bsn zoeken', doel, trace, wie);
    END IF;
    RETURN gevonden;
END $$
"""

KEEP = """
CREATE FUNCTION bsn.leg_vast(waarde text, nieuw uuid, doel text, trace text, wie text DEFAULT '')
RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden uuid;
BEGIN
    SELECT id INTO gevonden FROM bsn.nummer WHERE bsn = waarde;
    IF gevonden IS NULL THEN
        INSERT INTO bsn.nummer (id, bsn) VALUES (nieuw, waarde)
        ON CONFLICT (bsn) DO UPDATE SET bsn = excluded.bsn RETURNING id INTO gevonden;
    END IF;
    PERFORM bsn.log(gevonden, 'bsn vastleggen',
        coalesce(doel, 'urn:loket:verwerking:registratie'), trace, wie);
    RETURN gevonden;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_forgetting")]

    operations = [
        migrations.AddField(
            "verwerking",
            "actor",
            models.CharField("wie", max_length=200, blank=True, db_default="", default=""),
        ),
        *(migrations.RunSQL(sql, "") for sql in (AWAY, LOG, REVEAL, FIND, KEEP)),
    ]
