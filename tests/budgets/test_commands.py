"""What a command that opens several doors may ask of the database, in statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.budgets.test_statements import statements
from tests.conformance.compound import COMPOUND

if TYPE_CHECKING:
    from tests.conformance.example import Examples
    from tests.conftest import Api

BUDGETS = {
    "klantinteracties/maak-klantcontact": 8,
    "klantinteracties/maak-gesprek": 18,
    "verzoeken/verzoeken/{uuid}/verwerken": 16,
    "zaken/zaak_registreren": 12,
    "zaken/zaak_bijwerken/{uuid}": 20,
    "zaken/zaak_opschorten/{uuid}": 10,
    "zaken/zaak_verlengen/{uuid}": 10,
    "zaken/zaak_afsluiten/{uuid}": 18,
}


@pytest.mark.parametrize("name", BUDGETS)
def test_a_command_stays_within_its_budget(name: str, api: Api, examples: Examples) -> None:
    path, body = COMPOUND[name](examples)
    for rol in body.get("rollen", []):
        rol.pop("authenticatieContext")  # a second person, so a second BSN to put apart
    root = f"/{name.split('/', maxsplit=1)[0]}/api/v1"
    api.get("/zaken/api/v1/zaken")
    with statements() as noted:
        answer = api.post(f"{root}/{path}", json=body)
    assert answer.status_code < 300, answer.text
    assert len(noted) <= BUDGETS[name], "\n".join(str(each)[:120] for each in noted)
