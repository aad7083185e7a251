"""What the tests of Klantinteracties make: partijen, klantcontacten, and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from loket.kernel.clock import now
from tests.conformance.example import elf
from tests.conformance.test_refusing import faults

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

ROOT = "/klantinteracties/api/v1"
_numbers = count(4_000_000)  # far from the numbers that the conformance examples give out

__all__ = ["ROOT", "Contactwerk", "bsn", "faults", "identificator", "ref"]


def ref(record: dict[str, Any]) -> dict[str, str]:
    """Return a reference to a record that was shown."""
    return {"uuid": record["uuid"]}


def bsn() -> str:
    """Return a BSN that nobody has yet."""
    return elf(next(_numbers))


KINDS = {
    "bsn": ("brp", "natuurlijk_persoon"),
    "rsin": ("hr", "niet_natuurlijk_persoon"),
    "kvk_nummer": ("hr", "niet_natuurlijk_persoon"),
    "vestigingsnummer": ("hr", "vestiging"),
}


def identificator(kind: str, number: str, **more: Any) -> dict[str, Any]:
    """Return the body of a partij-identificator."""
    register, objecttype = KINDS[kind]
    codes = {
        "codeRegister": register,
        "codeObjecttype": objecttype,
        "codeSoortObjectId": kind,
        "objectId": number,
    }
    return {"partijIdentificator": codes, **more}


@dataclass
class Contactwerk:
    """An application that records contacts."""

    api: Api

    def post(self, path: str, **body: Any) -> httpx.Response:
        """Send a body to a list."""
        return self.api.post(f"{ROOT}/{path}", json=body)

    def make(self, path: str, **body: Any) -> dict[str, Any]:
        """Make a record, and return it as shown."""
        answer = self.post(path, **body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def read(self, record: dict[str, Any], **query: Any) -> dict[str, Any]:
        """Return a record as it is shown now."""
        answer = self.api.get(record["url"], params=query)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def list(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return the first page of a list."""
        answer = self.api.get(f"{ROOT}/{path}", params=query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    def contact_body(self, minutes_ago: float = 0, **more: Any) -> dict[str, Any]:
        """Return the body of a klantcontact."""
        moment = now() - timedelta(minutes=minutes_ago)
        return {
            "kanaal": "telefoon",
            "onderwerp": "Parkeervergunning",
            "inhoud": "Mevrouw heeft gevraagd wat een vergunning kost.",
            "taal": "nld",
            "vertrouwelijk": False,
            "plaatsgevondenOp": moment.isoformat(),
            **more,
        }

    def contact(self, minutes_ago: float = 0, **more: Any) -> dict[str, Any]:
        """Make a klantcontact of so many minutes ago."""
        return self.make("klantcontacten", **self.contact_body(minutes_ago, **more))

    def persoon(self, naam: str = "Jansen", **more: Any) -> dict[str, Any]:
        """Make a partij that is a person."""
        named = {"contactnaam": {"voornaam": "Eva", "achternaam": naam}}
        body = {"soortPartij": "persoon", "indicatieActief": True, "partijIdentificatie": named}
        return self.make("partijen", **body, **more)

    def organisatie(self, naam: str = "Bakker BV", **more: Any) -> dict[str, Any]:
        """Make a partij that is an organisation."""
        body = {"soortPartij": "organisatie", "indicatieActief": True}
        return self.make("partijen", **body, partijIdentificatie={"naam": naam}, **more)

    def actor(self, naam: str = "Klantcontactcentrum") -> dict[str, Any]:
        """Make an actor that is a department."""
        return self.make("actoren", naam=naam, soortActor="organisatorische_eenheid")

    def betrokkene(self, contact: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Let somebody take part in a klantcontact."""
        body = {"hadKlantcontact": ref(contact), "rol": "klant", "initiator": True}
        return self.make("betrokkenen", **body, **more)
