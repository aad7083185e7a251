"""Applicaties: their client ids, their rights, and what those come down to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.grammar.register import registers
from loket.registers.autorisaties.rights import known
from tests.conftest import make_client
from tests.registers.zaken.zaakwerk import CATALOGI, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    import httpx

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

PATH = "/autorisaties/api/v1/applicaties"
LEZEN = {"component": "ztc", "scopes": ["catalogi.lezen"]}

Json = dict[str, Any]


def _post(api: Api, *client_ids: str, **body: Any) -> httpx.Response:
    given = {"clientIds": list(client_ids), "label": "Een applicatie", **body}
    return api.post(PATH, json={"autorisaties": [LEZEN], **given})


def _made(api: Api, *client_ids: str, **body: Any) -> Json:
    answer = _post(api, *client_ids, **body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


@pytest.mark.rule("ac-001")
def test_ac_001_a_client_id_belongs_to_one_applicatie(api: Api) -> None:
    _made(api, "een", "twee")
    other = _made(api, "drie")
    taken = {("clientIds", "clientId-exists")}
    assert faults(_post(api, "vier", "twee")) == taken
    assert faults(api.patch(other["url"], json={"clientIds": ["drie", "een"]})) == taken
    assert api.patch(other["url"], json={"clientIds": ["drie", "vier"]}).status_code == 200
    assert api.patch(other["url"], json={"label": "Anders"}).status_code == 200


@pytest.mark.rule("ac-001")
def test_ac_001_an_applicatie_has_a_client_id(api: Api) -> None:
    assert faults(_post(api)) == {("clientIds", "empty")}


@pytest.mark.rule("ac-002")
def test_ac_002_either_everything_or_a_list(api: Api) -> None:
    both = _post(api, "een", heeftAlleAutorisaties=True)
    assert faults(both) == {("nonFieldErrors", "ambiguous-authorizations-specified")}
    for neither in (
        _post(api, "een", autorisaties=[], heeftAlleAutorisaties=False),
        _post(api, "een", autorisaties=[]),
    ):
        assert faults(neither) == {("nonFieldErrors", "missing-authorizations")}
    made = _made(api, "een")
    assert made["heeftAlleAutorisaties"] is False
    assert faults(api.patch(made["url"], json={"heeftAlleAutorisaties": True})) == {
        ("nonFieldErrors", "ambiguous-authorizations-specified")
    }
    body = {"heeftAlleAutorisaties": True, "autorisaties": []}
    assert api.patch(made["url"], json=body).status_code == 200


@pytest.mark.rule("ac-003")
@pytest.mark.parametrize(
    ("component", "scope", "lacks"),
    [
        ("zrc", "zaken.lezen", {"zaaktype", "maxVertrouwelijkheidaanduiding"}),
        ("drc", "documenten.lock", {"informatieobjecttype", "maxVertrouwelijkheidaanduiding"}),
        ("brc", "besluiten.aanmaken", {"besluittype"}),
        ("zrc", "audittrails.lezen", set()),
        ("ztc", "catalogi.schrijven", set()),
        ("ac", "autorisaties.lezen", set()),
        ("nrc", "notificaties.publiceren", set()),
    ],
)
def test_ac_003_a_right_on_a_typed_component_names_its_type(
    api: Api, component: str, scope: str, lacks: set[str]
) -> None:
    answer = _post(api, "een", autorisaties=[LEZEN, {"component": component, "scopes": [scope]}])
    if lacks:
        assert faults(answer) == {(f"autorisaties.1.{name}", "required") for name in lacks}
    else:
        assert answer.status_code == 201


def test_patching_autorisaties_replaces_the_list(api: Api) -> None:
    made = _made(api, "een", autorisaties=[LEZEN, {**LEZEN, "scopes": ["catalogi.schrijven"]}])
    other = {"component": "nrc", "scopes": ["notificaties.consumeren"]}
    shown = api.patch(made["url"], json={"autorisaties": [other]}).json()
    assert [each["component"] for each in shown["autorisaties"]] == ["nrc"]
    assert api.get(made["url"]).json() == shown


def test_a_right_tells_its_component_in_words(api: Api) -> None:
    made = _made(api, "een", autorisaties=[{**LEZEN, "componentWeergave": "Iets anders"}])
    assert made["autorisaties"][0]["componentWeergave"] == "Catalogi API"
    sent = {"autorisaties": [{**each, "componentWeergave": None} for each in made["autorisaties"]]}
    again = api.patch(made["url"], json=sent).json()
    assert again == made
    assert api.get(made["url"]).json() == made


def test_a_consumer_is_found_by_its_client_id(api: Api) -> None:
    made = _made(api, "een", "twee")
    assert api.get(f"{PATH}/consumer", params={"clientId": "twee"}).json() == made
    assert api.get(f"{PATH}/consumer", params={"clientId": "drie"}).status_code == 404
    assert faults(api.get(f"{PATH}/consumer")) == {("clientId", "required")}
    unkept = api.get(f"{PATH}/consumer", params={"clientId": "een\x00"})
    assert faults(unkept) == {("clientId", "invalid")}
    listed = api.get(PATH, params={"clientIds": "drie,een"}).json()
    assert [each["url"] for each in listed["results"]] == [made["url"]]


def test_types_of_others_and_unknown_types_are_taken_but_never_match(api: Api) -> None:
    werk = Werk(api, Typen(api).publish())
    zaak = werk.zaak()
    own = werk.typen.zaaktype
    for nr, address in enumerate(
        (
            own.replace("127.0.0.1:8700", "elders.nl"),
            f"https://elders.nl/{own[-36:]}",
            own[:-36] + str(UUID(int=5)),
            own.replace("zaaktypen", "besluittypen"),
        )
    ):
        right = {
            "component": "zrc",
            "scopes": ["zaken.lezen"],
            "zaaktype": address,
            "maxVertrouwelijkheidaanduiding": "zeer_geheim",
        }
        lezer = make_client(f"lezer-{nr}", [right])
        assert lezer.get(zaak["url"]).status_code == 403, address
        assert lezer.get(f"{ZAKEN}/zaken").json()["count"] == 0
    assert werk.client("zaken.lezen").get(zaak["url"]).status_code == 200


@pytest.mark.rule("ztc-014")
@pytest.mark.parametrize(
    ("right", "status"),
    [
        ({"component": "zrc", "scopes": ["zaken.lezen"], "zaaktype": "https://z.nl/1"}, 200),
        (
            {
                "component": "drc",
                "scopes": ["documenten.lezen"],
                "informatieobjecttype": "https://z.nl/1",
            },
            200,
        ),
        ({"component": "brc", "scopes": ["besluiten.lezen"], "besluittype": "https://z.nl/1"}, 403),
        ({"component": "zrc", "scopes": ["zaken.aanmaken"], "zaaktype": "https://z.nl/1"}, 403),
    ],
    ids=["zaken", "documenten", "besluiten", "no reading"],
)
def test_ztc_014_who_reads_zaken_or_documenten_reads_catalogi(
    api: Api, right: Json, status: int
) -> None:
    typen = Typen(api).publish()
    lezer = make_client("lezer", [{**right, "maxVertrouwelijkheidaanduiding": "openbaar"}])
    for address in (typen.zaaktype, *typen.statustypen, f"{CATALOGI}/zaaktypen"):
        assert lezer.get(address).status_code == status
    assert lezer.patch(typen.zaaktype, json={}).status_code == 403


def test_a_client_without_applicatie_may_do_nothing_until_it_has_one(
    api: Api, gemeente: Tenant
) -> None:
    del gemeente
    kaal = make_client("kaal", autorisaties=[])
    paths = [
        f"{each.root}/{each.path}"
        for register in registers.values()
        for each in register.resources
        if "{" not in each.path and not register.open
    ]
    assert {kaal.get(path).status_code for path in paths} - {405} == {403}
    assert {kaal.post(path, json={}).status_code for path in paths} - {405} == {403}
    made = _made(api, "kaal", autorisaties=[], heeftAlleAutorisaties=True)
    assert {kaal.get(path).status_code for path in paths} - {405} == {200}
    assert api.delete(made["url"]).status_code == 204
    assert {kaal.get(path).status_code for path in paths} - {405} == {403}


def test_what_is_ready_for_publication_is_a_mark_of_the_actor(api: Api) -> None:
    make_client("publicatie", [LEZEN], alleenIsGereedVoorPublicatie=True)
    found, other = known("publicatie"), known(api.client_id)
    assert found is not None
    assert other is not None
    assert (found.actor.only_ready, other.actor.only_ready) == (True, False)
