"""Mijn gegevens: changing oneself how one is reached, and taking one's dossier along."""

from __future__ import annotations

import io
from contextvars import Context
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.conf import settings

from loket.channels.portaal import sessie
from loket.kernel.clock import now
from loket.ledger.database import counted, one
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.verifieren import code_of
from loket.services.mijnservices import profiel_wijzigen as wijzigen
from loket.services.mijnservices.voorkeuren import lees
from tests.services.mijnservices.leven import PDF

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven

    Als = Callable[[Actor], Client]

EVA, NIEUW = "eva@voorbeeld.nl", "eva@nieuw.example"
HOME = "/mijn-gegevens/"


def toegevoegd(client: Client, adres: str = EVA, pad: str = "e-mail") -> UUID:
    """Add an address, and return its key out of where one is sent."""
    answer = client.post(f"{HOME}adres/{pad}/", {"adres": adres})
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[2])


def code(uuid: UUID) -> str:
    sent = Adresverificatie.objects.filter(digitaal_adres=uuid).order_by("-verzonden_op")
    return code_of(sent[0].pk)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.req("M51")
@pytest.mark.parametrize("kind", ["burger", "bedrijf"])
def test_an_address_is_added_checked_changed_and_removed(leven: Leven, als: Als, kind: str) -> None:
    client = als(getattr(leven, kind)().actor)
    uuid = toegevoegd(client)
    page = text(client.get(f"{HOME}{uuid}/code/"))
    assert f"een e-mail met een code naar {EVA}" in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "Nog niet gecontroleerd" in text(client.get(HOME))
    done = client.post(f"{HOME}{uuid}/code/", {"code": code(uuid)}, follow=True)
    assert f"Gelukt. Wij gebruiken vanaf nu {EVA}." in text(done)
    assert "Nog niet gecontroleerd" not in text(done)
    change = client.post(f"{HOME}{uuid}/wijzigen/", {"adres": NIEUW})
    new = UUID(change["Location"].split("/")[2])
    both = text(client.get(HOME))
    assert EVA in both
    assert "Dit wordt het nieuwe, zodra u de code invult" in both
    done = client.post(f"{HOME}{new}/code/", {"code": code(new)}, follow=True)
    assert f"Gelukt. Wij gebruiken vanaf nu {NIEUW} in plaats van {EVA}." in text(done)
    assert EVA not in text(client.get(HOME))
    assert f"Wilt u {NIEUW} verwijderen?" in text(client.get(f"{HOME}{uuid}/verwijderen/"))
    gone = text(client.post(f"{HOME}{uuid}/verwijderen/", follow=True))
    assert f"Verwijderd: {NIEUW}" in gone
    assert "Niet bekend" in gone


@pytest.mark.parametrize(
    ("pad", "given", "told"),
    [
        ("e-mail", "eva", "Vul een e-mailadres in zoals naam@voorbeeld.nl."),
        ("e-mail", "", "Vul een e-mailadres in."),
        ("e-mail", "a\x00b@voorbeeld.nl", "Vul een e-mailadres in"),
        ("e-mail", f"{'a' * 90}@b.nl", "Dit is te lang."),
        ("telefoon", "112", "Vul een telefoonnummer in zoals 06 12345678."),
        ("telefoon", "<script>", "Vul een telefoonnummer in zoals"),
    ],
)
def test_what_is_no_address_is_told_and_kept(
    leven: Leven, als: Als, pad: str, given: str, told: str
) -> None:
    client = als(leven.burger().actor)
    answer = client.post(f"{HOME}adres/{pad}/", {"adres": given})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert unescape(page).count(told) == 2
    assert 'href="#adres"' in page
    assert 'aria-describedby="adres-hulp adres-fout"' in page
    assert "<title>Fout: " in page
    assert "<script>" not in page.partition("<main")[2].partition("</main>")[0]
    assert f'value="{given}"' in unescape(page) or "\x00" in given


