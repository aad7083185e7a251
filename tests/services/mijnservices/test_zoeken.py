"""Zoeken: one finds what is one's own, whatever one types, and nothing of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.kernel.problems import Forbidden, NotFound
from loket.ledger.database import counted
from loket.services.mijnservices import zoeken
from loket.services.mijnservices.zoeken import Soort
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from uuid import UUID

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Klant, Leven

RARE = "Zilverschoon 100%_korting"
"""A word that stands in all that somebody has, with what LIKE would take for something else."""


def vol(leven: Leven, klant: Klant) -> dict[Soort, UUID]:
    """Give somebody one of each, with a rare word in it; return the keys."""
    zaak = leven.werk.zaak(omschrijving="Kapvergunning", toelichting=f"Over {RARE}")
    leven.werk.rol(zaak, **klant.rol)
    return {
        Soort.ZAKEN: key(zaak),
        Soort.BESLUITEN: besloten(leven, klant, toelichting=f"U krijgt {RARE}"),
        Soort.TAKEN: key(leven.taak(klant, titel=f"Meer over {RARE}")),
        Soort.BERICHTEN: key(leven.bericht(klant, berichtTekst=f"U vroeg naar {RARE}.")),
        Soort.DOCUMENTEN: key(leven.document(zaak, titel="Brief", beschrijving=RARE)),
        Soort.CONTACTMOMENTEN: key(leven.contact(klant, inhoud=f"Heeft gebeld over {RARE}")),
    }


def besloten(leven: Leven, klant: Klant, **besluit: str) -> UUID:
    """Give somebody a zaak with a besluit; return the key of the zaak, where one reads it."""
    zaak = leven.zaak(klant)
    leven.besluiten.besluit(zaak=zaak["url"], **besluit)
    return key(zaak)


@pytest.fixture
def vreemden(leven: Leven) -> tuple[Klant, ...]:
    """Return two who have nothing, where another has all; made once for all that is typed."""
    vol(leven, leven.burger())
    return leven.burger("De Vries"), leven.bedrijf()


def sleutels(actor: Actor, tekst: str) -> dict[Soort, UUID]:
    return {
        groep.soort: each.uuid for groep in zoeken.zoek(actor, tekst) for each in groep.treffers
    }


@pytest.mark.req("M37", "M39")
def test_the_number_in_a_letter_leads_to_the_zaak_of_the_besluit(leven: Leven) -> None:
    klant = leven.burger()
    zaak = besloten(leven, klant, identificatie="BESLUIT-77")
    assert sleutels(klant.actor, "besluit-77") == {Soort.BESLUITEN: zaak}
    assert not zoeken.zoek(leven.burger("De Vries").actor, "besluit-77")


@pytest.mark.req("M35", "M37", "M40", "M44", "M47")
def test_everything_of_ones_own_is_found_in_one_statement(leven: Leven) -> None:
    klant = leven.burger()
    had = vol(leven, klant)
    with counted() as statements:
        found = zoeken.zoek(klant.actor, "zilverSCHOON")
    assert len(statements) == 1
    assert [groep.soort for groep in found] == list(Soort)
    assert {groep.soort: groep.treffers[0].uuid for groep in found} == had
    for groep in found:
        marked = [each.tekst for each in (*groep.treffers[0].titel, *groep.treffers[0].fragment)
                  if each.treft]  # fmt: skip
        assert set(marked) == {"Zilverschoon"}


def test_every_word_has_to_be_there_in_whatever_text(leven: Leven) -> None:
    klant = leven.burger()
    had = vol(leven, klant)
    assert sleutels(klant.actor, "korting kapvergunning") == {Soort.ZAKEN: had[Soort.ZAKEN]}
    assert sleutels(klant.actor, "korting bezwaarschrift") == {}


@pytest.mark.parametrize("sign", ["10_%", "1%g", "Zilver_choon", "__", "%%", r"\\", r"\%"])
def test_what_like_would_take_for_a_wildcard_means_itself(leven: Leven, sign: str) -> None:
    klant = leven.burger()
    vol(leven, klant)
    assert sleutels(klant.actor, sign) == {}
    assert len(sleutels(klant.actor, "100%_k")) == len(Soort)


@pytest.mark.parametrize("tekst", ["", " ", "z", " z ", "\x00", "z\x00", "z" * 101])
def test_too_little_or_too_much_finds_nothing(leven: Leven, tekst: str) -> None:
    klant = leven.burger()
    vol(leven, klant)
    with counted() as statements:
        assert zoeken.zoek(klant.actor, tekst) == ()
    assert statements == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tekst=st.one_of(
        st.text(min_size=2, max_size=40),
        st.text("%_\\'\"$ {}()|*?", min_size=2, max_size=8),
        st.sampled_from([RARE, "%", "zilver%", "' OR true --", "{value}", "%(burger)s", "%s %s"]),
    )
)
def test_a_stranger_finds_nothing_whatever_he_types(
    vreemden: tuple[Klant, ...], tekst: str
) -> None:
    for vreemd in vreemden:
        assert zoeken.zoek(vreemd.actor, tekst) == ()


def test_much_is_counted_and_shown_in_parts(leven: Leven) -> None:
    klant = leven.burger()
    for nr in range(zoeken.SIZE + 1):
        leven.bericht(klant, onderwerp=f"Zilverschoon {nr}")
    (groep,) = zoeken.zoek(klant.actor, "zilverschoon")
    assert (len(groep.treffers), groep.aantal, groep.meer) == (zoeken.SIZE, zoeken.SIZE + 1, True)
    (alles,) = zoeken.zoek(klant.actor, "zilverschoon", Soort.BERICHTEN)
    assert (len(alles.treffers), alles.meer) == (zoeken.SIZE + 1, False)
    with pytest.raises(NotFound):
        zoeken.zoek(klant.actor, "zilverschoon", Soort.BERICHTEN, 2)


def test_a_fragment_is_what_stands_around_the_hit(leven: Leven) -> None:
    klant = leven.burger()
    leven.bericht(klant, berichtTekst=f"{'lang ' * 50}zilverschoon{' verder' * 50}")
    ((treffer,),) = (groep.treffers for groep in zoeken.zoek(klant.actor, "zilverschoon"))
    text = "".join(each.tekst for each in treffer.fragment)
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 200


def test_the_fragment_of_a_bericht_has_no_signs_of_its_markdown(leven: Leven) -> None:
    klant = leven.burger()
    tekst = "# Besluit\n\nOver uw **zilverschoon**: lees [meer](https://elders.example/brief)."
    leven.bericht(klant, berichtTekst=tekst)
    ((treffer,),) = (groep.treffers for groep in zoeken.zoek(klant.actor, "zilverschoon"))
    assert [(each.tekst, each.treft) for each in treffer.fragment] == [
        ("Besluit Over uw ", False), ("zilverschoon", True), (": lees meer.", False),
    ]  # fmt: skip


def test_a_task_that_was_withdrawn_is_not_found(leven: Leven) -> None:
    klant = leven.burger()
    taak = leven.taak(klant, titel="Zilverschoon")
    assert key(taak) in sleutels(klant.actor, "zilverschoon").values()
    assert leven.api.patch(taak["url"], json={"status": "afgebroken"}).status_code == 200
    assert sleutels(klant.actor, "zilverschoon") == {}


def test_an_employee_or_machine_searches_elsewhere(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        zoeken.zoek(actor, "zilverschoon")
