"""Where the search box looks, in SQL: each branch yields soort, id, gewicht and waarop."""

from __future__ import annotations

from dataclasses import dataclass

CANDIDATES = 200
"""How many a branch brings before they are put in order."""

FOUND = {
    "partij": "coalesce(t.partij_identificatie->>'volledigeNaam', "
    "t.partij_identificatie->>'naam', t.nummer)",
    "klantcontact": "t.onderwerp",
    "internetaak": "t.gevraagde_handeling",
}
"""By what each kind of thing is recognised in a list."""

NUMBER = (
    "gezocht AS MATERIALIZED (SELECT bsn.zoek("
    "%(bsn)s::text, %(doel)s::text, %(trace)s::text, %(wie)s::text) AS nummer)"
)


@dataclass(frozen=True)
class Branch:
    """One place to look, and what has to be found out before."""

    sql: str
    prepared: str = ""


_NAMES = f"""
woorden AS MATERIALIZED (SELECT klantinteracties_woorden(%(vraag)s::text) AS w),
precies AS MATERIALIZED (SELECT p.id FROM klantinteracties_partij p
    WHERE p.naam_woorden @> (SELECT w FROM woorden) AND (SELECT w FROM woorden) <> '{{}}'
    LIMIT {CANDIDATES}),
nabij AS MATERIALIZED (SELECT nr, array_agg(woord) AS w FROM (
    SELECT u.nr, x.woord FROM woorden, unnest(woorden.w) WITH ORDINALITY u(g, nr), LATERAL (
        SELECT n.woord FROM klantinteracties_naamwoord n WHERE n.woord %% u.g OR n.woord = u.g
        ORDER BY similarity(n.woord, u.g) DESC, n.woord LIMIT 8) x) y
    WHERE (SELECT count(*) FROM precies) < 20 GROUP BY nr),
ongeveer AS MATERIALIZED (SELECT p.id FROM klantinteracties_partij p
    WHERE (SELECT count(*) FROM precies) < 20
    AND (SELECT count(*) FROM nabij) = (SELECT cardinality(w) FROM woorden)
    AND p.naam_woorden && coalesce((SELECT w FROM nabij WHERE nr = 1), '{{}}')
    AND p.naam_woorden && coalesce((SELECT w FROM nabij WHERE nr = 2),
        (SELECT w FROM nabij WHERE nr = 1), '{{}}')
    AND NOT EXISTS (SELECT FROM nabij WHERE nr > 2 AND NOT p.naam_woorden && nabij.w)
    LIMIT {CANDIDATES})
"""

BRANCHES = {
    "naam": Branch(
        "SELECT 'partij' AS soort, p.id, word_similarity(lower(%(vraag)s::text), array_to_string("
        "p.naam_woorden, ' ')) + 0.5 * (p.opgegaan_in_id IS NULL)::int AS gewicht, "
        "'naam' AS waarop FROM klantinteracties_partij p "
        "JOIN (SELECT id FROM precies UNION SELECT id FROM ongeveer) k ON k.id = p.id",
        _NAMES,
    ),
    "ongekend": Branch(
        "(SELECT 'klantcontact', b.had_klantcontact_id, 0.9, 'naam' "
        "FROM klantinteracties_betrokkene b WHERE b.was_partij_id IS NULL "
        "AND b.naam_woorden @> (SELECT w FROM woorden) AND (SELECT w FROM woorden) <> '{}' "
        f"LIMIT {CANDIDATES})"
    ),
    "tekst": Branch(
        "(SELECT 'klantcontact', c.id, 0.5, 'tekst' FROM klantinteracties_klantcontact c "
        "WHERE to_tsvector('dutch', c.onderwerp || ' ' || c.inhoud) @@ "
        "plainto_tsquery('dutch', %(vraag)s::text) ORDER BY c.plaatsgevonden_op DESC LIMIT 20)"
    ),
    "nummer": Branch(
        "SELECT 'partij' AS soort, id, 1.5 AS gewicht, 'nummer' AS waarop "
        "FROM klantinteracties_partij "
        "WHERE nummer IN (%(cijfers)s::text, lpad(%(cijfers)s::text, 10, '0')) "
        "UNION ALL SELECT 'klantcontact', id, 1.4, 'nummer' FROM klantinteracties_klantcontact "
        "WHERE referentienummer IN (%(cijfers)s::text, lpad(%(cijfers)s::text, 10, '0')) "
        "UNION ALL SELECT 'internetaak', id, 1.3, 'nummer' FROM klantinteracties_internetaak "
        "WHERE referentienummer IN (%(cijfers)s::text, lpad(%(cijfers)s::text, 10, '0'))"
    ),
    "identificator": Branch(
        "SELECT 'partij', i.identificeerde_partij_id, 2.0, "
        "i.partij_identificator->>'codeSoortObjectId' "
        "FROM klantinteracties_partijidentificator i "
        "WHERE i.partij_identificator->>'objectId' = %(cijfers)s::text"
    ),
    "bsn": Branch(
        "SELECT 'partij', i.identificeerde_partij_id, 2.0, 'bsn' "
        "FROM klantinteracties_partijidentificator i "
        "WHERE i.partij_identificator_nummer = (SELECT nummer FROM gezocht)"
    ),
    "telefoon": Branch(
        "(SELECT CASE WHEN a.verstrekt_door_partij_id IS NULL THEN 'klantcontact' "
        "ELSE 'partij' END, coalesce(a.verstrekt_door_partij_id, b.had_klantcontact_id), 1.8, "
        "'telefoon' FROM klantinteracties_digitaaladres a "
        "LEFT JOIN klantinteracties_betrokkene b ON b.id = a.verstrekt_door_betrokkene_id "
        "WHERE a.soort_digitaal_adres = 'telefoonnummer' "
        "AND right(regexp_replace(a.adres, '[^0-9]', '', 'g'), 9) = %(telefoon)s::text "
        f"LIMIT {CANDIDATES})"
    ),
    "email": Branch(
        "(SELECT CASE WHEN a.verstrekt_door_partij_id IS NULL THEN 'klantcontact' "
        "ELSE 'partij' END AS soort, coalesce(a.verstrekt_door_partij_id, b.had_klantcontact_id) "
        "AS id, 1.8 AS gewicht, 'email' AS waarop FROM klantinteracties_digitaaladres a "
        "LEFT JOIN klantinteracties_betrokkene b ON b.id = a.verstrekt_door_betrokkene_id "
        "WHERE a.soort_digitaal_adres = 'email' AND lower(a.adres) LIKE %(email)s::text "
        f"LIMIT {CANDIDATES})"
    ),
}
