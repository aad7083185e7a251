"""What keeps the ledger what it is: append-only, and a BSN behind a function that logs."""

from __future__ import annotations

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION ledger_blijft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Het grootboek % kent alleen toevoegen.', TG_TABLE_NAME;
END $$
"""

NUMBERS = """
CREATE SCHEMA bsn;
CREATE TABLE bsn.nummer (
    id uuid PRIMARY KEY,
    bsn varchar(9) NOT NULL UNIQUE,
    sinds timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE bsn.nummer IS
    'Burgerservicenummers, apart van alles; alleen te bereiken via de functies van dit schema.';
"""

LOG = """
CREATE FUNCTION bsn.log(nummer uuid, naam text, doel text, trace text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO ledger_verwerking (trace_id, operation_id, parent_operation_id, foreign_operation,
        status_code, name, resource, start_time, end_time, processing_activity_id, data_subject)
    VALUES (trace, substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), '', '',
        'OK', naam, 'loket', clock_timestamp(), clock_timestamp(), doel, nummer)
$$
"""

REVEAL = """
CREATE FUNCTION bsn.onthul(wie uuid, doel text, trace text) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden text;
BEGIN
    IF doel IS NULL THEN
        RETURN '';
    END IF;
    SELECT bsn INTO gevonden FROM bsn.nummer WHERE id = wie;
    PERFORM bsn.log(wie, 'bsn tonen', doel, trace);
    RETURN gevonden;
END $$
"""

FIND = """
CREATE FUNCTION bsn.zoek(waarde text, doel text, trace text) RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF doel IS NULL THEN
        RAISE EXCEPTION 'Zoeken op BSN kan alleen met een doel.';
    END IF;
    SELECT id INTO gevonden FROM bsn.nummer WHERE bsn = waarde;
    IF gevonden IS NOT NULL THEN
        PERFORM bsn.log(gevonden, 'bsn zoeken', doel, trace);
    END IF;
    RETURN gevonden;
END $$
"""

KEEP = """
CREATE FUNCTION bsn.leg_vast(waarde text, nieuw uuid, doel text, trace text) RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden uuid;
BEGIN
    SELECT id INTO gevonden FROM bsn.nummer WHERE bsn = waarde;
    IF gevonden IS NULL THEN
        INSERT INTO bsn.nummer (id, bsn) VALUES (nieuw, waarde)
        ON CONFLICT (bsn) DO UPDATE SET bsn = excluded.bsn RETURNING id INTO gevonden;
    END IF;
    PERFORM bsn.log(gevonden, 'bsn vastleggen',
        coalesce(doel, 'urn:loket:verwerking:registratie'), trace);
    RETURN gevonden;
END $$
"""


def keep(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_blijft BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_blijft()",
        f"DROP TRIGGER {table}_blijft ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION ledger_blijft"),
        keep("ledger_event"),
        keep("ledger_verwerking"),
        migrations.RunSQL(NUMBERS, "DROP SCHEMA bsn CASCADE"),
        migrations.RunSQL(LOG, ""),
        migrations.RunSQL(REVEAL, ""),
        migrations.RunSQL(FIND, ""),
        migrations.RunSQL(KEEP, ""),
    ]