def test_a_wrong_code_says_how_often_one_may_try(leven: Leven, als: Als) -> None:
    client = als(leven.burger().actor)
    uuid = toegevoegd(client)
    path, wrong = f"{HOME}{uuid}/code/", f"{(int(code(uuid)) + 1) % 1_000_000:06d}"
    told = [text(client.post(path, {"code": wrong})) for _ in range(4)]
    assert all("Deze code klopt niet." in each for each in told)
    assert "U kunt het nog 4 keer proberen." in told[0]
    assert f'value="{wrong}"' in told[0]
    assert "U kunt het nog 1 keer proberen." in told[3]
    for typed in (wrong, code(uuid)):
        last = client.post(path, {"code": typed})
        assert last.status_code == 400
        used_up(text(last))
    used_up(text(client.get(path)))
    again = client.post(f"{path}opnieuw/", follow=True)
    assert "Wij hebben u een nieuwe code gestuurd." in text(again)
    assert client.post(path, {"code": code(uuid)}).status_code == 302


def used_up(page: str) -> None:
    """See that a page says that there are no tries left, and how to go on."""
    assert page.count("U hebt te vaak een verkeerde code ingevuld.") == 1
    assert "Deze code klopt niet." not in page
    assert "Geen code gekregen?" not in page
    assert 'name="code"' not in page
    button = page.partition("/code/opnieuw/")[2].partition("</form>")[0]
    assert "utrecht-button--primary-action" in button
    assert "Stuur een nieuwe code" in button


def test_what_is_no_code_or_an_old_one_is_told(leven: Leven, als: Als) -> None:
    client = als(leven.burger().actor)
    uuid = toegevoegd(client)
    path, before = f"{HOME}{uuid}/code/", code(uuid)
    for typed in ("", "12ab", "12345", "x" * 5000):
        answer = client.post(path, {"code": typed})
        assert answer.status_code == 400
        assert "Een code heeft 6 cijfers." in text(answer)
        assert "U kunt het nog 5 keer proberen." in text(answer)
    client.post(f"{path}opnieuw/")
    assert "Wij stuurden u daarna een nieuwere." in text(client.post(path, {"code": before}))
    new = code(uuid)
    assert client.post(path, {"code": f" {new[:3]} {new[3:]} "}).status_code == 302


@pytest.mark.req("M51")
@pytest.mark.parametrize("sms", [True, False])
def test_what_cannot_be_checked_replaces_nothing_before_a_yes(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch, *, sms: bool
) -> None:
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: True)
    eva = leven.burger().actor
    client = als(eva)
    old = toegevoegd(client, "0612345678", "telefoon")
    client.post(f"{HOME}{old}/code/", {"code": code(old)})
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: sms)
    path, new = f"{HOME}{old}/wijzigen/", "020 123 45 67" if sms else "06 11 11 11 11"
    form = text(client.get(path))
    assert "vragen wij u" in form
    assert ("code per sms" in form) == sms
    before = wijzigen.adressen(eva)
    page = text(client.post(path, {"adres": f" {new} "}))
    assert f"Wilt u {new} gebruiken in plaats van 0612345678?" in page
    assert "kunnen wij niet controleren of dat nummer van u is" in page
    assert f"Ja, gebruik {new}</button>" in page
    assert f'href="{path}">Nee, terug' in page
    assert wijzigen.adressen(eva) == before
    done = text(client.post(path, {"adres": new, "akkoord": "ja"}, follow=True))
    held = new.replace(" ", "")
    assert f"Gelukt. Wij gebruiken vanaf nu {held} in plaats van 0612345678." in done
    assert [(each.adres, each.werkt) for each in wijzigen.adressen(eva)] == [(held, False)]


def test_a_yes_lets_nothing_pass_that_can_be_checked(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: True)
    eva = leven.burger().actor
    client = als(eva)
    client.post(f"{HOME}adres/telefoon/", {"adres": "0201234567"})
    (old,) = wijzigen.adressen(eva)
    path = f"{HOME}{old.uuid}/wijzigen/"
    assert client.post(path, {"adres": "06", "akkoord": "ja"}).status_code == 400
    answer = client.post(path, {"adres": "0612345678", "akkoord": "ja"})
    assert answer["Location"].endswith("/code/")
    assert old in wijzigen.adressen(eva)
    more = client.post(f"{HOME}adres/telefoon/", {"adres": "0301234567"}, follow=True)
    assert "Wij gebruiken vanaf nu ook 0301234567." in text(more)


