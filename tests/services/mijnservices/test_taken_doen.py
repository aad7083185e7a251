"""Doing a task, and sending documents along with it, as the one who was asked and nobody else."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from loket.grammar.change import HOUSE
from loket.grammar.files import Infected
from loket.grammar.resource import Call
from loket.kernel.problems import Conflict, Invalid, NotFound
from loket.ledger.database import counted, one, rows
from loket.services.mijnservices import documenten, taken, taken_doen, zaken
from tests.services.mijnservices.bestanden import (
    DOCX,
    HEIC,
    HTML,
    JPG,
    MACRO,
    ODT,
    PNG,
    PROGRAMMA,
    VIRUS,
    ingepakt,
    spool,
)
from tests.services.mijnservices.leven import ANDERE_VESTIGING, PDF, VESTIGING, key

if TYPE_CHECKING:
    from loket.kernel.actor import Actor
    from tests.conftest import Api
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
CALL = Call(HOUSE)
FOTO = {"label": "Foto", "key": "foto", "type": "file", "multiple": True}
KLEUR = {"label": "Kleur", "key": "kleur", "type": "textfield", "validate": {"required": True}}


def form(*components: Json) -> Json:
    """Return what a task has more when it asks for these."""
    return {"details": {"formulierDefinitie": {"components": list(components)}}}


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def zaak(leven: Leven, klant: Klant) -> Json:
    return leven.zaak(klant)


@pytest.fixture
def taak(leven: Leven, klant: Klant, zaak: Json) -> UUID:
    return key(leven.taak(klant, zaak, **form(KLEUR, FOTO)))


def stuur(actor: Actor, taak: UUID, content: bytes = PDF, naam: str = "brief.pdf", **more: Any
          ) -> documenten.DocumentRegel:  # fmt: skip
    """Send a file along."""
    body = {"inhoud": spool(content), "bestandsnaam": naam}
    return taken_doen.voeg_toe(actor, taak, body, CALL, **more)


def code(problem: pytest.ExceptionInfo[Invalid]) -> str:
    """Return the code of the one fault."""
    (fault,) = problem.value.faults
    return fault.code


@pytest.mark.req("M41", "M20")
def test_a_form_is_filled_in_and_the_task_is_done(klant: Klant, taak: UUID) -> None:
    """It goes by the door of the register: the log knows who, and for what reason."""
    done = taken_doen.rond_af(klant.actor, taak, {"kleur": "rood"}, CALL)
    assert done.regel.status == "uitgevoerd"
    assert done.details["ontvangenGegevens"] == {"kleur": "rood", "foto": []}
    assert taken.overzicht(klant.actor).open == ()
    who = one(
        "SELECT user_id FROM ledger_event WHERE main_key = %s ORDER BY id DESC LIMIT 1", (taak,)
    )
    assert who[0] == klant.actor.id


@pytest.mark.req("M41")
def test_what_does_not_fit_the_form_leaves_the_task_open(klant: Klant, taak: UUID) -> None:
    with pytest.raises(Invalid) as problem:
        taken_doen.rond_af(klant.actor, taak, {}, CALL)
    assert [each.name for each in problem.value.faults] == ["details.ontvangenGegevens.kleur"]
    with pytest.raises(Invalid):
        taken_doen.rond_af(klant.actor, taak, {"kleur": "rood\x00"}, CALL)
    assert taken.detail(klant.actor, taak).regel.open


@pytest.mark.req("M41")
def test_who_finishes_it_a_second_time_hears_that_it_is_done(klant: Klant, taak: UUID) -> None:
    taken_doen.rond_af(klant.actor, taak, {"kleur": "rood"}, CALL)
    with pytest.raises(Conflict, match="al gedaan"):
        taken_doen.rond_af(klant.actor, taak, {"kleur": "blauw"}, CALL)
    with pytest.raises(Conflict, match="al gedaan"):
        stuur(klant.actor, taak)
    details = taken.detail(klant.actor, taak).details
    assert details["ontvangenGegevens"]["kleur"] == "rood"


@pytest.mark.req("M41")
@pytest.mark.parametrize(
    ("status", "words"), [("afgebroken", "ingetrokken"), ("niet_uitgevoerd", "laatste dag")]
)
def test_a_task_that_was_closed_says_why(
    klant: Klant, taak: UUID, api: Api, status: str, words: str
) -> None:
    assert not taken_doen.is_ingetrokken(klant.actor, taak)
    api.patch(f"/taken/api/v1/externetaken/{taak}", json={"status": status})
    with pytest.raises(Conflict, match=words):
        taken_doen.rond_af(klant.actor, taak, {"kleur": "rood"}, CALL)
    assert taken_doen.is_ingetrokken(klant.actor, taak) == (status == "afgebroken")


@pytest.mark.req("M41", "M42")
def test_another_can_do_nothing_with_it(leven: Leven, klant: Klant, taak: UUID, api: Api) -> None:
    """Not a citizen, not a company, not another branch: for them the task is not there."""
    sent = stuur(klant.actor, taak)
    for who in (leven.burger("De Vries").actor, leven.bedrijf().actor):
        with pytest.raises(NotFound):
            taken_doen.rond_af(who, taak, {"kleur": "rood"}, CALL)
        with pytest.raises(NotFound):
            stuur(who, taak)
        with pytest.raises(NotFound):
            taken_doen.haal_weg(who, taak, sent.uuid, CALL)
        assert not taken_doen.is_ingetrokken(who, taak)
    vestiging, ander = leven.bedrijf(VESTIGING), leven.bedrijf(ANDERE_VESTIGING)
    own = key(leven.taak(vestiging, leven.zaak(vestiging), **form(KLEUR)))
    with pytest.raises(NotFound):
        taken_doen.rond_af(ander.actor, own, {"kleur": "rood"}, CALL)
    assert taken_doen.rond_af(vestiging.actor, own, {"kleur": "rood"}, CALL).regel.status
    assert api.get(f"/taken/api/v1/externetaken/{taak}").json()["status"] == "open"


@pytest.mark.req("M42")
def test_a_document_is_in_the_zaak_at_once(
    klant: Klant, taak: UUID, zaak: Json, api: Api, leven: Leven
) -> None:
    sent = stuur(klant.actor, taak, naam="Mijn loonstrook.PDF")
    assert (sent.titel, sent.bestandsnaam) == ("Mijn loonstrook", "Mijn loonstrook.PDF")
    (seen,) = zaken.detail(klant.actor, key(zaak)).documenten
    assert (seen.uuid, seen.formaat, seen.omvang) == (sent.uuid, "application/pdf", len(PDF))
    shown = api.get(f"/documenten/api/v1/enkelvoudiginformatieobjecten/{sent.uuid}").json()
    assert (shown["status"], shown["auteur"]) == ("definitief", klant.actor.label)
    assert shown["tonenAanInitiator"] is True
    assert shown["ontvangstdatum"] == shown["creatiedatum"]
    assert shown["informatieobjecttype"] == leven.werk.typen.informatieobjecttype
    assert api.get(shown["inhoud"]).content == PDF
    told = rows("SELECT resource FROM ledger_event ORDER BY id DESC LIMIT 3")
    assert ("zaakinformatieobjecten",) in told


@pytest.mark.req("M42")
def test_who_is_asked_need_not_be_whose_zaak_it_is(leven: Leven, klant: Klant, zaak: Json) -> None:
    """It goes to the zaak for which the task was issued, whose it may be."""
    buur = leven.burger("De Buur")
    taak = key(leven.taak(buur, zaak, **form(KLEUR)))
    sent = stuur(buur.actor, taak)
    assert [each.uuid for each in zaken.detail(klant.actor, key(zaak)).documenten] == [sent.uuid]
    with pytest.raises(NotFound):
        zaken.detail(buur.actor, key(zaak))


@pytest.mark.req("M42")
def test_what_is_sent_for_a_field_is_what_the_field_holds(klant: Klant, taak: UUID) -> None:
    """Whatever an app says of it: who reads the task finds the documents themselves."""
    sent = [stuur(klant.actor, taak, PNG, "a.png", veld="foto"),
            stuur(klant.actor, taak, JPG, "b.jpg", veld="foto")]  # fmt: skip
    stuur(klant.actor, taak, naam="los.pdf")
    with counted() as statements:
        found = taken_doen.werk(klant.actor, taak)
    assert len(statements) == 2
    assert [each.document.bestandsnaam for each in found.los] == ["los.pdf"]
    given = {"kleur": "rood", "foto": [{"url": "urn:van:een:ander"}]}
    done = taken_doen.rond_af(klant.actor, taak, given, CALL)
    held = done.details["ontvangenGegevens"]["foto"]
    assert [each["url"].rpartition(":")[2] for each in held] == [str(each.uuid) for each in sent]
    assert [each["originalName"] for each in held] == ["a.png", "b.jpg"]


@pytest.mark.req("M42")
def test_a_field_for_one_file_takes_one(leven: Leven, klant: Klant, zaak: Json) -> None:
    only = {"label": "Pas", "key": "pas", "type": "file", "filePattern": "image/*,.pdf",
            "validate": {"required": True}}  # fmt: skip
    taak = key(leven.taak(klant, zaak, **form(only)))
    with pytest.raises(Invalid) as problem:
        taken_doen.rond_af(klant.actor, taak, {"pas": [{"url": "x"}]}, CALL)
    assert code(problem) == "required"
    with pytest.raises(Invalid) as problem:
        stuur(klant.actor, taak, DOCX, "pas.docx", veld="pas")
    assert code(problem) == "formaat-niet-toegestaan"
    first = stuur(klant.actor, taak, PNG, "pas.png", veld="pas")
    with pytest.raises(Invalid) as problem:
        stuur(klant.actor, taak, PNG, "pas.png", veld="pas")
    assert code(problem) == "aantal"
    taken_doen.haal_weg(klant.actor, taak, first.uuid, CALL)
    stuur(klant.actor, taak, HEIC, "pas.heic", veld="pas")
    with pytest.raises(Invalid) as problem:
        stuur(klant.actor, taak, PNG, "pas.png", veld="bestaat niet")
    assert code(problem) == "veld"
    assert taken_doen.rond_af(klant.actor, taak, {}, CALL).regel.status == "uitgevoerd"


@pytest.mark.req("M42")
@pytest.mark.parametrize(
    ("content", "naam", "gives"),
    [
        (b"", "leeg.pdf", "leeg"),
        (PROGRAMMA, "foto.jpg", "formaat-niet-toegestaan"),
        (HTML, "brief.pdf", "formaat-niet-toegestaan"),
        (b"zomaar tekst", "brief.pdf", "formaat-niet-toegestaan"),
        (MACRO, "brief.docx", "formaat-niet-toegestaan"),
        (ingepakt(foto_exe=b"x"), "fotos.zip", "formaat-niet-toegestaan"),
        (b"PK\x03\x04 kapot", "brief.docx", "formaat-niet-toegestaan"),
    ],
)
def test_a_file_is_judged_by_what_is_in_it(
    klant: Klant, taak: UUID, content: bytes, naam: str, gives: str
) -> None:
    with pytest.raises(Invalid) as problem:
        stuur(klant.actor, taak, content, naam)
    assert code(problem) == gives
    assert _sent(klant, taak) == []


@pytest.mark.req("M42")
@pytest.mark.parametrize(
    ("content", "formaat", "ending"),
    [
        (PNG, "image/png", ".png"),
        (JPG, "image/jpeg", ".jpg"),
        (HEIC, "image/heic", ".heic"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        (ODT, "application/vnd.oasis.opendocument.text", ".odt"),
    ],
)
def test_what_may_come_gets_the_name_of_what_it_is(
    klant: Klant, taak: UUID, content: bytes, formaat: str, ending: str
) -> None:
    sent = stuur(klant.actor, taak, content, "iets.exe")
    assert (sent.formaat, sent.bestandsnaam) == (formaat, f"iets.exe{ending}")


@pytest.mark.req("M42")
@pytest.mark.parametrize(
    ("naam", "becomes"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\eva\\brief.pdf", "brief.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "ab Set-Cookie- x.pdf"),
        ("foto\u202efdp.exe", "fotofdp.exe.pdf"),
        ("", "bestand.pdf"),
        ("...", "bestand.pdf"),
        ("<img src=x onerror=y>.pdf", "-img src=x onerror=y-.pdf"),
        ("e\u0301\u00e9n.pdf", "\u00e9\u00e9n.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(
    klant: Klant, taak: UUID, naam: str, becomes: str
) -> None:
    assert stuur(klant.actor, taak, naam=naam).bestandsnaam == becomes


@pytest.mark.req("M42")
def test_a_virus_comes_nowhere(klant: Klant, taak: UUID) -> None:
    with pytest.raises(Infected):
        stuur(klant.actor, taak, VIRUS)
    assert _sent(klant, taak) == []


@pytest.mark.req("M42")
def test_a_file_may_not_be_too_large(
    klant: Klant, taak: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MOST_BYTES", 2**20)
    with pytest.raises(Invalid) as problem:
        stuur(klant.actor, taak, PDF + bytes(2**20))
    (fault,) = problem.value.faults
    assert (fault.code, fault.reason) == ("te-groot", "Een bestand mag hoogstens 1 MB groot zijn.")


def test_an_app_sends_base64_as_the_documenten_api_takes_it(klant: Klant, taak: UUID) -> None:
    body = {"titel": "Loonstrook\x00\n2026", "bestandsnaam": "l.pdf",
            "inhoud": base64.b64encode(PDF).decode()}  # fmt: skip
    assert taken_doen.voeg_toe(klant.actor, taak, body, CALL).titel == "Loonstrook 2026"
    for raw in (None, 7, "geen base64!"):
        with pytest.raises(Invalid):
            taken_doen.voeg_toe(klant.actor, taak, {**body, "inhoud": raw}, CALL)
    with pytest.raises(Invalid):
        taken_doen.voeg_toe(klant.actor, taak, {**body, "informatieobjecttype": uuid4()}, CALL)


@pytest.mark.req("M42")
def test_where_there_is_a_choice_the_sender_makes_it(
    leven: Leven, klant: Klant, zaak: Json, api: Api
) -> None:
    typen = leven.werk.typen
    other = typen.document("Loonstrook")
    one(
        "INSERT INTO catalogi_zaaktypeinformatieobjecttype (id, regime, zaaktype_id, "
        "informatieobjecttype, volgnummer, richting) SELECT gen_random_uuid(), regime, id, "
        "'Loonstrook', 2, 'inkomend' FROM catalogi_zaaktype WHERE id = %s",
        (typen.zaaktype.rpartition("/")[2],),
    )
    taak = key(leven.taak(klant, zaak, **form(KLEUR)))
    waar = taken_doen.werk(klant.actor, taak).plek
    assert waar
    assert [each.omschrijving for each in waar.soorten] == ["Aanvraag", "Loonstrook"]
    body = {"bestandsnaam": "l.pdf", "inhoud": spool(PDF), "informatieobjecttype": other}
    sent = taken_doen.voeg_toe(klant.actor, taak, body, CALL)
    shown = api.get(f"/documenten/api/v1/enkelvoudiginformatieobjecten/{sent.uuid}").json()
    assert shown["informatieobjecttype"] == other


@pytest.mark.req("M42")
def test_without_an_open_zaak_here_nothing_can_be_sent(leven: Leven, klant: Klant) -> None:
    loose = key(leven.taak(klant, **form(KLEUR)))
    with pytest.raises(Conflict, match="bij een zaak"):
        stuur(klant.actor, loose)
    away: Json = {"isGerelateerdAan": [{"urn": f"urn:nld:loket:zaken:zaak:{uuid4()}"}]}
    gone = key(leven.taak(klant, **away, **form(KLEUR)))
    with pytest.raises(Conflict):
        stuur(klant.actor, gone)
    zaak = leven.zaak(klant)
    taak = key(leven.taak(klant, zaak, **form(KLEUR)))
    one("UPDATE zaken_zaak SET einddatum = startdatum WHERE id = %s", (key(zaak),))
    with pytest.raises(Conflict, match="afgerond"):
        stuur(klant.actor, taak)
    pay = key(leven.taak(klant, leven.zaak(klant), "betaaltaak"))
    with pytest.raises(Conflict, match="geen documenten"):
        stuur(klant.actor, pay)
    with pytest.raises(Conflict, match="geen formulier"):
        taken_doen.rond_af(klant.actor, pay, {}, CALL)


@pytest.mark.req("M42")
def test_what_was_sent_can_be_taken_away_until_it_is_done(
    leven: Leven, klant: Klant, taak: UUID, zaak: Json, api: Api
) -> None:
    sent, kept = stuur(klant.actor, taak), stuur(klant.actor, taak)
    taken_doen.haal_weg(klant.actor, taak, sent.uuid, CALL)
    assert _sent(klant, taak) == [kept.uuid]
    path = f"/documenten/api/v1/enkelvoudiginformatieobjecten/{sent.uuid}"
    assert api.get(path).status_code == 404
    other = leven.document(zaak)
    with pytest.raises(NotFound):
        taken_doen.haal_weg(klant.actor, taak, key(other), CALL)
    lock = f"/documenten/api/v1/enkelvoudiginformatieobjecten/{kept.uuid}/lock"
    assert api.post(lock).status_code == 200
    with pytest.raises(Conflict, match="in behandeling"):
        taken_doen.haal_weg(klant.actor, taak, kept.uuid, CALL)
    taken_doen.rond_af(klant.actor, taak, {"kleur": "rood"}, CALL)
    with pytest.raises(Conflict):
        taken_doen.haal_weg(klant.actor, taak, kept.uuid, CALL)
    assert _sent(klant, taak) == [kept.uuid]


def _sent(klant: Klant, taak: UUID) -> list[UUID]:
    found = taken_doen.werk(klant.actor, taak).plek
    assert found
    return [each.document.uuid for each in found.bijlagen]
