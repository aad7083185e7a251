"""From how a base register is set here to how its connector gets in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from loket.connectors import brp, kvk
from loket.connectors.asking import Access, Login
from loket.kernel import tenant
from loket.registers.beheer.basisregistratie import Basis
from loket.registers.beheer.bronnen import bron

if TYPE_CHECKING:
    from loket.registers.beheer.bronnen import Bron

_KEY_HEADERS: Final = {Basis.BRP: brp.KEY_HEADER, Basis.KVK: kvk.KEY_HEADER}
_WHO: Final = "{gebruiker}"


def toegang(soort: Basis, doelbinding: str, gebruiker: str) -> Access | None:
    """Return how the municipality at hand asks a register for a purpose; None when it does not.

    `gebruiker` is who sees the answer, for the log of the provider.
    """
    found = bron(soort, doelbinding)
    if found is None:
        return None
    access = Access(
        found.api_root,
        key=found.sleutel,
        key_header=found.sleutel_kop or _KEY_HEADERS[soort],
        headers=tuple((name, value.replace(_WHO, gebruiker)) for name, value in found.kopregels),
        login=_login(found) if found.token_adres else None,
    )
    return _with_certificate(access, found.certificaat) if found.certificaat else access


def _login(found: Bron) -> Login:
    return Login(
        found.token_adres, found.client_id, found.geheim, found.scope, found.token_parameters
    )


def _with_certificate(access: Access, name: str) -> Access:
    """Find a certificate in the folder of this municipality: it can name none of another.

    Beside it, as `name.ca.pem`, may stand whom the other end has its own certificate from.
    """
    folder = Path(settings.CERTIFICATE_DIR) / tenant.current().name
    trusted = folder / f"{name}.ca.pem"
    return replace(
        access,
        certificate=folder / f"{name}.pem",
        trusted=trusted if trusted.exists() else None,
    )
