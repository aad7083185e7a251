"""The cases of VNG's Klantinteracties as tests: each way in which people speak with us."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registers.klantinteracties.contactwerk import ROOT, Contactwerk, faults, ref

DOCUMENT = {
    "objectId": "0190a6e2-0000-7000-8000-000000000001",
    "codeObjecttype": "enkelvoudiginformatieobject",
    "codeRegister": "documenten",
    "codeSoortObjectId": "uuid",
}


@pytest.mark.req("K1", "K3")
@pytest.mark.parametrize(
    ("kanaal", "inhoud"),
    [
        ("telefoon", "Mevrouw heeft het KCC naar de openingstijden gevraagd."),
        ("telefoon", "Meneer heeft een specialist over zijn bouwplan gesproken."),
        ("e-formulier", "Er is een formulier ingediend."),
        ("brief", "Er is een brief met een vraag om informatie binnengekomen."),
        ("klantportaal", "De gevraagde informatie is in het portaal gezet."),
        ("brief", "Het besluit is per brief gestuurd."),
        ("balie", "Mevrouw heeft haar paspoort opgehaald."),
        ("keukentafelgesprek", "De wijkcoach heeft het gezin thuis gesproken."),
        ("e-mail", "Er is een vraag per e-mail gesteld en beantwoord."),
        ("sms", "De klant heeft drie berichten gestuurd en antwoord gekregen."),
    ],
)
def test_contacts_over_every_channel(werk: Contactwerk, kanaal: str, inhoud: str) -> None:
    body = werk.contact_body(kanaal=kanaal, inhoud=inhoud)
    answer = werk.post("klantcontacten", **body)
    assert answer.status_code == 201
    assert "X-Warning" not in answer.headers
    assert [each["inhoud"] for each in werk.list("klantcontacten", kanaal=kanaal)] == [inhoud]


@pytest.mark.req("K1", "K25", "K26")
def test_a_letter_with_a_besluit(werk: Contactwerk) -> None:
    """A contact tells what it was about and what went along, in whatever register that stands."""
    contact = werk.contact(kanaal="brief", inhoud="Het besluit is per brief gestuurd.")
    bijlage = werk.make(
        "bijlagen", wasBijlageVanKlantcontact=ref(contact), bijlageidentificator=DOCUMENT
    )
    besluit = {**DOCUMENT, "codeObjecttype": "besluit", "codeRegister": "besluiten"}
    onbekend = {"objectId": "W-12", "codeObjecttype": "lantaarnpaal", "codeRegister": "wegbeheer",
                "codeSoortObjectId": "nummer"}  # fmt: skip
    for about in (besluit, onbekend):
        werk.make(
            "onderwerpobjecten", klantcontact=ref(contact), onderwerpobjectidentificator=about
        )
    query = {"expand": "omvatteBijlagen,gingOverOnderwerpobjecten"}
    expanded = werk.read(contact, **query)["_expand"]
    assert [each["uuid"] for each in expanded["omvatteBijlagen"]] == [bijlage["uuid"]]
    told = [each["onderwerpobjectidentificator"] for each in expanded["gingOverOnderwerpobjecten"]]
    assert told == [besluit, onbekend]
    wanted = {f"onderwerpobject__onderwerpobjectidentificator{key[0].upper()}{key[1:]}": value
              for key, value in onbekend.items()}  # fmt: skip
    assert [each["url"] for each in werk.list("klantcontacten", **wanted)] == [contact["url"]]
    mixed = wanted | {"onderwerpobject__onderwerpobjectidentificatorCodeRegister": "besluiten"}
    assert werk.list("klantcontacten", **mixed) == []


@pytest.mark.req("K4")
def test_messages_that_form_one_whole_are_one_contact(werk: Contactwerk) -> None:
    first = werk.contact(kanaal="whatsapp", inhoud="De klant heeft gevraagd of de balie open was.")
    more = f"{first['inhoud']} Daarna heeft hij naar parkeren gevraagd."
    change = {"inhoud": more, "reactie": "Wij hebben beide beantwoord.",
              "wijzigingsgrond": "aanvulling"}  # fmt: skip
    shown = werk.api.patch(first["url"], json=change).json()
    assert (shown["inhoud"], shown["reactie"]) == (more, change["reactie"])
    assert len(werk.list("klantcontacten", kanaal="whatsapp")) == 1


@pytest.mark.req("K9", "K36")
def test_one_call_with_three_subjects(werk: Contactwerk) -> None:
    """A permit with a call-back, opening hours, and a loose paving stone: each is followed up."""
    actor = werk.actor("Vergunningen")
    subjects: list[dict[str, Any]] = [
        {
            "klantcontact": werk.contact_body(onderwerp="Vergunning"),
            "interneTaak": {
                "gevraagdeHandeling": "Terugbellen over de vergunning",
                "toegewezenAanActoren": [ref(actor)],
                "status": "te_verwerken",
            },
        },
        {"klantcontact": werk.contact_body(onderwerp="Openingstijden", reactie="Gegeven.")},
        {
            "klantcontact": werk.contact_body(onderwerp="Losse stoeptegel"),
            "onderwerpobject": {
                "onderwerpobjectidentificator": {**DOCUMENT, "codeObjecttype": "melding"}
            },
        },
    ]
    made = werk.make(
        "maak-gesprek",
        gesprek={"kanaal": "telefoon"},
        betrokkene={"rol": "klant", "initiator": True, "contactnaam": {"achternaam": "Smit"}},
        klantcontacten=subjects,
    )
    told = [each["onderwerp"] for each in made["klantcontacten"]]
    assert told == ["Vergunning", "Openingstijden", "Losse stoeptegel"]
    permit, hours, stone = made["klantcontacten"]
    assert [len(each["leiddeTotInterneTaken"]) for each in (permit, hours, stone)] == [1, 0, 0]
    assert len(stone["gingOverOnderwerpobjecten"]) == 1
    assert all(len(each["hadBetrokkenen"]) == 1 for each in made["klantcontacten"])
    found = werk.list("klantcontacten", gesprek__uuid=made["gesprek"]["uuid"])
    assert {each["url"] for each in found} == {each["url"] for each in made["klantcontacten"]}


def test_a_fault_in_one_subject_leaves_nothing_of_the_call(werk: Contactwerk) -> None:
    body = {
        "gesprek": {"kanaal": "telefoon"},
        "betrokkene": {"rol": "klant", "initiator": True},
        "klantcontacten": [
            {"klantcontact": werk.contact_body()},
            {"klantcontact": werk.contact_body(onderwerp=""), "interneTaak": {"status": "af"}},
        ],
    }
    told = faults(werk.post("maak-gesprek", **body))
    assert ("klantcontacten.1.klantcontact.onderwerp", "blank") in told
    assert ("klantcontacten.1.interneTaak.status", "invalid_choice") in told
    assert werk.list("klantcontacten") == werk.list("gesprekken") == []


@pytest.mark.req("K10", "K36")
def test_somebody_will_call_you_back(werk: Contactwerk) -> None:
    """The promise becomes a task; the call-back a contact of its own that refers to the first."""
    werk.make("contactnormen", onderwerp="Parkeervergunning", kanaal="", termijn=0)
    first = werk.contact(minutes_ago=60 * 24 * 30)
    taak = werk.make(
        "internetaken",
        aanleidinggevendKlantcontact=ref(first),
        gevraagdeHandeling="Terugbellen",
        toegewezenAanActor=ref(werk.actor()),
        status="te_verwerken",
    )
    assert [each["url"] for each in werk.list("internetaken", teLaat="true")] == [taak["url"]]
    back = werk.contact(inhoud="Mevrouw is teruggebeld en heeft antwoord gekregen.")
    werk.make("onderwerpobjecten", klantcontact=ref(back), wasKlantcontact=ref(first))
    done = werk.api.patch(taak["url"], json={"status": "verwerkt"}).json()
    assert done["afgehandeldOp"]
    assert werk.list("internetaken", teLaat="true") == []
    told = werk.list("klantcontacten", wasOnderwerpobject__uuid=_only(werk, first)["uuid"])
    assert [each["url"] for each in told] == [first["url"]]
    later = werk.list("onderwerpobjecten", wasKlantcontact__uuid=first["uuid"])
    assert [each["klantcontact"]["uuid"] for each in later] == [back["uuid"]]


def _only(werk: Contactwerk, first: dict[str, Any]) -> dict[str, Any]:
    (found,) = werk.list("onderwerpobjecten", wasKlantcontact__uuid=first["uuid"])
    return found


def test_the_most_precise_norm_counts(werk: Contactwerk) -> None:
    for onderwerp, kanaal, termijn in (("", "", 10), ("", "telefoon", 5), ("Afval", "", 2)):
        werk.make("contactnormen", onderwerp=onderwerp, kanaal=kanaal, termijn=termijn)
    actor, terms = ref(werk.actor()), []
    for onderwerp, kanaal in (("Huis", "brief"), ("Huis", "telefoon"), ("Afval", "telefoon")):
        contact = werk.contact(onderwerp=onderwerp, kanaal=kanaal)
        taak = werk.make(
            "internetaken", aanleidinggevendKlantcontact=ref(contact), gevraagdeHandeling="Bel",
            toegewezenAanActoren=[actor], status="te_verwerken",
        )  # fmt: skip
        terms.append(taak["uitersteDatum"])
    assert terms == sorted(terms, reverse=True)
    assert len(set(terms)) == 3


def test_a_task_is_somebodys_and_is_dealt_with_or_not(werk: Contactwerk) -> None:
    body = {"aanleidinggevendKlantcontact": ref(werk.contact()), "gevraagdeHandeling": "Bel",
            "status": "te_verwerken"}  # fmt: skip
    assert faults(werk.post("internetaken", **body)) == {("toegewezenAanActoren", "required")}
    one, other = werk.actor("Een"), werk.actor("Ander")
    both = {"toegewezenAanActor": ref(one), "toegewezenAanActoren": [ref(other)]}
    assert faults(werk.post("internetaken", **body, **both)) == {("toegewezenAanActor", "invalid")}
    for strange in (7.5, {"uuid": one["uuid"]}, "iemand", True):
        given: dict[str, Any] = {**body, "toegewezenAanActoren": strange}
        told = faults(werk.post("internetaken", **given, toegewezenAanActor=ref(one)))
        assert ("toegewezenAanActoren", "not_a_list") in told
    early = {"toegewezenAanActor": ref(one), "afgehandeldOp": "2026-01-01T12:00:00Z"}
    assert faults(werk.post("internetaken", **body, **early)) == {("afgehandeldOp", "invalid")}
    taak = werk.make("internetaken", **body, toegewezenAanActoren=[ref(other), ref(one)])
    assert {each["uuid"] for each in taak["toegewezenAanActoren"]} == {one["uuid"], other["uuid"]}
    done = werk.api.patch(taak["url"], json={"status": "verwerkt"}).json()
    again = werk.api.patch(taak["url"], json={"status": "te_verwerken"}).json()
    assert done["afgehandeldOp"]
    assert again["afgehandeldOp"] is None
    none = werk.api.patch(taak["url"], json={"toegewezenAanActoren": []})
    assert faults(none) == {("toegewezenAanActoren", "required")}
    assert werk.list("internetaken", actoren__naam="Een")[0]["url"] == taak["url"]


def test_making_a_contact_tells_all_faults_of_all_parts(werk: Contactwerk) -> None:
    body = {
        "klantcontact": werk.contact_body(taal="nederlands"),
        "betrokkene": {"rol": "buurman", "initiator": True},
        "onderwerpobject": {"onderwerpobjectidentificator": {"objectId": "x" * 201}},
    }
    assert faults(werk.post("maak-klantcontact", **body)) == {
        ("klantcontact.taal", "max_length"),
        ("betrokkene.rol", "invalid_choice"),
        ("onderwerpobject.onderwerpobjectidentificator.objectId", "max_length"),
    }
    assert werk.list("klantcontacten") == []
    assert faults(werk.post("maak-klantcontact")) == {("klantcontact", "required")}
    now_form = werk.contact_body(inhoud="Mevrouw vraagt wat het kost.")
    warned = werk.post("maak-klantcontact", klantcontact=now_form)
    assert "voltooid verleden tijd" in warned.headers["X-Warning"]
    only = werk.make("maak-klantcontact", klantcontact=werk.contact_body(taal="nl"))
    assert list(only) == ["klantcontact"]


def test_an_onderwerpobject_takes_its_contact_along_when_asked(werk: Contactwerk) -> None:
    contact = werk.contact()
    betrokkene = werk.betrokkene(contact)
    werk.make("digitaleadressen", verstrektDoorBetrokkene=ref(betrokkene), adres="a@b.nl",
              soortDigitaalAdres="email")  # fmt: skip
    first, second = (werk.make("onderwerpobjecten", klantcontact=ref(contact)) for _ in range(2))
    kept = werk.api.delete(first["url"], params={"cascade": "true"})
    assert (kept.status_code, kept.json()) == (200, {"behouden": [contact["url"]]})
    gone = werk.api.delete(second["url"], params={"cascade": "true"})
    assert (gone.status_code, gone.content) == (204, b"")
    assert werk.list("klantcontacten") == werk.list("digitaleadressen") == []
    third = werk.make("onderwerpobjecten", klantcontact=ref(werk.contact()))
    assert werk.api.delete(third["url"]).status_code == 204
    assert len(werk.list("klantcontacten")) == 1
    wrong = werk.api.delete(f"{ROOT}/onderwerpobjecten/{contact['uuid']}", params={"cascade": "x"})
    assert faults(wrong) == {("cascade", "invalid")}
