"""MijnTaken: who a klant is, and that nobody sees what is of another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from loket.kernel import tenant
from loket.ledger.database import one, rows
from tests.conformance.example import elf
from tests.conftest import OTHER_HOST, make_client
from tests.registers.klantinteracties.contactwerk import Contactwerk, identificator, ref
from tests.registers.taken.test_taken import BSN, PERSOON
from tests.services.mijnservices.portaalwerk import (
    BEDRIJF,
    KVK,
    RIGHTS,
    ROOT,
    VESTIGING,
    ask,
    checked,
    detail,
    keys,
    seen,
    taak,
)  # fmt: skip

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

TAK = f"{BEDRIJF}:vestigingsnummer:{VESTIGING}"


def test_nobody_sees_the_tasks_of_another(api: Api, portaal: Api) -> None:
    other = elf(8)
    mine, hers = taak(api), taak(api, f"urn:nld:brp:bsn:{other}")
    company, nobody = taak(api, BEDRIJF), taak(api, "")
    assert keys(portaal, BSN) == keys(portaal, PERSOON) == [mine["uuid"]]
    assert keys(portaal, other) == [hers["uuid"]]
    assert keys(portaal, BEDRIJF) == [company["uuid"]]
    assert seen(portaal, elf(9)) == []
    assert seen(portaal, str(uuid4())) == []
    assert seen(portaal, f"urn:nld:loket:taken:externetaak:{nobody['uuid']}") == []


@pytest.mark.req("M40")
def test_a_company_has_the_tasks_of_its_vestigingen(api: Api, portaal: Api) -> None:
    """A vestiging has only its own, and a number that begins alike is another company."""
    whole, branch = taak(api, BEDRIJF, days=5), taak(api, TAK, days=6)
    sister = taak(api, f"{BEDRIJF}:vestigingsnummer:000012345679", days=7)
    for strange in ("urn:nld:hr:kvknummer:900013541", "urn:nld:hr:kvknummer:90001355"):
        taak(api, strange)
    assert keys(portaal, BEDRIJF) == [whole["uuid"], branch["uuid"], sister["uuid"]]
    assert keys(portaal, TAK) == [branch["uuid"]]
    assert seen(portaal, "urn:nld:hr:kvknummer:9000135") == []


def test_a_partij_is_known_by_its_numbers(api: Api, portaal: Api) -> None:
    """A citizen by his BSN, which nobody sees; a company, and one vestiging of it."""
    werk = Contactwerk(api)
    eva = werk.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    bakker = werk.organisatie(partijIdentificatoren=[identificator("kvk_nummer", KVK)])
    [kvk] = werk.list("partij-identificatoren", partijIdentificatorObjectId=KVK)
    filiaal = werk.organisatie("Bakker Markt")
    tak = identificator("vestigingsnummer", VESTIGING)
    tak |= {"identificeerdePartij": ref(filiaal), "subIdentificatorVan": ref(kvk)}
    werk.make("partij-identificatoren", **tak)
    mine, whole, branch = taak(api), taak(api, BEDRIJF, days=5), taak(api, TAK, days=6)
    aimless = checked(make_client("doelloos", RIGHTS, purposes=()))
    assert keys(aimless, eva["uuid"]) == [mine["uuid"]]
    assert keys(aimless, bakker["uuid"]) == [whole["uuid"], branch["uuid"]]
    assert keys(aimless, filiaal["uuid"]) == [branch["uuid"]]
    assert keys(portaal, werk.persoon("Smit")["uuid"]) == []


def test_who_was_merged_is_who_is_left(api: Api, portaal: Api) -> None:
    werk = Contactwerk(api)
    eva = werk.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    double = werk.persoon()
    one(
        "UPDATE klantinteracties_partij SET opgegaan_in_id = %s WHERE id = %s",
        (UUID(eva["uuid"]), UUID(double["uuid"])),
    )
    mine = taak(api)
    assert keys(portaal, double["uuid"]) == [mine["uuid"]]


def _told() -> tuple[int, int]:
    """Return how many lines the processing log has, and how many events the ledger."""
    counts: tuple[int, int] = one(
        "SELECT (SELECT count(*) FROM ledger_verwerking), (SELECT count(*) FROM ledger_event)"
    )
    return counts


def test_a_bsn_needs_a_purpose_and_leaves_one_line_and_no_event(api: Api, portaal: Api) -> None:
    shown = taak(api)
    ask(portaal, BSN)
    before = _told()
    assert keys(portaal, PERSOON) == [shown["uuid"]]
    detail(portaal, shown["uuid"])
    [(wat, wie)] = rows("SELECT name, actor FROM ledger_verwerking ORDER BY id DESC LIMIT 1")
    assert (wat, wie) == ("bsn zoeken", "application:portaal")
    after = _told()
    assert after == (before[0] + 1, before[1])
    assert not [row for (row,) in rows("SELECT t::text FROM ledger_event t") if BSN in row]
    assert not [row for (row,) in rows("SELECT t::text FROM ledger_verwerking t") if BSN in row]
    aimless = checked(make_client("doelloos", RIGHTS, purposes=()))
    for wie in (BSN, PERSOON):
        refused = ask(aimless, wie)
        assert (refused.status_code, BSN in refused.text) == (403, False)


def test_a_stranger_and_who_lacks_the_scope_are_refused(api: Api, portaal: Api) -> None:
    """Who may read the register Taken may not for that reason read here, nor the other way."""
    shown = taak(api)
    path = f"{ROOT}/taken/{shown['uuid']}"
    stranger: dict[str, str | None] = {"Authorization": None}
    assert portaal.get(path, headers=stranger).status_code == 401
    body = {"klantId": PERSOON}
    answer = portaal.post(f"{ROOT}/context/zoek", json=body, headers=stranger)
    assert answer.status_code == 401
    rights = [{"component": "taken", "scopes": ["taken.lezen"]}]
    other = checked(make_client("takenlezer", rights))
    assert other.get(path).status_code == 403
    assert ask(other, PERSOON).status_code == 403
    assert portaal.get(shown["url"]).status_code == 403
    assert portaal.get(f"{ROOT}/context/zoek").status_code == 405


def test_rights_that_were_taken_away_are_gone_at_once(api: Api, portaal: Api) -> None:
    shown = taak(api)
    assert keys(portaal, PERSOON) == [shown["uuid"]]
    [row] = api.get("/autorisaties/api/v1/applicaties", params={"clientIds": "portaal"}).json()[
        "results"
    ]
    other = [{"component": "taken", "scopes": ["taken.lezen"]}]
    answer = api.patch(row["url"], json={"autorisaties": other})
    assert answer.status_code == 200, answer.text
    assert ask(portaal, PERSOON).status_code == 403
    assert ask(portaal, PERSOON, include=["anders"]).status_code == 403
    assert portaal.get(f"{ROOT}/taken/{shown['uuid']}").status_code == 403


def test_another_municipality_knows_nothing_of_it(api: Api, portaal: Api, andere: Tenant) -> None:
    shown = taak(api)
    assert keys(portaal, PERSOON) == [shown["uuid"]]
    with tenant.entered(andere):
        elsewhere = make_client("portaal", RIGHTS)
        elsewhere.host = OTHER_HOST
        assert seen(elsewhere, PERSOON) == []
        assert elsewhere.get(f"{ROOT}/taken/{shown['uuid']}").status_code == 404


def test_police_data_is_not_shown(api: Api, portaal: Api) -> None:
    shown = taak(api)
    one("UPDATE taken_externetaak SET regime = 'wpg' WHERE id = %s", (UUID(shown["uuid"]),))
    assert seen(portaal, PERSOON) == []
    assert portaal.get(f"{ROOT}/taken/{shown['uuid']}").status_code == 404
