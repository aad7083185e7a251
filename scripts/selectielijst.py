#!/usr/bin/env python3
"""Write our own Selectielijst files from the published fixtures: the facts, without the prose.

Usage: python scripts/selectielijst.py SOURCE_DIR [TARGET_DIR]
"""

import argparse
import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

TARGET = Path(__file__).parent.parent / "src" / "loket" / "registers" / "selectielijst"
MAX_OMSCHRIJVING = 20
TAAKGEBIEDEN = {
    "algemeen_bestuur_en_inrichting_organisatie": "algemeenBestuurEnInrichtingOrganisatie",
    "bedrijfsvoering_en_personeel": "bedrijfsvoeringEnPersoneel",
    "publieke_informatie_en_registratie": "publiekeInformatieEnRegistratie",
    "burgerzaken": "burgerzaken",
    "veiligheid": "veiligheid",
    "verkeer_en_vervoer": "verkeerEnVervoer",
    "economie": "economie",
    "onderwijs": "onderwijs",
    "sport_cultuur_en_recreatie": "sportCultuurEnRecreatie",
    "sociaal_domein": "sociaalDomein",
    "volksgezonheid_en_milieu": "volksgezonheidEnMilieu",
    "vhrosv": "vhrosv",
    "heffen_belastingen": "heffenBelastingen",
    "alle_taakgebieden": "alleTaakgebieden",
}
PUBLISHED = {
    "Afgebroken": "ce8cf476-0b59-496f-8eee-957a7c6e2506",
    "Afgehandeld": "7cb315fb-4f7b-4a43-aca1-e4522e4c73b3",
    "Gegrond": "3a0a9c3c-0847-4e7e-b7d9-765b9434094c",
    "Geweigerd": "1f750958-431c-4916-bc01-af5d3a753b41",
    "Verleend": "f7d2dc14-1b71-4179-aed3-4e7abcfbeb0d",
    "Verwerkt": "f33dbd16-68ae-4820-acb5-5f437bca5edb",
}
"""Generic names under the keys that the public Selectielijst gives them, beside the fixtures."""

Row = dict[str, Any]


def rows(path: Path) -> dict[int, Row]:
    """The records of a fixture by their key."""
    return {entry["pk"]: entry["fields"] for entry in json.loads(path.read_text("utf-8"))}


def plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def procestype(fields: Row) -> Row:
    """One procestype under the names of the API."""
    return {
        "uuid": fields["uuid"],
        "nummer": fields["nummer"],
        "jaar": fields["jaar"],
        "naam": plain(fields["naam"]),
        "omschrijving": plain(fields["omschrijving"]),
        "procesobject": plain(fields["procesobject"]),
    }


def resultaat(fields: Row, procestypen: dict[int, Row], resultaten: dict[int, Row]) -> Row:
    """One resultaat under the names of the API."""
    generiek = resultaten.get(fields.get("generiek_resultaat", 0))
    process = procestypen[fields["proces_type"]]
    numbers = [process["nummer"], *([generiek["nummer"]] if generiek else []), fields["nummer"]]
    return {
        "uuid": fields["uuid"],
        "procesType": process["uuid"],
        "generiekResultaat": generiek["uuid"] if generiek else None,
        "nummer": fields["nummer"],
        "volledigNummer": ".".join(map(str, numbers)),
        "naam": plain(fields["naam"]),
        "omschrijving": plain(fields["omschrijving"]),
        "herkomst": plain(fields["herkomst"]),
        "waardering": fields["waardering"],
        "procestermijn": fields["procestermijn"],
        "procestermijnOpmerking": plain(fields["procestermijn_opmerking"]),
        "bewaartermijn": fields.get("bewaartermijn"),
        "taakgebieden": [name for key, name in TAAKGEBIEDEN.items() if fields[key]],
    }


def omschrijvingen(known: dict[int, Row], resultaten: list[Row]) -> list[Row]:
    """The generic names of results: those with a published uuid, and those of the Selectielijst."""
    listed = {plain(fields["omschrijving"]): fields["uuid"] for fields in known.values()}
    uuids = PUBLISHED | listed
    names = sorted(uuids.keys() | {entry["naam"] for entry in resultaten})
    return [
        {
            "uuid": uuids.get(name)
            or str(uuid5(NAMESPACE_URL, f"urn:loket:resultaattypeomschrijving:{name.lower()}")),
            "omschrijving": name,
            "definitie": f"De zaak eindigt met het resultaat '{name}'.",
        }
        for name in names
        if len(name) <= MAX_OMSCHRIJVING and name != "Beeindigd"
    ]


def write(path: Path, content: list[Row]) -> None:
    """Write one record a line, so that a change of the list is a change of its lines."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in content)
    path.write_text(f"[\n{lines}\n]\n", "utf-8")


def main() -> None:
    """Convert the files in SOURCE_DIR."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path, nargs="?", default=TARGET)
    chosen = parser.parse_args()
    procestypen = rows(chosen.source / "selectielijst_2020_procestypen.json")
    records = rows(chosen.source / "selectielijst_2020_resultaten.json")
    resultaten = [resultaat(fields, procestypen, records) for fields in records.values()]
    known = rows(chosen.source / "resultaattypeomschrijvingen.json")
    write(chosen.target / "procestypen.json", [procestype(each) for each in procestypen.values()])
    write(chosen.target / "resultaten.json", resultaten)
    write(chosen.target / "resultaattypeomschrijvingen.json", omschrijvingen(known, resultaten))


if __name__ == "__main__":
    main()
