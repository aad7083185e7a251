"""Counters of what belongs to a main record: by the type and level of that record.

Rights on a status are those on its zaak, so a list of statussen is counted by the zaaktype and the
confidentiality of their zaken. `regime` holds the law of the record and, where it differs, that of
what it belongs to: `a/w` is avg under wpg.
"""

from __future__ import annotations

from django.db import migrations

CODE = """
CREATE FUNCTION grammar_regimes(eigen text, boven text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN eigen = boven THEN eigen ELSE left(eigen, 1) || '/' || left(boven, 1) END
$$
"""

BELOW = """
CREATE FUNCTION grammar_tel_onder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    wordt jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    boven record;
    vraag text := format('SELECT regime, %s::text AS soort, %s::text AS niveau FROM %I '
        'WHERE id = $1 FOR SHARE',
        TG_ARGV[2], TG_ARGV[3], TG_ARGV[0]);
BEGIN
    IF was IS NOT NULL AND wordt IS NOT NULL AND was->>'regime' = wordt->>'regime'
        AND was->>TG_ARGV[1] = wordt->>TG_ARGV[1] THEN
        RETURN NULL;
    END IF;
    IF was IS NOT NULL THEN
        EXECUTE vraag INTO boven USING (was->>TG_ARGV[1])::uuid;
        PERFORM grammar_tel_bij(TG_TABLE_NAME, grammar_regimes(was->>'regime', boven.regime),
            boven.soort, boven.niveau, -1);
    END IF;
    IF wordt IS NOT NULL THEN
        EXECUTE vraag INTO boven USING (wordt->>TG_ARGV[1])::uuid;
        PERFORM grammar_tel_bij(TG_TABLE_NAME, grammar_regimes(wordt->>'regime', boven.regime),
            boven.soort, boven.niveau, 1);
    END IF;
    RETURN NULL;
END $$
"""

MOVED = """
CREATE FUNCTION grammar_tel_om() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    wordt jsonb := to_jsonb(NEW);
    deel record;
BEGIN
    IF was->>'regime' = wordt->>'regime' AND was->>TG_ARGV[2] = wordt->>TG_ARGV[2]
        AND (was->>TG_ARGV[3]) IS NOT DISTINCT FROM (wordt->>TG_ARGV[3]) THEN
        RETURN NULL;
    END IF;
    FOR deel IN EXECUTE format('SELECT regime, count(*)::integer AS n FROM %I WHERE %I = $1 '
        'GROUP BY regime', TG_ARGV[0], TG_ARGV[1]) USING NEW.id
    LOOP
        PERFORM grammar_tel_bij(TG_ARGV[0], grammar_regimes(deel.regime, OLD.regime),
            was->>TG_ARGV[2], was->>TG_ARGV[3], -deel.n);
        PERFORM grammar_tel_bij(TG_ARGV[0], grammar_regimes(deel.regime, NEW.regime),
            wordt->>TG_ARGV[2], wordt->>TG_ARGV[3], deel.n);
    END LOOP;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("grammar", "0002_counting")]

    operations = [
        migrations.RunSQL(CODE, "DROP FUNCTION grammar_regimes"),
        migrations.RunSQL(BELOW, "DROP FUNCTION grammar_tel_onder"),
        migrations.RunSQL(MOVED, "DROP FUNCTION grammar_tel_om"),
    ]
