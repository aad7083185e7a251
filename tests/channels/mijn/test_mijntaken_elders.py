"""Tasks that are done somewhere else: on another website, or at one's bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.channels.mijn.test_mijntaken import bestand
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def zaak(leven: Leven, klant: Klant) -> Json:
    return leven.zaak(klant)


@pytest.mark.req("M42")
def test_a_task_on_another_website_takes_documents_when_it_asks_for_them(
    leven: Leven, klant: Klant, zaak: Json, als: Callable[[Any], Client]
) -> None:
    asks = {"handelingsPerspectief": "informatie_geven"}
    uuid = key(leven.taak(klant, zaak, "urltaak", **asks))
    client, path = als(klant.actor), f"/mijn-taken/{uuid}/"
    page = client.get(path).content.decode()
    assert 'href="https://formulier.gemeente.example/1"' in page
    assert "andere website" in page
    answer = client.post(path, {"bestand": bestand(), "stap": "toevoegen"})
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert "brief.pdf" in client.get(path).content.decode()
    loose = key(leven.taak(klant, None, "urltaak", **asks))
    page = client.get(f"/mijn-taken/{loose}/").content.decode()
    assert "hoort niet bij een zaak van ons" in page
    assert 'type="file"' not in page
    answer = client.post(f"/mijn-taken/{loose}/", {"bestand": bestand()})
    assert (answer.status_code, "hoort niet bij een zaak" in answer.content.decode()) == (400, True)


@pytest.mark.req("M40")
def test_what_must_be_paid_says_how(
    leven: Leven, klant: Klant, als: Callable[[Any], Client]
) -> None:
    details = {"bedrag": "1234.50", "transactieomschrijving": "Leges 2026",
               "doelrekening": {"naam": "Gemeente X", "iban": "NL02ABNA0123456789"}}  # fmt: skip
    uuid = key(leven.taak(klant, None, "betaaltaak", details=details))
    page = als(klant.actor).get(f"/mijn-taken/{uuid}/").content.decode()
    for each in ("1.234,50", "Leges 2026", "Gemeente X", "NL02 ABNA 0123 4567 89"):
        assert each in page
    assert 'type="submit" name="stap"' not in page
