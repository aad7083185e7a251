"""A BSN that goes to a neighbour, to ask about its owner, stands in the processing log as that."""

from __future__ import annotations

from django.db import migrations

ASK = """
CREATE FUNCTION bsn.bevraag(nummer uuid, bij text, doel text, trace text, wie text)
RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gevonden text;
BEGIN
    IF doel IS NULL THEN
        RAISE EXCEPTION 'Een BSN gaat alleen met een doel naar een ander.';
    END IF;
    SELECT n.bsn INTO gevonden FROM bsn.nummer n WHERE n.id = bevraag.nummer;
    IF gevonden IS NOT NULL THEN
        PERFORM bsn.log(bevraag.nummer, bij || ' bevragen', doel, trace, wie);
    END IF;
    RETURN gevonden;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_event_apart")]

    operations = [migrations.RunSQL(ASK, "DROP FUNCTION bsn.bevraag(uuid, text, text, text, text)")]
