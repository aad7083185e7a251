"""The function behind every counter, and the row that holds the version of the authorisations."""

from __future__ import annotations

from django.db import migrations

COUNT = """
CREATE FUNCTION grammar_tel() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    wordt jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
    IF was IS NOT NULL AND wordt IS NOT NULL
        AND was->>'regime' = wordt->>'regime'
        AND (was->>TG_ARGV[0]) IS NOT DISTINCT FROM (wordt->>TG_ARGV[0])
        AND (was->>TG_ARGV[1]) IS NOT DISTINCT FROM (wordt->>TG_ARGV[1]) THEN
        RETURN NULL;
    END IF;
    IF was IS NOT NULL THEN
        PERFORM grammar_tel_bij(TG_TABLE_NAME, was->>'regime', was->>TG_ARGV[0],
            was->>TG_ARGV[1], -1);
    END IF;
    IF wordt IS NOT NULL THEN
        PERFORM grammar_tel_bij(TG_TABLE_NAME, wordt->>'regime', wordt->>TG_ARGV[0],
            wordt->>TG_ARGV[1], 1);
    END IF;
    RETURN NULL;
END $$
"""

ADD = """
CREATE FUNCTION grammar_tel_bij(
    tabel text, recht text, soort text, niveau text, verschil integer
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO grammar_tally (resource, regime, type, level, slot, n)
    VALUES (tabel, recht,
        coalesce(soort, '00000000-0000-0000-0000-000000000000')::uuid,
        coalesce(niveau, '0')::smallint, pg_backend_pid() % 16, verschil)
    ON CONFLICT (resource, regime, type, level, slot)
    DO UPDATE SET n = grammar_tally.n + excluded.n
$$
"""

STAND = """
CREATE FUNCTION grammar_stand_op() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE grammar_stand SET stand = stand + 1;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("grammar", "0001_initial")]

    operations = [
        migrations.RunSQL(ADD, "DROP FUNCTION grammar_tel_bij"),
        migrations.RunSQL(COUNT, "DROP FUNCTION grammar_tel"),
        migrations.RunSQL("INSERT INTO grammar_stand (id, stand) VALUES (1, 0)", ""),
        migrations.RunSQL(STAND, "DROP FUNCTION grammar_stand_op"),
    ]
