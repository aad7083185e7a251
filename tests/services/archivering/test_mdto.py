"""A zaak as MDTO: the elements in the order of the schema, the files beside them, no BSN."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from loket.kernel.actor import Actor
from loket.kernel.problems import Conflict, Forbidden, NotFound
from loket.services.archivering.mdto import NAMESPACE
from loket.services.archivering.overbrengen import exporteer
from tests.registers.klantinteracties.contactwerk import Contactwerk, identificator, ref
from tests.registers.zaken.zaakwerk import BSN

if TYPE_CHECKING:
    from tests.registers.zaken.zaakwerk import Json, Werk

SYSTEM = Actor.system("test")
_INFORMATIEOBJECT = """
    identificatie naam aggregatieniveau classificatie trefwoord omschrijving raadpleeglocatie
    dekkingInTijd dekkingInRuimte taal event waardering bewaartermijn informatiecategorie
    isOnderdeelVan bevatOnderdeel heeftRepresentatie aanvullendeMetagegevens
    gerelateerdInformatieobject archiefvormer betrokkene activiteit beperkingGebruik
"""
_BESTAND = "identificatie naam omvang bestandsformaat checksum URLBestand isRepresentatieVan"
INFORMATIEOBJECT, BESTAND = _INFORMATIEOBJECT.split(), _BESTAND.split()
REQUIRED = {
    "informatieobject": {
        "identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik",
    },
    "bestand": {
        "identificatie", "naam", "omvang", "bestandsformaat", "checksum", "isRepresentatieVan",
    },
}  # fmt: skip
CONTENT = b"Geachte heer, hierbij vraag ik een vergunning aan."


@pytest.fixture
def zaak(werk: Werk) -> Json:
    made = werk.zaak(omschrijving="Terras op het plein", startdatum="2015-01-05")
    werk.rol(made)
    werk.met_document(
        made, titel="Aanvraag", bestandsnaam="../../aanvraag.txt", formaat="text/plain",
        inhoud=base64.b64encode(CONTENT).decode(), bestandsomvang=len(CONTENT),
    )  # fmt: skip
    werk.resultaat(made)
    werk.status(made, 1, "2015-02-01T12:00:00Z")
    werk.status(made, 3, "2016-02-01T12:00:00Z")
    return werk.read(made["url"])


def key(zaak: Json) -> UUID:
    return UUID(zaak["uuid"])


def exported(zaak: Json) -> dict[str, bytes]:
    written = io.BytesIO()
    exporteer(SYSTEM, key(zaak), written)
    with zipfile.ZipFile(written) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def names(element: ET.Element) -> list[str]:
    return [each.tag.removeprefix(f"{{{NAMESPACE}}}") for each in element]


def test_every_part_stands_in_the_order_of_the_schema(zaak: Json) -> None:
    kinds = []
    for name, content in exported(zaak).items():
        if not name.endswith(".mdto.xml"):
            continue
        (part,) = ET.fromstring(content)  # noqa: S314 - made here
        kind = part.tag.removeprefix(f"{{{NAMESPACE}}}")
        order = INFORMATIEOBJECT if kind == "informatieobject" else BESTAND
        places = [order.index(each) for each in names(part)]
        assert all(one <= other for one, other in pairwise(places)), names(part)
        assert set(names(part)) >= REQUIRED[kind]
        kinds.append(kind)
    assert sorted(kinds) == ["bestand", "informatieobject", "informatieobject"]


def test_the_file_goes_along_with_its_checksum_and_a_safe_name(zaak: Json) -> None:
    made = exported(zaak)
    (name,) = [each for each in made if each.endswith("/aanvraag.txt")]
    assert ".." not in name
    assert made[name] == CONTENT
    about = made[f"{name}.bestand.mdto.xml"].decode()
    assert hashlib.sha256(CONTENT).hexdigest() in about
    assert f"<omvang>{len(CONTENT)}</omvang>" in about


def test_the_dossier_tells_of_the_zaak_and_of_no_bsn(zaak: Json) -> None:
    made = exported(zaak)
    folder = zaak["identificatie"]
    dossier = made[f"{folder}/{folder}.mdto.xml"].decode()
    for told in ("Terras op het plein", "Dossier", "2016-02-01", "2021-02-01", "Jansen", "Stap 1"):
        assert told in dossier
    assert not any(BSN.encode() in content for content in made.values())


def test_an_open_zaak_and_one_out_of_sight_stay_where_they_are(werk: Werk, zaak: Json) -> None:
    with pytest.raises(Conflict):
        exporteer(SYSTEM, key(werk.zaak()), io.BytesIO())
    with pytest.raises(NotFound):
        exporteer(SYSTEM, UUID(int=1), io.BytesIO())
    nobody = Actor.burger(UUID(int=2), "Iemand", "laag")
    with pytest.raises(Forbidden):
        exporteer(nobody, key(zaak), io.BytesIO())


@pytest.mark.req("K35")
def test_what_was_said_about_the_zaak_goes_along(werk: Werk, zaak: Json) -> None:
    """Also what it said before it was corrected; with a checksum, and without a BSN."""
    contacten = Contactwerk(werk.api)
    partij = contacten.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    contact = contacten.contact(plaatsgevondenOp="2015-03-01T10:00:00Z")
    contacten.betrokkene(contact, wasPartij=ref(partij))
    about = {"objectId": zaak["uuid"], "codeObjecttype": "zaak", "codeRegister": "zaken",
             "codeSoortObjectId": "uuid"}  # fmt: skip
    contacten.make(
        "onderwerpobjecten", klantcontact=ref(contact), onderwerpobjectidentificator=about
    )
    contacten.contact(onderwerp="Iets anders")
    correctie = {"inhoud": "De klant heeft iets anders gevraagd.", "wijzigingsgrond": "correctie",
                 "wijzigingstoelichting": "De klant vroeg erom."}  # fmt: skip
    assert werk.api.patch(contact["url"], json=correctie).status_code == 200
    made = exported(zaak)
    folder = f"{zaak['identificatie']}/KLANTCONTACT-{contact['referentienummer']}"
    [name] = [each for each in made if each.endswith(".json")]
    assert name == f"{folder}/KLANTCONTACT-{contact['referentienummer']}.json"
    told = json.loads(made[name])
    assert told["inhoud"] == correctie["inhoud"]
    assert [each["inhoud"] for each in told["eerdereVersies"]] == [contact["inhoud"]]
    assert [each["wasPartij"]["uuid"] for each in told["_expand"]["hadBetrokkenen"]] == [
        partij["uuid"]
    ]
    digest = hashlib.sha256(made[name]).hexdigest()
    assert digest in made[f"{name}.bestand.mdto.xml"].decode()
    assert (
        f"KLANTCONTACT-{contact['referentienummer']}"
        in made[f"{zaak['identificatie']}/{zaak['identificatie']}.mdto.xml"].decode()
    )
    assert not any(BSN.encode() in content for content in made.values())
