"""A type and documents of it, made through the API as an application makes them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from tests.conftest import make_client

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api
    from tests.registers.documenten.opslag import Opslag, Wacht

CATALOGI = "/catalogi/api/v1"
DOCUMENTEN = "/documenten/api/v1"
EIO = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten"
RSIN = "517439943"
INHOUD = b"Geachte heer, mevrouw,\n"

Json = dict[str, Any]


def base64_of(content: bytes) -> str:
    """Return base64 as a client sends it."""
    return base64.b64encode(content).decode()


class Documentwerk:
    """Documents of one type, over the API."""

    def __init__(self, api: Api, opslag: Opslag, wacht: Wacht) -> None:
        self.api = api
        self.opslag = opslag
        self.wacht = wacht
        self.catalogus = self._type(
            "catalogussen", domein="DOCAA", rsin=RSIN, contactpersoonBeheerNaam="Beheer"
        )
        self.informatieobjecttype = self.type("Brief")

    def _type(self, path: str, **body: Any) -> str:
        answer = self.api.post(f"{CATALOGI}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"])

    def type(self, omschrijving: str, *, publish: bool = True, **body: Any) -> str:
        """Make an informatieobjecttype."""
        made = self._type(
            "informatieobjecttypen",
            catalogus=self.catalogus,
            omschrijving=omschrijving,
            vertrouwelijkheidaanduiding="zaakvertrouwelijk",
            informatieobjectcategorie="brieven",
            beginGeldigheid="2020-01-01",
            **body,
        )
        if publish:
            assert self.api.post(f"{made}/publish").status_code == 200
        return made

    def body(self, content: bytes | None = INHOUD, **body: Any) -> Json:
        """Return the body of a document."""
        made = {
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-01-05",
            "titel": "Een brief",
            "auteur": "Gemeente",
            "taal": "dut",
            "formaat": "text/plain",
            "bestandsnaam": "brief.txt",
            "informatieobjecttype": self.informatieobjecttype,
            **body,
        }
        if content is not None:
            made |= {"inhoud": base64_of(content), "bestandsomvang": len(content)} | body
        return made

    @staticmethod
    def api_text(body: Json) -> str:
        """Return a body as JSON text."""
        return json.dumps(body)

    def post(self, content: bytes | None = INHOUD, **body: Any) -> httpx.Response:
        """Post a document as it is."""
        return self.api.post(EIO, json=self.body(content, **body))

    def document(self, content: bytes | None = INHOUD, **body: Any) -> Json:
        """Make a document."""
        answer = self.post(content, **body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def make(self, path: str, **body: Any) -> Json:
        """Post something that must be taken, and return what was made."""
        answer = self.api.post(f"{DOCUMENTEN}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def lock(self, document: Json) -> str:
        """Lock a document."""
        answer = self.api.post(f"{document['url']}/lock")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["lock"])

    def unlock(self, document: Json, lock: str) -> None:
        """Unlock a document."""
        answer = self.api.post(f"{document['url']}/unlock", json={"lock": lock})
        assert (answer.status_code, answer.content) == (204, b""), answer.text

    def change(self, document: Json, **body: Any) -> Json:
        """Change a document, with its lock around it."""
        lock = self.lock(document)
        answer = self.api.patch(document["url"], json={**body, "lock": lock})
        assert answer.status_code == 200, answer.text
        self.unlock(document, lock)
        made: Json = answer.json()
        return made

    def read(self, url: str, **query: Any) -> Json:
        """Return what stands at an address."""
        answer = self.api.get(url, params=query or None)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def put_part(self, part: Json, content: bytes, lock: str) -> httpx.Response:
        """Send a part of a large file."""
        return self.api.put(part["url"], data={"lock": lock}, files={"inhoud": ("deel", content)})

    def client(self, *scopes: str, level: str = "zeer_geheim", type_: str = "") -> Api:
        """Make an application with some scopes for the type."""
        right = {
            "component": "drc",
            "scopes": list(scopes),
            "informatieobjecttype": type_ or self.informatieobjecttype,
            "maxVertrouwelijkheidaanduiding": level,
        }
        return make_client(f"client-{'-'.join(scopes)}-{level}"[:50], [right])


def relation(werk: Documentwerk, document: Any, address: str, kind: str = "zaak") -> httpx.Response:
    """Ask that a document belongs to what stands at an address."""
    body = {"informatieobject": document["url"], "object": address, "objectType": kind}
    return werk.api.post(f"{DOCUMENTEN}/objectinformatieobjecten", json=body)


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    """Return name and code of the faults in a refusal."""
    assert answer.status_code == 400, answer.text
    return {(each["name"], each["code"]) for each in answer.json()["invalidParams"]}
