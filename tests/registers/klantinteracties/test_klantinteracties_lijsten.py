"""The lists that people choose from, and references that can be followed inside the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from loket.site.cli import assembled
from tests.registers.klantinteracties.contactwerk import Contactwerk, faults, ref
from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api


@pytest.fixture
def gevuld(werk: Contactwerk, gemeente: Tenant) -> Contactwerk:
    """The lists, with the example in them."""
    told = CliRunner().invoke(
        assembled(), ["klantinteracties", "lijsten", "--tenant", gemeente.name]
    )
    assert told.exit_code == 0, told.output
    return werk


def fix(werk: Contactwerk, *lijsten: str) -> None:
    [settings] = werk.list("contactinstellingen")
    answer = werk.api.patch(settings["url"], json={"vasteLijsten": list(lijsten)})
    assert answer.status_code == 200, answer.text


@pytest.mark.req("K3")
def test_the_example_holds_the_channels_of_the_standard(gevuld: Contactwerk) -> None:
    kanalen = {each["code"] for each in gevuld.list("referentiewaarden", lijst="kanaal")}
    assert kanalen >= {
        "telefoon", "balie", "keukentafelgesprek", "brief", "e-mail", "e-formulier", "sms",
    }  # fmt: skip
    assert [each["naam"] for each in gevuld.list("referentiewaarden", code="fry")] == ["Fries"]


def test_filling_again_adds_nothing(gevuld: Contactwerk, gemeente: Tenant) -> None:
    before = gevuld.list("referentiewaarden")
    told = CliRunner().invoke(
        assembled(), ["klantinteracties", "lijsten", "--tenant", gemeente.name]
    )
    assert "Alle waarden staan er al." in told.stdout
    assert gevuld.list("referentiewaarden") == before


@pytest.mark.req("K3")
def test_a_list_that_is_fixed_takes_nothing_else(gevuld: Contactwerk) -> None:
    assert gevuld.contact(kanaal="postduif")
    fix(gevuld, "kanaal", "taal")
    told = faults(gevuld.post("klantcontacten", **gevuld.contact_body(kanaal="rook", taal="xyz")))
    assert told == {("kanaal", "invalid_choice"), ("taal", "invalid_choice")}
    assert gevuld.contact(kanaal="balie", taal="nld")
    body = {"klantcontact": gevuld.contact_body(kanaal="rook")}
    told = faults(gevuld.post("maak-klantcontact", **body))
    assert ("klantcontact.kanaal", "invalid_choice") in told


def test_a_value_counts_on_the_day_of_the_contact(gevuld: Contactwerk) -> None:
    fix(gevuld, "kanaal")
    gevuld.make(
        "referentiewaarden", lijst="kanaal", code="telegram", naam="Telegram",
        beginGeldigheid="2020-01-01", eindeGeldigheid="2020-12-31",
    )  # fmt: skip
    now = faults(gevuld.post("klantcontacten", **gevuld.contact_body(kanaal="telegram")))
    assert now == {("kanaal", "invalid_choice")}
    assert gevuld.contact(kanaal="telegram", plaatsgevondenOp="2020-06-01T10:00:00Z")


def test_what_was_said_before_the_list_was_fixed_stays_as_it_is(gevuld: Contactwerk) -> None:
    contact = gevuld.contact(kanaal="postduif")
    fix(gevuld, "kanaal")
    change = {"reactie": "Wij hebben geantwoord.", "wijzigingsgrond": "aanvulling"}
    assert gevuld.api.patch(contact["url"], json=change).status_code == 200


def test_a_kind_of_message_comes_from_its_list(gevuld: Contactwerk) -> None:
    fix(gevuld, "soort_bericht")
    body = {
        "partij": ref(gevuld.persoon()), "kanaal": "email", "gegevenOp": "2026-01-01",
        "bron": "balie",
    }  # fmt: skip
    told = faults(gevuld.post("bereikbaarheden", soortBericht="reclame", **body))
    assert told == {("soortBericht", "invalid_choice")}
    assert gevuld.make("bereikbaarheden", soortBericht="zaakstatus", **body)


def about(kind: str, record: dict[str, Any], register: str = "openzaak") -> dict[str, Any]:
    return {
        "objectId": record["url"].rsplit("/", 1)[1], "codeObjecttype": kind,
        "codeRegister": register, "codeSoortObjectId": "uuid",
    }  # fmt: skip


@pytest.mark.req("K25", "K26")
def test_a_reference_to_a_zaak_of_this_house_can_be_followed(api: Api, werk: Contactwerk) -> None:
    typen = Typen(api)
    typen.publish()
    zaak = Werk(api, typen).zaak()
    contact = werk.contact()
    elsewhere = {**about("zaak", zaak), "objectId": "0190a6e2-0000-7000-8000-000000000001"}
    for identificator in (about("zaak", zaak), elsewhere, about("boom", zaak), {"objectId": "7"}):
        werk.make(
            "onderwerpobjecten", klantcontact=ref(contact),
            onderwerpobjectidentificator=identificator,
        )  # fmt: skip
    path = "gingOverOnderwerpobjecten.zaak.zaaktype"
    shown = werk.read(contact, expand=path)["_expand"]["gingOverOnderwerpobjecten"]
    followed = [each["_expand"]["zaak"] for each in shown]
    assert followed[0]["url"] == zaak["url"]
    assert followed[0]["_expand"]["zaaktype"]["url"] == zaak["zaaktype"]
    assert followed[1:] == [{}, {}, {}]
