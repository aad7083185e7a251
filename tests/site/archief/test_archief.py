"""The record manager's pages: two people, every write through the door, nothing believed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group

from loket.ledger.database import one, rows
from loket.registers.archief.vernietigingslijst import Vernietigingslijst
from loket.services.archivering.aan_de_beurt import Groep
from loket.site.archief import rechten
from loket.site.archief.tekening import WIDE, kolommen
from tests.site.typen.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.test import Client

    from tests.registers.zaken.zaakwerk import Json
    from tests.services.archivering.archiefwerk import Archief

ROOT = "/beheer/archief/"
EVIL = "<script>alert('x')</script>"


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def zaaktype(archief: Archief) -> str:
    return archief.werk.typen.zaaktype.rsplit("/", 1)[1]


def oude_zaken(archief: Archief, count: int = 2) -> list[Json]:
    made = [archief.oud(omschrijving=EVIL) for _ in range(count)]
    return [archief.sluit(each) for each in made]


def lijst(archief: Archief, opsteller: Client, count: int = 2) -> Vernietigingslijst:
    """Make a list of zaken that are due, on the page."""
    oude_zaken(archief, count)
    path = f"{ROOT}lijsten/nieuw/{zaaktype(archief)}/"
    answer = opsteller.post(path, {**filled(text(opsteller, path)), "toelichting": EVIL})
    assert answer.status_code == 302, answer.content.decode()
    return Vernietigingslijst.objects.get()


def at(found: Vernietigingslijst, path: str = "") -> str:
    return f"{ROOT}lijsten/{found.pk}/{path}"


def zet(client: Client, found: Vernietigingslijst, naam: str, **body: str) -> Any:
    """Take a step as a browser does: first the page, then its form."""
    path = at(found, f"{naam}/")
    return client.post(path, {**filled(text(client, path)), **body})


def stand_of(found: Vernietigingslijst) -> str:
    return str(one("SELECT stand FROM archief_vernietigingslijst WHERE id = %s", (found.pk,))[0])


@pytest.mark.req("H37")
def test_from_what_is_due_to_the_statement_by_two_people(
    archief: Archief, opsteller: Client, vaststeller: Client
) -> None:
    found = lijst(archief, opsteller, 3)
    assert "<strong>3</strong> te vernietigen" in text(opsteller, ROOT)
    regel = found.regels.order_by("zaaknummer")[0]
    at_regel = at(found, f"regels/{regel.pk}/")
    answer = opsteller.post(f"{at_regel}uitzonderen/", {"reden": ""})
    assert answer.status_code == 422
    answer = opsteller.post(f"{at_regel}uitzonderen/", {"reden": "Er loopt een klacht."})
    assert answer.status_code == 302
    assert "Er loopt een klacht." in text(opsteller, at(found))
    assert zet(opsteller, found, "aanbieden").status_code == 302
    assert "1 vernietigingslijst wacht" in text(vaststeller, "/beheer/")
    warned = text(vaststeller, at(found, "vaststellen/"))
    assert "Dit kan niet ongedaan worden gemaakt" in warned
    assert "<strong>2 zaken</strong>" in warned
    assert zet(vaststeller, found, "vaststellen").status_code == 422
    assert zet(vaststeller, found, "vaststellen", zeker="on").status_code == 302
    assert 'value="1"' in text(opsteller, at(found, "voortgang/"))
    assert "data-volg" in text(opsteller, at(found))
    archief.werk_af()
    assert "data-klaar" in text(opsteller, at(found, "voortgang/"))
    told = text(opsteller, at(found, "verklaring/"))
    assert "2 zaken, 0 besluiten, 0 documenten" in told
    assert "Er loopt een klacht." in told
    assert "vera" in told
    users = rows("SELECT DISTINCT user_id FROM ledger_event WHERE main_key = %s", (found.pk,))
    assert {user for (user,) in users} == {"olivier", "vera", ""}


def test_nobody_approves_his_own_list(
    archief: Archief, inloggen: Callable[..., Client], vaststeller: Client
) -> None:
    both = inloggen("beide", "archief-opstellers", "archief-vaststellers")
    found = lijst(archief, both)
    zet(both, found, "aanbieden")
    assert "Iemand anders beoordeelt haar" in text(both, at(found))
    answer = zet(both, found, "vaststellen", zeker="on")
    assert answer.status_code == 422
    assert "niet zelf beoordelen" in answer.content.decode()
    assert stand_of(found) == "ter_beoordeling"
    assert "vaststellen/" in text(vaststeller, at(found))


def test_each_page_asks_its_own_permission(
    archief: Archief, opsteller: Client, vaststeller: Client, inloggen: Callable[..., Client]
) -> None:
    found = lijst(archief, opsteller)
    regel = found.regels.all()[0]
    making = [
        f"{ROOT}lijsten/nieuw/{zaaktype(archief)}/",
        f"{ROOT}overbrengen/{regel.pk}/mdto.zip",
        at(found, "verwijderen/"),
        at(found, "aanbieden/"),
        at(found, f"regels/{regel.pk}/uitzonderen/"),
        at(found, f"regels/{regel.pk}/voorstellen/"),
    ]
    judging = [at(found, "teruggeven/"), at(found, "vaststellen/")]
    for path in making:
        assert vaststeller.post(path).status_code == 403, path
    for path in judging:
        assert opsteller.post(path).status_code == 403, path
    nobody = inloggen("niemand")
    reading = [ROOT, f"{ROOT}overbrengen/", at(found), at(found, "voortgang/")]
    for path in [*making, *judging, *reading]:
        assert nobody.get(path).status_code == 403, path
    assert "Archief:" not in text(nobody, "/beheer/")
    nobody.logout()
    assert all(nobody.get(path).status_code == 302 for path in reading)
    assert stand_of(found) == "concept"


def test_what_was_changed_since_it_was_looked_at_is_not_approved(
    archief: Archief, opsteller: Client, vaststeller: Client
) -> None:
    found = lijst(archief, opsteller)
    zet(opsteller, found, "aanbieden")
    seen = filled(text(vaststeller, at(found, "vaststellen/")))
    zet(vaststeller, found, "teruggeven", oordeel="Eén te veel.")
    assert "Eén te veel." in text(opsteller, at(found))
    regel = found.regels.all()[0]
    opsteller.post(at(found, f"regels/{regel.pk}/uitzonderen/"), {"reden": "Eén te veel."})
    zet(opsteller, found, "aanbieden")
    answer = vaststeller.post(at(found, "vaststellen/"), {**seen, "zeker": "on"})
    assert answer.status_code == 422
    assert "intussen veranderd" in answer.content.decode()
    assert stand_of(found) == "ter_beoordeling"


def test_what_cannot_be_on_a_list_is_told_with_the_reason(
    archief: Archief, opsteller: Client
) -> None:
    zaak = archief.oud()
    deelzaak = archief.oud(hoofdzaak=zaak["url"])
    archief.sluit(deelzaak)
    zaak = archief.sluit(zaak)
    later = {"archiefactiedatum": "2040-01-01"}
    assert archief.werk.api.patch(deelzaak["url"], json=later).status_code == 200
    path = f"{ROOT}lijsten/nieuw/{zaaktype(archief)}/"
    answer = opsteller.post(path, {"naam": "Alles"})
    assert "Er is geen lijst gemaakt" in answer.content.decode()
    assert Vernietigingslijst.objects.count() == 0
    oude_zaken(archief, 1)
    told = opsteller.post(path, {"naam": "Alles"}).content.decode()
    assert zaak["identificatie"] in told
    assert "nog niet gekomen" in told
    assert Vernietigingslijst.objects.get().regels.count() == 1


def test_a_line_is_proposed_again_and_a_list_thrown_away(
    archief: Archief, opsteller: Client
) -> None:
    found = lijst(archief, opsteller)
    regel = found.regels.all()[0]
    path = at(found, f"regels/{regel.pk}/")
    opsteller.post(f"{path}uitzonderen/", {"reden": "Nog niet."})
    assert text(opsteller, at(found)).count("Weer voorstellen") == 1
    assert opsteller.get(f"{path}voorstellen/").status_code == 405
    assert opsteller.post(f"{path}voorstellen/").status_code == 302
    assert {each.stand for each in found.regels.all()} == {"voorgesteld"}
    zet(opsteller, found, "aanbieden")
    assert opsteller.post(f"{path}voorstellen/").status_code == 409
    assert opsteller.post(at(found, "verwijderen/")).status_code == 409
    one("UPDATE archief_vernietigingslijst SET stand = 'concept' WHERE id = %s", (found.pk,))
    assert opsteller.post(at(found, "verwijderen/")).status_code == 302
    assert Vernietigingslijst.objects.count() == 0


def test_nothing_of_what_is_typed_becomes_markup(archief: Archief, opsteller: Client) -> None:
    found = lijst(archief, opsteller)
    for path in (ROOT, at(found), at(found, "aanbieden/"), at(found, "verwijderen/")):
        page = text(opsteller, path)
        assert "<script>alert" not in page
        assert not re.search(r"\s(?:style|on\w+)=", page)


def test_a_zaak_that_is_kept_goes_along_as_zip(archief: Archief, opsteller: Client) -> None:
    weg, blijft = oude_zaken(archief)
    body = {"archiefnominatie": "blijvend_bewaren", "archiefactiedatum": "2021-01-01"}
    assert archief.werk.api.patch(blijft["url"], json=body).status_code == 200
    assert blijft["identificatie"] in text(opsteller, f"{ROOT}overbrengen/")
    answer: Any = opsteller.get(f"{ROOT}overbrengen/{blijft['uuid']}/mdto.zip")
    assert answer.streaming
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as opened:
        name = blijft["identificatie"]
        assert opened.namelist() == [f"{name}/{name}.mdto.xml"]
    assert opsteller.get(f"{ROOT}overbrengen/{weg['uuid']}/mdto.zip").status_code == 404
    assert opsteller.get(f"{ROOT}overbrengen/{UUID(int=1)}/mdto.zip").status_code == 404


def test_what_does_not_exist_is_not_found(opsteller: Client) -> None:
    none = UUID(int=1)
    for path in ("", "aanbieden/", "verklaring/", "voortgang/", f"regels/{none}/uitzonderen/"):
        assert opsteller.get(f"{ROOT}lijsten/{none}/{path}").status_code == 404, path
    assert opsteller.get(f"{ROOT}lijsten/nieuw/{none}/").status_code == 404
    assert "Er is niets aan de beurt" in text(opsteller, ROOT)


def test_a_group_stays_as_the_municipality_set_it(opsteller: Client) -> None:
    del opsteller
    group = Group.objects.get(name="archief-opstellers")
    assert {each.codename for each in group.permissions.all()} == {
        "opstellen_vernietigingslijst", "view_vernietigingslijst",
    }  # fmt: skip
    group.permissions.clear()
    rechten.prepare()
    assert not group.permissions.exists()


def groep(nominatie: str, sinds: date, **jaren: int) -> Groep:
    per_jaar = {int(name.strip("j")): number for name, number in jaren.items()}
    return Groep("x", UUID(int=1), nominatie, sum(per_jaar.values()), 0, sinds, per_jaar)


def test_the_oldest_years_are_one_column() -> None:
    long_ago: Any = None
    drawn = kolommen(
        [
            groep("vernietigen", long_ago, j1990=1, j2017=1, j2026=4),
            groep("blijvend_bewaren", long_ago, j2026=4),
        ]
    )
    assert [(each.jaar, each.aantal) for each in drawn if each.aantal] == [
        ("t/m 2017", 2), ("2026", 8),
    ]  # fmt: skip
    assert len(drawn) == 10
    last = drawn[-1]
    assert (last.vernietigen, last.overbrengen, last.boven) == (WIDE // 2, WIDE // 2, 0)
    assert kolommen([]) == []
