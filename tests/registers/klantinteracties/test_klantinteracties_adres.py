"""Digital addresses: how they look, and which is the default of its kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registers.klantinteracties.contactwerk import Contactwerk, faults, ref


@pytest.mark.parametrize(
    ("soort", "adres", "right"),
    [
        ("email", "eva@voorbeeld.nl", True),
        ("email", "eva@voorbeeld", False),
        ("email", "eva", False),
        ("telefoonnummer", "0612345678", True),
        ("telefoonnummer", "+31612345678", True),
        ("telefoonnummer", "0031612345678", True),
        ("telefoonnummer", "06-12 34 56 78", True),
        ("telefoonnummer", "140302", False),
        ("telefoonnummer", "bellen", False),
        ("overig", "@eva op een ander netwerk", True),
    ],
)
def test_an_address_is_of_its_kind(
    werk: Contactwerk, soort: str, adres: str, *, right: bool
) -> None:
    answer = werk.post("digitaleadressen", adres=adres, soortDigitaalAdres=soort)
    if right:
        assert answer.status_code == 201
        assert answer.json()["adres"].replace("-", "") == adres.replace("-", "") or (
            answer.json()["adres"] == "0612345678"
        )
    else:
        assert faults(answer) == {("adres", "invalid")}


def test_there_is_one_default_of_each_kind(werk: Contactwerk) -> None:
    partij = werk.persoon()
    body = {"soortDigitaalAdres": "email", "verstrektDoorPartij": ref(partij)}
    first = werk.make("digitaleadressen", adres="a@b.nl", isStandaardAdres=True, **body)
    phone = werk.make(
        "digitaleadressen", adres="0612345678", soortDigitaalAdres="telefoonnummer",
        isStandaardAdres=True, verstrektDoorPartij=ref(partij),
    )  # fmt: skip
    second = werk.make("digitaleadressen", adres="c@b.nl", isStandaardAdres=True, **body)
    shown = [werk.read(each)["isStandaardAdres"] for each in (first, second, phone)]
    assert shown == [False, True, True]
    werk.api.patch(first["url"], json={"isStandaardAdres": True})
    shown = [werk.read(each)["isStandaardAdres"] for each in (first, second)]
    assert shown == [True, False]
    loose = werk.post(
        "digitaleadressen", adres="d@b.nl", soortDigitaalAdres="email", isStandaardAdres=True
    )
    assert faults(loose) == {("isStandaardAdres", "invalid")}


def test_a_reference_is_unique_for_a_partij_and_a_kind(werk: Contactwerk) -> None:
    body: dict[str, Any] = {
        "soortDigitaalAdres": "email",
        "verstrektDoorPartij": ref(werk.persoon()),
        "referentie": "portaal",
    }
    made = werk.make("digitaleadressen", adres="a@b.nl", **body)
    again = werk.post("digitaleadressen", adres="c@b.nl", **body)
    assert faults(again) == {("referentie", "unique")}
    found = werk.list(
        "digitaleadressen", referentie="portaal", soortDigitaalAdres="email",
        verstrektDoorPartij__uuid=body["verstrektDoorPartij"]["uuid"],
    )  # fmt: skip
    assert [each["url"] for each in found] == [made["url"]]


def test_an_address_of_nobody_is_taken_with_a_warning(werk: Contactwerk) -> None:
    answer = werk.post("digitaleadressen", adres="a@b.nl", soortDigitaalAdres="email")
    assert "van geen partij" in answer.headers["X-Warning"]
    verified = werk.make(
        "digitaleadressen", adres="v@b.nl", soortDigitaalAdres="email",
        verificatieDatum="2026-11-01",
    )  # fmt: skip
    found = werk.list("digitaleadressen", isGeverifieerd="true")
    assert [each["url"] for each in found] == [verified["url"]]