@pytest.mark.req("M51")
def test_who_goes_back_to_what_is_done_hears_so(leven: Leven, als: Als) -> None:
    client, ander = als(leven.burger().actor), als(leven.burger("De Vries").actor)
    done, told = toegevoegd(client), "Dit is al gedaan."
    client.post(f"{HOME}{done}/code/", {"code": code(done)})
    passed = UUID(
        client.post(f"{HOME}{done}/wijzigen/", {"adres": NIEUW})["Location"].split("/")[2]
    )
    client.post(f"{HOME}{passed}/code/", {"code": code(passed)})
    gone = toegevoegd(client)
    client.post(f"{HOME}{gone}/verwijderen/")
    for path in (f"{done}/code/", f"{passed}/code/", f"{gone}/code/", f"{gone}/verwijderen/",
                 f"{gone}/wijzigen/"):  # fmt: skip
        for answer in (client.get(f"{HOME}{path}", follow=True),
                       client.post(f"{HOME}{path}", {"code": "123456"}, follow=True)):  # fmt: skip
            assert answer.redirect_chain == [(HOME, 302)]
            assert told in text(answer)
        assert ander.get(f"{HOME}{path}").status_code == 404
    for path in (f"{gone}/kiezen/", f"{passed}/code/opnieuw/"):
        assert told in text(client.post(f"{HOME}{path}", follow=True))
        assert ander.post(f"{HOME}{path}").status_code == 404


def test_an_old_code_asks_for_a_new_one_and_there_is_an_end(leven: Leven, als: Als) -> None:
    client = als(leven.burger().actor)
    uuid = toegevoegd(client)
    Adresverificatie.objects.update(geldig_tot=now() - timedelta(seconds=1))
    page = text(client.get(f"{HOME}{uuid}/code/"))
    assert "Er is geen code die nog geldt" in page
    for _ in range(2):
        client.post(f"{HOME}{uuid}/code/opnieuw/")
    over = text(client.post(f"{HOME}{uuid}/code/opnieuw/", follow=True))
    assert over.count("in een uur al 3 codes gestuurd") >= 1
    assert "Stuur een nieuwe code" not in over


@pytest.mark.req("M51")
def test_what_matters_asks_to_show_again_who_one_is(leven: Leven, als: Als) -> None:
    eva = leven.burger().actor
    client = als(eva)
    uuid = toegevoegd(client)
    session = client.session
    session[sessie.KEY] = {**session[sessie.KEY], "bevestigd": 0}
    session.save()
    paths = [f"{HOME}adres/e-mail/", f"{HOME}adres/telefoon/", f"{HOME}{uuid}/wijzigen/",
             f"{HOME}{uuid}/verwijderen/", f"{HOME}downloaden/"]  # fmt: skip
    for path in paths:
        for answer in (client.get(path), client.post(path, {"adres": NIEUW})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/inloggen/bevestigen/")
    assert [each.adres for each in wijzigen.adressen(eva)] == [EVA]
    assert client.get(HOME).status_code == 200


def test_what_is_anothers_looks_as_what_is_not(leven: Leven, als: Als) -> None:
    eva = als(leven.burger().actor)
    ander = als(leven.burger("De Vries").actor)
    uuid = toegevoegd(eva)
    for key in (uuid, uuid4()):
        for path in ("wijzigen", "verwijderen", "code"):
            assert ander.get(f"{HOME}{key}/{path}/").status_code == 404
        for path in ("wijzigen", "verwijderen", "code", "code/opnieuw", "kiezen"):
            posted = ander.post(f"{HOME}{key}/{path}/", {"adres": NIEUW, "code": "123456"})
            assert posted.status_code == 404
    assert eva.get(f"{HOME}adres/fax/").status_code == 404
    assert eva.get(f"{HOME}{uuid}/kiezen/").status_code == 405


def test_one_chooses_which_address_is_used(leven: Leven, als: Als) -> None:
    eva = leven.burger().actor
    client = als(eva)
    first, second = toegevoegd(client), toegevoegd(client, NIEUW)
    client.post(f"{HOME}{first}/code/", {"code": code(first)})
    assert "Gebruik deze het eerst" not in text(client.get(HOME))
    early = text(client.post(f"{HOME}{second}/kiezen/", follow=True))
    assert "Controleer dit eerst met een code." in early
    client.post(f"{HOME}{second}/code/", {"code": code(second)})
    assert "Gebruik deze het eerst" in text(client.get(HOME))
    assert f"Wij gebruiken nu: {NIEUW}" in text(client.post(f"{HOME}{second}/kiezen/", follow=True))
    assert [each.standaard for each in wijzigen.adressen(eva)] == [False, True]


@pytest.mark.req("M52")
def test_preferences_are_kept(leven: Leven, als: Als) -> None:
    eva = leven.burger()
    leven.zaak(eva)
    client = als(eva.actor)
    path = f"{HOME}voorkeuren/"
    (kind,) = lees(eva.actor).per_zaaktype
    page = text(client.get(path))
    for told in ("Waar wilt u berichten over uw zaken krijgen?", kind.naam, "Een besluit in een"):
        assert told in page
    said = {
        "eerste": "email", "tweede": "portaal", "taal": "eng",
        f"zaaktype-{kind.sleutel}": "brief",
        "toestemming": ["zaakbesluit/email", "taak/portaal"],
    }  # fmt: skip
    done = client.post(path, said, follow=True)
    assert "Uw voorkeuren zijn opgeslagen." in text(done)
    held = lees(eva.actor)
    assert (held.taal, held.kanalen, held.per_zaaktype[0].kanaal) == (
        "eng", ("email", "portaal"), "brief",
    )  # fmt: skip
    shown = text(client.get(path))
    assert shown.count(" selected") == 4
    assert shown.count(" checked") == 2
    client.post(path, {})
    assert text(client.get(path)).count(" checked") == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"eerste": "email", "tweede": "email"}, "Kies bij 'als dat niet lukt' iets anders."),
        ({"eerste": "duif"}, "Kies een manier uit de lijst."),
        ({"taal": "xx\x00"}, "Kies een taal uit de lijst."),
        ({"toestemming": "taak/brief"}, "Kies berichten uit de lijst."),
        ({"toestemming": "/" * 9000}, "Kies berichten uit de lijst."),
        ({f"zaaktype-{UUID(int=3)}": "email"}, "Kies een manier uit de lijst."),
    ],
)
def test_what_cannot_be_chosen_is_told(
    leven: Leven, als: Als, said: dict[str, str], told: str
) -> None:
    client = als(leven.burger().actor)
    answer = client.post(f"{HOME}voorkeuren/", {"taal": "eng", **said})
    assert answer.status_code == 400
    assert told in text(answer)
    if "taal" not in said:
        assert '<option value="eng" selected>' in text(answer)


