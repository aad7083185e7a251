"""A gekende partij is presentable in the municipality's portal (K14), to himself only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from loket.services.mijnservices import burger
from loket.services.mijnservices.profiel import Adres, profiel
from tests.budgets.test_statements import statements
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator, ref

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.mark.req("K14")
def test_a_known_partij_sees_how_he_is_known(api: Api) -> None:
    """In one statement, and nothing of what employees note or of anybody else."""
    werk, number, other = Contactwerk(api), bsn(), bsn()
    at = {"straatnaam": "Dorpsstraat", "huisnummer": 1, "postcode": "1234 AB", "stad": "Ons Dorp"}
    eva = werk.persoon(
        partijIdentificatoren=[identificator("bsn", number)], correspondentieadres=at,
        voorkeurstaal="nld", interneNotitie="belt vaak",
    )  # fmt: skip
    werk.persoon("Smit", partijIdentificatoren=[identificator("bsn", other)])
    email = werk.make(
        "digitaleadressen", adres="eva@example.nl", soortDigitaalAdres="email",
        verstrektDoorPartij=ref(eva), isStandaardAdres=True, verificatieDatum="2026-01-01",
    )  # fmt: skip
    phone = werk.make(
        "digitaleadressen", adres="0612345678", soortDigitaalAdres="telefoonnummer",
        omschrijving="mobiel", verstrektDoorPartij=ref(eva),
    )  # fmt: skip
    actor = burger.from_bsn(number, None, "hoog")
    with statements() as asked:
        mijn = profiel(actor)
    assert len(asked) == 1
    assert mijn is not None
    assert (mijn.naam, mijn.taal) == ("Eva Jansen", "nld")
    assert mijn.post == ("Dorpsstraat 1", "1234 AB Ons Dorp")
    assert mijn.van("email") == (
        Adres(UUID(email["uuid"]), "email", "eva@example.nl", "", standaard=True, werkt=True),
    )
    assert mijn.van("telefoonnummer") == (
        Adres(
            UUID(phone["uuid"]),
            "telefoonnummer",
            "0612345678",
            "mobiel",
            standaard=False,
            werkt=False,
        ),
    )
    assert "belt vaak" not in repr(mijn)
    assert profiel(burger.from_bsn(bsn(), None, "hoog")) is None
