"""What the search box looks in: the words of names, numbers of telephones, and what was said.

The words that names are made of stand in a table of their own, so that a word with a typing error
finds those that look like it among few, and partijen by whole words. A word goes with the last
partij that has it.
"""

from __future__ import annotations

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

WORDS = """
CREATE FUNCTION klantinteracties_woorden(tekst text) RETURNS text[] IMMUTABLE LANGUAGE sql AS $$
    SELECT array_remove(regexp_split_to_array(
        lower(public.unaccent('public.unaccent', coalesce(tekst, ''))), '[^a-z0-9]+'), '')
$$
"""
NAMES = """
ALTER TABLE klantinteracties_partij ADD COLUMN naam_woorden text[] GENERATED ALWAYS AS (
    klantinteracties_woorden(coalesce(partij_identificatie->>'volledigeNaam',
        partij_identificatie->>'naam'))) STORED;
ALTER TABLE klantinteracties_betrokkene ADD COLUMN naam_woorden text[] GENERATED ALWAYS AS (
    klantinteracties_woorden(coalesce(contactnaam->>'voornaam', '') || ' ' ||
        coalesce(contactnaam->>'achternaam', '') || ' ' || organisatienaam)) STORED;
CREATE INDEX partij_naam_woorden ON klantinteracties_partij USING gin (naam_woorden);
CREATE INDEX betrokkene_naam_woorden ON klantinteracties_betrokkene USING gin (naam_woorden)
    WHERE was_partij_id IS NULL;
CREATE TABLE klantinteracties_naamwoord (woord text PRIMARY KEY);
CREATE INDEX naamwoord_lijkt ON klantinteracties_naamwoord USING gin (woord gin_trgm_ops);
"""
KEEP = """
CREATE FUNCTION klantinteracties_houd_woorden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO klantinteracties_naamwoord
            SELECT DISTINCT w FROM unnest(NEW.naam_woorden) w ORDER BY w ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM klantinteracties_naamwoord n
        WHERE n.woord = ANY(OLD.naam_woorden) AND NOT EXISTS (
            SELECT FROM klantinteracties_partij p WHERE p.naam_woorden @> ARRAY[n.woord]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER klantinteracties_partij_woorden
    AFTER INSERT OR DELETE OR UPDATE OF partij_identificatie ON klantinteracties_partij
    FOR EACH ROW EXECUTE FUNCTION klantinteracties_houd_woorden();
"""
ADDRESSES = """
CREATE INDEX digitaaladres_telefoon ON klantinteracties_digitaaladres
    (right(regexp_replace(adres, '[^0-9]', '', 'g'), 9)) WHERE soort_digitaal_adres = 'telefoonnummer';
CREATE INDEX digitaaladres_email ON klantinteracties_digitaaladres
    (lower(adres) text_pattern_ops) WHERE soort_digitaal_adres = 'email';
CREATE INDEX klantcontact_tekst ON klantinteracties_klantcontact
    USING gin (to_tsvector('dutch', onderwerp || ' ' || inhoud));
"""


class Migration(migrations.Migration):
    dependencies = [("klantinteracties", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(WORDS, "DROP FUNCTION klantinteracties_woorden"),
        migrations.RunSQL(NAMES, "DROP TABLE klantinteracties_naamwoord"),
        migrations.RunSQL(KEEP, "DROP FUNCTION klantinteracties_houd_woorden CASCADE"),
        migrations.RunSQL(ADDRESSES, "DROP INDEX klantcontact_tekst"),
    ]
