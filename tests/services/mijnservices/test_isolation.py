"""Nobody reaches anything of another: by no address, key, filter, page or search."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.grammar.reading import Query
from loket.grammar.register import registers
from loket.kernel.problems import NotFound
from loket.services.mijnservices.zoeken import Soort
from tests.services.mijnservices.aanbieder import LOA3, App
from tests.services.mijnservices.leven import ANDERE_VESTIGING, KVK, VESTIGING, key, urn_van

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor
    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Klant, Leven

MIJN = "/mijn/api/v1"
PATHS = (
    "zaken", "zaken/{}", "zaken/{}/contactmomenten", "documenten/{}/inhoud", "taken", "taken/{}",
    "berichten", "berichten/{}", "contactmomenten", "contactmomenten/{}", "profiel", "sporen",
    "overzicht", "zoeken",
)  # fmt: skip
MAIN = {
    "zaken/zaken", "zaken/rollen", "documenten/enkelvoudiginformatieobjecten",
    "besluiten/besluiten", "taken/externetaken", "berichten/berichten",
    "klantinteracties/klantcontacten", "klantinteracties/partijen",
}  # fmt: skip
"""What at least must hold something of whose it is, or the test would show nothing."""


@dataclass
class Wereld:
    """Everybody, each with a mark in all that is his, and whose marks each may see."""

    marks: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[UUID]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    sees: dict[str, set[str]] = field(default_factory=dict)

    def strange(self, who: str) -> list[str]:
        """Return the marks that somebody must not see."""
        return [mark for name, mark in self.marks.items() if name not in self.sees[who]]


@pytest.fixture
def wereld(leven: Leven, provider: Aanbieder) -> Wereld:
    """Two citizens, a company and two of its vestigingen, and another company."""
    made = Wereld()
    klanten: dict[str, Klant] = {
        "anna": leven.burger("Anna"),
        "bram": leven.burger("Bram"),
        "bakker": leven.bedrijf(),
        "bakker-een": leven.bedrijf(VESTIGING),
        "bakker-twee": leven.bedrijf(ANDERE_VESTIGING),
        "slager": leven.bedrijf(kvk="90004760"),
    }
    for nr, (name, klant) in enumerate(klanten.items()):
        made.marks[name] = f"merk{nr}van{name.replace('-', '')}"
        made.keys[name] = _marked(leven, klant, made.marks[name])
        made.actors[name] = klant.actor
        made.sees[name] = {name}
        made.apps[name] = App(provider.token(**_claims(klant)))
    made.sees["bakker"] |= {"bakker-een", "bakker-twee"}
    return made


def _claims(klant: Klant) -> dict[str, Any]:
    if klant.actor.kvk:
        vestiging = klant.actor.vestiging or None
        return {"kvk": klant.actor.kvk, "vestiging": vestiging, "acr": LOA3}
    return {"bsn": klant.urn.rpartition(":")[2]}


def _marked(leven: Leven, klant: Klant, mark: str) -> list[UUID]:
    """Give somebody one of everything, with a mark in it; return the keys."""
    zaak = leven.zaak(klant)
    assert leven.api.patch(zaak["url"], json={"toelichting": mark}).status_code == 200
    document = leven.document(zaak, titel=mark)
    bijlage = leven.werk.document(titel=f"{mark} bijlage")
    contact = leven.contact(klant, zaak, inhoud=f"Heeft {mark} gezegd.")
    made = [
        zaak, document, bijlage, contact,
        leven.besluiten.besluit(zaak=zaak["url"], toelichting=mark),
        leven.taak(klant, zaak, titel=mark),
        leven.bericht(klant, zaak, onderwerp=mark, bijlagen=[urn_van(bijlage)]),
    ]  # fmt: skip
    return [key(each) for each in made]


def _name(resource: Resource) -> str:
    return f"{resource.register.name}/{resource.path}"


def test_no_list_of_any_register_shows_anything_of_another(wereld: Wereld) -> None:
    """And whoever it is of sees it, so that this shows something."""
    seen: dict[str, set[str]] = {}
    for register in registers.values():
        for resource in register.resources:
            if "list" not in resource.verbs or resource.path_keys:
                continue
            for name, actor in wereld.actors.items():
                shown = resource.list(actor, Query("", size=500)).results.decode()
                for mark in wereld.strange(name):
                    assert mark not in shown, f"{name} sees {mark} in {_name(resource)}"
                if wereld.marks[name] in shown or str(wereld.keys[name][0]) in shown:
                    seen.setdefault(_name(resource), set()).add(name)
    assert seen.keys() >= MAIN - {"zaken/rollen", "klantinteracties/partijen"}
    for name in seen.keys() & MAIN:
        assert seen[name] == wereld.actors.keys(), name


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_address_shows_anything_of_another(wereld: Wereld, data: st.DataObject) -> None:
    """Whatever key and question somebody makes up."""
    who = data.draw(st.sampled_from(sorted(wereld.apps)))
    keys = [each for several in wereld.keys.values() for each in several]
    path = data.draw(st.sampled_from(PATHS)).format(data.draw(st.sampled_from(keys)))
    names = st.sampled_from(["page", "status", "gelezen", "zaak", "q", "soort", "uuid"])
    query = data.draw(st.dictionaries(names, st.text(max_size=8) | st.sampled_from(
        [*map(str, keys), "1", "2", "true", "open", "lopend", "%", "_", "merk", "taken"]
    ), max_size=2))  # fmt: skip
    answer = wereld.apps[who].get(f"{MIJN}/{path}", params=query)
    allowed = {200, 400, 404} | ({403} if path == "sporen" and wereld.actors[who].kvk else set())
    assert answer.status_code in allowed, answer.text
    for mark in wereld.strange(who):
        assert mark not in answer.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_key_opens_what_is_of_another(wereld: Wereld, data: st.DataObject) -> None:
    """Through the door of any resource."""
    found = [
        each for register in registers.values() for each in register.resources
        if "retrieve" in each.verbs and not each.path_keys
    ]  # fmt: skip
    resource = data.draw(st.sampled_from(found))
    name = data.draw(st.sampled_from(sorted(wereld.actors)))
    other = data.draw(st.sampled_from(sorted(wereld.actors)))
    chosen = data.draw(st.sampled_from(wereld.keys[other]))
    shown = ""
    with suppress(NotFound):
        shown = resource.get(wereld.actors[name], chosen, Query("")).decode()
    for mark in wereld.strange(name):
        assert mark not in shown


def test_searching_and_the_overview_show_what_one_may_see(wereld: Wereld) -> None:
    """In every kind that has a mark to find."""
    for name, app in wereld.apps.items():
        found = app.get(f"{MIJN}/zoeken", params={"q": "merk"}).json()
        assert {each["soort"] for each in found["groepen"]} == set(Soort)
        for shown in (*map(str, found["groepen"]), app.get(f"{MIJN}/overzicht").text):
            seen = {each for each, mark in wereld.marks.items() if mark in shown}
            assert seen == wereld.sees[name]


def test_the_world_is_as_it_is_said_to_be(wereld: Wereld) -> None:
    """A company sees its vestigingen, a vestiging itself; a citizen himself."""
    assert KVK != "90004760"
    for name, app in wereld.apps.items():
        shown = app.get(f"{MIJN}/taken").text
        assert {each for each, mark in wereld.marks.items() if mark in shown} == wereld.sees[name]