@pytest.mark.req("M51")
def test_the_dossier_is_sent_while_it_is_made(leven: Leven, als: Als) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    mine, theirs = leven.dossier(klant), leven.dossier(ander)
    client = als(klant.actor)
    assert "Dit staat er niet in" in text(client.get(f"{HOME}downloaden/"))
    answer: Any = client.post(f"{HOME}downloaden/")
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="mijn-gegevens-')
    assert "no-store" in answer["Cache-Control"]
    # It is read after the request, outside the municipality that was chosen for it.
    whole = Context().run(b"".join, answer.streaming_content)
    found = ZipFile(io.BytesIO(whole))
    assert PDF in [found.read(name) for name in found.namelist()]
    index = found.read("index.html").decode()
    assert "Parkeervergunning" in index
    assert f'href="{"zaken.json"}"' in index
    assert str(mine.zaak) in found.read("zaken.json").decode()
    everything = b"".join(found.read(name) for name in found.namelist()).decode()
    assert str(theirs.zaak) not in everything


def test_each_page_costs_few_statements(leven: Leven, als: Als) -> None:
    eva = leven.burger()
    leven.zaak(eva)
    client = als(eva.actor)
    uuid = toegevoegd(client)
    for path, most in (("", 2), (f"{uuid}/code/", 5), ("voorkeuren/", 1), ("downloaden/", 0)):
        with counted() as asked:
            assert client.get(f"{HOME}{path}").status_code == 200
        own = [each for each in asked if "beheer_" not in each and "django_" not in each]
        assert len(own) <= most, own


def test_a_stranger_logs_in_first_and_a_form_of_elsewhere_is_refused(
    leven: Leven, als: Als
) -> None:
    client = als(leven.burger().actor)
    uuid = toegevoegd(client)
    client.handler.enforce_csrf_checks = True
    for path in (f"{uuid}/kiezen/", f"{uuid}/verwijderen/", "voorkeuren/", "downloaden/"):
        assert client.post(f"{HOME}{path}").status_code == 403
    del client.cookies[settings.SESSION_COOKIE_NAME]
    for path in (f"{uuid}/code/", "adres/e-mail/", "voorkeuren/", "downloaden/"):
        assert client.get(f"{HOME}{path}")["Location"].startswith("/inloggen/")
    assert one("SELECT count(*) FROM klantinteracties_digitaaladres")[0] == 1
