"""Fill the reference lists with the facts that come along with the house."""

import json
from importlib.resources import files
from typing import Any

from django.db import migrations

TAAKGEBIEDEN = {
    "algemeenBestuurEnInrichtingOrganisatie": "algemeen_bestuur_en_inrichting_organisatie",
    "bedrijfsvoeringEnPersoneel": "bedrijfsvoering_en_personeel",
    "publiekeInformatieEnRegistratie": "publieke_informatie_en_registratie",
    "burgerzaken": "burgerzaken",
    "veiligheid": "veiligheid",
    "verkeerEnVervoer": "verkeer_en_vervoer",
    "economie": "economie",
    "onderwijs": "onderwijs",
    "sportCultuurEnRecreatie": "sport_cultuur_en_recreatie",
    "sociaalDomein": "sociaal_domein",
    "volksgezonheidEnMilieu": "volksgezonheid_en_milieu",
    "vhrosv": "vhrosv",
    "heffenBelastingen": "heffen_belastingen",
    "alleTaakgebieden": "alle_taakgebieden",
}

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """The records of a file beside the register."""
    source = files("loket.registers.selectielijst").joinpath(f"{name}.json")
    found: list[Row] = json.loads(source.read_text("utf-8"))
    return found


def plain(row: Row) -> Row:
    """A record whose fields are called on the wire as in the table."""
    return {"id": row.pop("uuid"), **row}


def resultaat(row: Row) -> Row:
    """A resultaat under the names of the table."""
    return {
        "id": row["uuid"],
        "proces_type_id": row["procesType"],
        "generiek_resultaat_id": row["generiekResultaat"],
        "nummer": row["nummer"],
        "volledig_nummer": row["volledigNummer"],
        "naam": row["naam"],
        "omschrijving": row["omschrijving"],
        "herkomst": row["herkomst"],
        "waardering": row["waardering"],
        "procestermijn": row["procestermijn"],
        "procestermijn_opmerking": row["procestermijnOpmerking"],
        "bewaartermijn": row["bewaartermijn"],
        "toelichting": "",
        **{column: name in row["taakgebieden"] for name, column in TAAKGEBIEDEN.items()},
    }


LISTS = {
    "ProcesType": ("procestypen", plain),
    "Resultaat": ("resultaten", resultaat),
    "ResultaattypeOmschrijvingGeneriek": ("resultaattypeomschrijvingen", plain),
    "CommunicatieKanaal": ("communicatiekanalen", plain),
}


def fill(apps: Any, editor: Any) -> None:
    """Put the records in, a generic resultaat before those that refine it."""
    for model, (name, made) in LISTS.items():
        records = apps.get_model("selectielijst", model)
        found = sorted(rows(name), key=lambda row: row.get("generiekResultaat") is not None)
        for row in found:
            records.objects.using(editor.connection.alias).create(**made(row))


def empty(apps: Any, editor: Any) -> None:
    """Take the records out again."""
    for model in reversed(LISTS):
        apps.get_model("selectielijst", model).objects.using(editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("selectielijst", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
