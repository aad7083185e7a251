"""What a beheerder of output does, as a browser would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.ledger.database import one
from tests.site.typen.forms import filled

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

ROOT = "/beheer/output/"


@dataclass
class Beheerder:
    """Somebody who is logged in."""

    client: Client

    def text(self, path: str, status: int = 200) -> str:
        """Return a page."""
        answer = self.client.get(f"{ROOT}{path}")
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer.content.decode()

    def post(self, path: str, status: Any = 302, **body: Any) -> str:
        """Fill in the form on a page, and send it; return where it leads, or the page."""
        form = filled(self.text(path))
        answer = self.client.post(f"{ROOT}{path}", {**form, **body})
        shown = answer.content.decode()
        assert answer.status_code == status, shown[:5000]
        return answer.headers.get("location", "").removeprefix(ROOT) or shown

    def press(self, path: str, status: int = 302, **body: str) -> str:
        """Press a button that has a form of its own."""
        answer = self.client.post(f"{ROOT}{path}", body)
        shown = answer.content.decode()
        assert answer.status_code == status, shown[:3000]
        return answer.headers.get("location", "").removeprefix(ROOT) or shown


def sjabloon(naam: str = "Nieuws over een zaak") -> UUID:
    """Return the key of a template."""
    key: UUID = one("SELECT id FROM output_sjabloon WHERE naam = %s", (naam,))[0]
    return key


def regel(gebeurtenis: str = "status_gezet") -> UUID:
    """Return the key of the rule of an event."""
    key: UUID = one("SELECT id FROM output_outputregel WHERE gebeurtenis = %s", (gebeurtenis,))[0]
    return key
