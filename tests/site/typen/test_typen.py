"""Beheer of types: every write through the door, every fault at its field, nothing believed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from loket.grammar.record import written
from loket.ledger.database import fetch, one, rows
from loket.registers.catalogi.keuzelijsten import procestypen, resultaten
from loket.registers.catalogi.kopieren import body_of
from loket.registers.catalogi.soorten import DELEN, TYPEN, parts_of
from loket.registers.catalogi.zaaktype import ZaakType
from loket.site.typen.groepen import GROUPS, grouped
from tests.registers.catalogi import zips
from tests.registers.catalogi.beheer import PARTS
from tests.site.typen.forms import filled

if TYPE_CHECKING:
    from tests.registers.catalogi.beheer import Beheer

ROOT = "/beheer/typen/"
EVIL = "<script>alert('x')</script> **vet** {{ 7|add:1 }}"
LIJST = "http://127.0.0.1:8700/selectielijst/api/v1"
ZAAKTYPE = {
    "identificatie": "ZT1",
    "omschrijving": "Vergunning",
    "vertrouwelijkheidaanduiding": "openbaar",
    "doel": "Beslissen",
    "aanleiding": "Een aanvraag",
    "indicatieInternOfExtern": "extern",
    "handelingInitiator": "aanvragen",
    "onderwerp": "Vergunning",
    "handelingBehandelaar": "behandelen",
    "doorlooptijd_W": "8",
    "referentieproces.naam": "Vergunnen",
    "verantwoordelijke": "Team",
    "beginGeldigheid": "2024-01-01",
    "trefwoorden": "boom\r\n\r\nkap",
}


def key_of(made: dict[str, Any]) -> UUID:
    return UUID(made["url"].rsplit("/", 1)[1])


def at(made: dict[str, Any], action: str = "") -> str:
    kind, key = made["url"].rsplit("/", 2)[1:]
    return f"{ROOT}{kind}/{key}/{action}"


def told(answer: Any) -> list[str]:
    """Return the faults on a page."""
    return re.findall("<li>.*?</li>", answer.content.decode(), re.DOTALL)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.fixture(name="vol")
def _vol(beheer: Beheer) -> dict[str, Any]:
    """A zaaktype in which every text is hostile, with all parts."""
    beheer.informatieobjecttype("Aanvraag")
    beheer.besluittype(EVIL[:80])
    made = beheer.zaaktype(
        omschrijving=EVIL[:80],
        doel=EVIL,
        trefwoorden=[EVIL[:30]],
        besluittypen=[EVIL[:80]],
        verantwoordelijke=EVIL[:50],
        verlengingMogelijk=True,
        verlengingstermijn="P1Y6M",
        doorlooptijd="PT36H",
        productenOfDiensten=["https://voorbeeld.nl/1"],
        gerelateerdeZaaktypen=[{"zaaktype": "https://elders.nl/1", "aardRelatie": "vervolg"}],
        broncatalogus={"url": "https://elders.nl/c", "domein": "BRON", "rsin": "517439943"},
        selectielijstProcestype=f"{LIJST}/procestypen/{zips.PROCESTYPE}",
    )
    status = beheer.statustype(made)
    checklist = [{"itemnaam": EVIL[:30], "vraagstelling": EVIL, "verplicht": True}]
    for path, body in PARTS.items():
        given = dict(body, zaaktype=made["url"])
        if path == "statustypen":
            given |= {"omschrijving": EVIL[:80], "checklistitemStatustype": checklist}
        if path in ("eigenschappen", "zaakobjecttypen"):
            given["statustype"] = status["url"]
        beheer.make(path, **given)
    return made


def test_every_field_stands_on_its_form_once() -> None:
    for resource in (*TYPEN.values(), *DELEN.values()):
        shown = [word.name for words in grouped(resource).values() for word in words]
        asked = {word.name for word in written(resource.record)} - {"zaaktype"}
        assert sorted(shown) == sorted(asked)
        named = [name for names in GROUPS.get(resource.path, {}).values() for name in names]
        assert len(named) == len(set(named))
        assert set(named) <= asked


def test_a_zaaktype_is_made_on_a_form_by_the_employee(client: Client, beheer: Beheer) -> None:
    catalogus = beheer.catalogus.rsplit("/", 1)[1]
    form = f"{ROOT}zaaktypen/nieuw/?catalogus={catalogus}"
    assert "Doorlooptijd" in text(client, form)
    answer = client.post(form, ZAAKTYPE)
    assert answer.status_code == 302, told(answer)
    made = ZaakType.objects.get()
    assert (made.doorlooptijd, made.trefwoorden, made.concept) == ("P8W", ["boom", "kap"], True)
    assert rows(
        "SELECT actie, actor_kind, actor_id, toelichting FROM ledger_event WHERE key = %s",
        (made.pk,),
    ) == [("create", "medewerker", "beheerder", "gewijzigd in beheer van typen")]
    assert answer.headers["location"] == f"{ROOT}zaaktypen/{made.pk}/"


def test_faults_stand_at_their_field_all_at_once(client: Client, beheer: Beheer) -> None:
    catalogus = beheer.catalogus.rsplit("/", 1)[1]
    wrong = {
        **ZAAKTYPE,
        "identificatie": "",
        "verlengingMogelijk": "on",
        "referentieproces.naam": "",
    }
    wrong["producten_of_diensten"] = "x"
    wrong["productenOfDiensten"] = "geen url"
    answer = client.post(f"{ROOT}zaaktypen/nieuw/?catalogus={catalogus}", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for path in ("identificatie", "referentieproces.naam", "productenOfDiensten"):
        assert f'href="#id_{path}_veld"' in page
        assert f'id="id_{path}_error"' in page
    assert ZaakType.objects.count() == 0


def test_a_rule_of_the_register_is_told_in_its_words(client: Client, beheer: Beheer) -> None:
    catalogus = beheer.catalogus.rsplit("/", 1)[1]
    wrong = {**ZAAKTYPE, "verlengingMogelijk": "on"}
    answer = client.post(f"{ROOT}zaaktypen/nieuw/?catalogus={catalogus}", wrong)
    assert "Een verlengingstermijn hoort bij een zaaktype met verlenging" in answer.content.decode()


@pytest.mark.parametrize("part", ["", *DELEN])
def test_saving_a_form_unchanged_changes_nothing(
    client: Client, vol: dict[str, Any], part: str
) -> None:
    """The form shows all that is stored, and gives it back the same."""
    resource = DELEN[part] if part else TYPEN["zaaktypen"]
    record = fetch(ZaakType, key_of(vol))
    form = at(vol, "wijzigen/")
    if part:
        record = parts_of(resource, record)[-1]
        form = at(vol, f"{part}/{record.pk}/")
    answer = client.post(form, filled(text(client, form)))
    assert answer.status_code == 302, told(answer)
    after = fetch(resource.record, record.pk)
    assert body_of(resource, after) == body_of(resource, record)


def test_what_somebody_else_changed_is_not_overwritten(
    client: Client, vol: dict[str, Any], beheer: Beheer
) -> None:
    form = at(vol, "wijzigen/")
    given = filled(text(client, form))
    beheer.api.patch(vol["url"], json={"doel": "Anders"})
    answer = client.post(form, {**given, "doel": "Van mij"})
    assert answer.status_code == 422
    assert "Iemand anders heeft dit gewijzigd" in answer.content.decode()
    assert fetch(ZaakType, key_of(vol)).doel == "Anders"


def test_rows_can_be_filled_emptied_and_have_faults(client: Client, vol: dict[str, Any]) -> None:
    status = parts_of(DELEN["statustypen"], fetch(ZaakType, key_of(vol)))[-1]
    form = at(vol, f"statustypen/{status.pk}/")
    given = filled(text(client, form))
    row = "checklistitemStatustype"
    given |= {f"{row}.0.itemnaam": "", f"{row}.0.vraagstelling": "", f"{row}.2.itemnaam": "Drie"}
    del given[f"{row}.0.verplicht"]
    answer = client.post(form, given)
    assert f'id="id_{row}.2.vraagstelling_error"' in answer.content.decode()
    answer = client.post(form, {**given, f"{row}.2.vraagstelling": "Klopt het?"})
    assert answer.status_code == 302
    kept = fetch(type(status), status.pk).checklistitem_statustype
    assert [each["itemnaam"] for each in kept] == ["Drie"]


def test_references_are_chosen_from_lists(client: Client, vol: dict[str, Any]) -> None:
    page = text(client, at(vol, "resultaattypen/nieuw/"))
    procestype = next(each for each in procestypen() if each.url.endswith(zips.PROCESTYPE))
    assert all(each.url in page for each in resultaten(procestype.url))
    assert page.count("/selectielijst/api/v1/resultaten/") == len(resultaten(procestype.url))
    assert 'value="Aanvraag"' in text(client, at(vol, "zaaktype-informatieobjecttypen/nieuw/"))
    assert "1. Stap 1" in text(client, at(vol, "eigenschappen/nieuw/"))
    assert procestype.label in text(client, at(vol, "wijzigen/"))


PAGES = [
    "", "wijzigen/", "kopieren/", "versie/", "vergelijken/", "vergelijken/?alles=on", "publiceren/",
    "verwijderen/", *(f"{path}/nieuw/" for path in DELEN),
]  # fmt: skip


def test_stored_input_shows_as_text_on_every_page(
    client: Client, vol: dict[str, Any], beheer: Beheer
) -> None:
    beheer.zaaktype(omschrijving=EVIL[:80], beginGeldigheid="2025-01-01")
    status = parts_of(DELEN["statustypen"], fetch(ZaakType, key_of(vol)))[-1]
    paths = [at(vol, page) for page in PAGES]
    paths += [ROOT, at(vol, f"statustypen/{status.pk}/")]
    paths.append(at(vol, f"statustypen/{status.pk}/verwijderen/"))
    for path in paths:
        page = text(client, path)
        assert "<script>alert" not in page, path
        assert "<strong>vet" not in page
        assert "style=" not in page, path
        assert not re.search(r"<[^>]+\son\w+=", page), path
    assert "&lt;script&gt;alert" in text(client, ROOT)
    assert "**vet** {{ 7|add:1 }}" in text(client, at(vol))


def test_stored_input_shows_as_text_in_messages_and_reports(client: Client, beheer: Beheer) -> None:
    made = beheer.zaaktype(omschrijving=EVIL[:80])
    answer = client.post(at(made, "verwijderen/"), follow=True)
    assert "&lt;script&gt;alert" in answer.content.decode()
    files = zips.open_zaak()
    files["ZaakType.json"][0]["identificatie"] = EVIL[:50]
    files["RolType.json"][0]["omschrijvingGeneriek"] = EVIL
    page = sent(client, files).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page


def sent(client: Client, files: zips.Files, **options: str) -> Any:
    made = zips.zipped(files)
    made.name = "catalogus.zip"
    return client.post(f"{ROOT}inlezen/", {"bestand": made, "bestaand": "overslaan", **options})


def test_a_catalogus_comes_in_and_goes_out_as_a_zip(client: Client) -> None:
    answer = sent(client, zips.open_zaak(), publiceer="on")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "10 gemaakt" in page
    assert "3 gepubliceerd" in page
    assert one("SELECT count(*) FROM ledger_event WHERE actor_id = 'beheerder'")[0] == 13
    assert "10 overgeslagen" in sent(client, zips.open_zaak()).content.decode()
    key = one("SELECT id FROM catalogi_catalogus WHERE domein = 'BRON'")[0]
    answer = client.get(f"{ROOT}catalogi/{key}/zip/")
    assert answer.headers["content-disposition"] == 'attachment; filename="catalogus-BRON.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b'"http://127.0.0.1/catalogi/api/v1/zaaktypen/' in archive.read("ZaakType.json")


def test_what_is_refused_in_a_zip_is_told_and_nothing_is_made(client: Client) -> None:
    files = zips.open_zaak()
    files["RolType.json"][0]["omschrijvingGeneriek"] = "baas"
    answer = sent(client, files)
    assert answer.status_code == 422
    assert "Niets ingelezen" in answer.content.decode()
    assert "RolType.json nr. 1" in answer.content.decode()
    answer = sent(client, {"../ZaakType.json": []})
    assert answer.status_code == 422
    assert "pad dat naar buiten wijst" in answer.content.decode()
    assert one("SELECT count(*) FROM catalogi_zaaktype")[0] == 0


def test_from_copy_to_publication(client: Client, beheer: Beheer) -> None:
    first = beheer.published(beheer.zaaktype())
    answer = client.post(
        at(first, "kopieren/"), {"naam": "ZT2", "omschrijving": "Kopie", "begin": "2025-01-01"}
    )
    assert answer.status_code == 302
    assert ZaakType.objects.get(identificatie="ZT2").omschrijving == "Kopie"
    answer = client.post(at(first, "versie/"), {"dag": "2025-01-01"})
    new = ZaakType.objects.get(identificatie="ZT1", concept=True)
    assert answer.headers["location"].endswith(f"{new.pk}/")
    page = text(client, f"{ROOT}zaaktypen/{new.pk}/publiceren/")
    assert "eindigt daardoor op <strong>31-12-2024</strong>" in page
    assert "Er zijn geen statustypen" in page
    client.post(f"{ROOT}zaaktypen/{new.pk}/publiceren/")
    assert fetch(ZaakType, new.pk).concept is False
    assert beheer.read(first["url"])["eindeGeldigheid"] == "2024-12-31"
    assert one("SELECT count(*) FROM ledger_event WHERE actor_id = 'beheerder'")[0] == 4


def test_publication_that_lacks_something_says_what_and_where(
    client: Client, vol: dict[str, Any]
) -> None:
    page = text(client, at(vol, "publiceren/"))
    assert "&#x27;Aanvraag&#x27; is nog niet gepubliceerd." in page
    aanvraag = one("SELECT id FROM catalogi_informatieobjecttype")[0]
    assert f"{ROOT}informatieobjecttypen/{aanvraag}/publiceren/" in page
    answer = client.post(at(vol, "publiceren/"))
    assert answer.status_code == 422
    assert fetch(ZaakType, key_of(vol)).concept is True


def test_what_is_refused_in_a_copy_or_version_is_told(client: Client, beheer: Beheer) -> None:
    first = beheer.published(beheer.zaaktype(eindeGeldigheid="2024-12-31"))
    answer = client.post(at(first, "versie/"), {"dag": "2024-06-01"})
    assert answer.status_code == 422
    assert "Er is al een gepubliceerde versie" in answer.content.decode()
    assert client.post(at(first, "versie/"), {"dag": "morgen"}).status_code == 422


def test_of_what_is_published_only_the_last_day_changes(client: Client, beheer: Beheer) -> None:
    made = beheer.zaaktype()
    beheer.statustype(made)
    beheer.published(made)
    assert client.get(at(made, "wijzigen/")).headers["location"] == at(made, "beeindigen/")
    assert client.post(at(made, "beeindigen/"), {"dag": "2024-12-31"}).status_code == 302
    assert beheer.read(made["url"])["eindeGeldigheid"] == "2024-12-31"
    for path in ("statustypen/nieuw/", "verwijderen/"):
        assert (
            client.post(at(made, path), {"omschrijving": "x", "volgnummer": "3"}).status_code == 409
        )
    status = parts_of(DELEN["statustypen"], fetch(ZaakType, key_of(made)))[0]
    assert client.post(at(made, f"statustypen/{status.pk}/verwijderen/")).status_code == 409
    assert one("SELECT count(*) FROM catalogi_statustype")[0] == 1


def test_a_part_is_removed_through_the_door(client: Client, vol: dict[str, Any]) -> None:
    part = parts_of(DELEN["roltypen"], fetch(ZaakType, key_of(vol)))[0]
    assert client.post(at(vol, f"roltypen/{part.pk}/verwijderen/")).status_code == 302
    assert one("SELECT actie, actor_id FROM ledger_event WHERE key = %s ORDER BY position DESC", (
        part.pk,
    )) == ("destroy", "beheerder")  # fmt: skip


def test_the_overview_seeks(client: Client, beheer: Beheer) -> None:
    beheer.published(beheer.zaaktype("ZT1"))
    beheer.informatieobjecttype("Brief")
    assert "2 versies gevonden" in text(client, ROOT)
    assert "1 versie gevonden" in text(client, f"{ROOT}?q=brief&soort=&stand=concept")
    assert "0 versies gevonden" in text(client, f"{ROOT}?q=brief&soort=zaaktypen")
    odd = f"{ROOT}?q=%00%25&soort=x&stand=y&catalogus=z&pagina=-1"
    assert "gevonden" in text(client, odd)


@pytest.mark.parametrize(
    "path",
    [
        "zaaktypen/00000000-0000-4000-8000-000000000000/",
        "statustypen/nieuw/",
        "catalogi/00000000-0000-4000-8000-000000000000/zip/",
        "catalogi/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(ROOT + path).status_code == 404


def test_a_part_of_another_zaaktype_is_not_found(
    client: Client, vol: dict[str, Any], beheer: Beheer
) -> None:
    part = parts_of(DELEN["roltypen"], fetch(ZaakType, key_of(vol)))[0]
    other = beheer.zaaktype("ZT2")
    assert client.get(at(other, f"roltypen/{part.pk}/")).status_code == 404


def test_who_may_only_look_cannot_write(beheer: Beheer) -> None:
    made = beheer.zaaktype()
    user = User.objects.create_user("kijker", password="geheim", is_staff=True)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    assert client.get(ROOT).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_zaaktype"))
    assert client.get(ROOT).status_code == 200
    for path in ("wijzigen/", "kopieren/", "versie/", "publiceren/", "verwijderen/"):
        assert client.post(at(made, path)).status_code == 403
    assert client.post(at(made, "roltypen/nieuw/")).status_code == 403
    assert client.post(f"{ROOT}inlezen/").status_code == 403
    anonymous = Client(HTTP_HOST="127.0.0.1").get(ROOT)
    assert "/beheer/login/" in anonymous.headers["location"]


def test_the_first_page_of_beheer_leads_to_the_types(client: Client) -> None:
    assert f'href="{ROOT}"' in text(client, "/beheer/")


def test_a_catalogus_is_made_and_changed(client: Client) -> None:
    form = {"domein": "NIEUW", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer"}
    assert client.post(f"{ROOT}catalogi/nieuw/", {**form, "rsin": "1"}).status_code == 422
    assert client.post(f"{ROOT}catalogi/nieuw/", form).status_code == 302
    key = one("SELECT id FROM catalogi_catalogus WHERE domein = 'NIEUW'")[0]
    page = f"{ROOT}catalogi/{key}/"
    assert client.post(page, {**filled(text(client, page)), "naam": "Mooi"}).status_code == 302
    assert one("SELECT naam FROM catalogi_catalogus WHERE id = %s", (key,))[0] == "Mooi"
