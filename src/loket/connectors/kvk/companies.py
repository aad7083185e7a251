"""Ask KVK for a company, a vestiging, names, or what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from loket.connectors.asking import Onbereikbaar, Question, ask
from loket.connectors.kvk import reading
from loket.connectors.kvk.values import Zoekresultaat
from loket.kernel.values import digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.asking import Access
    from loket.connectors.kvk.values import Naamgeving, Onderneming, Vestiging, Zoekvraag

T = TypeVar("T")

KEY_HEADER: Final = "apikey"
HAL: Final = "application/hal+json"

_NUMBER: Final = 8
_VESTIGING: Final = 12


def onderneming(access: Access, kvk_nummer: str) -> Onderneming | None:
    """Return a company, or None when there is none by that number; BevragenMislukt."""
    return _asked(access, f"v1/basisprofielen/{_kvk(kvk_nummer)}", reading.onderneming)


def vestiging(access: Access, nummer: str) -> Vestiging | None:
    """Return a vestiging, or None when there is none by that number; BevragenMislukt."""
    number = digits(nummer, _VESTIGING, "Vestigingsnummer")
    return _asked(access, f"v1/vestigingsprofielen/{number}", reading.vestiging)


def vestigingen(access: Access, kvk_nummer: str) -> tuple[Vestiging, ...]:
    """Return all vestigingen of a company, in short; none when it has none; BevragenMislukt."""
    path = f"v1/basisprofielen/{_kvk(kvk_nummer)}/vestigingen"
    return _asked(access, path, reading.vestigingen) or ()


def naamgeving(access: Access, kvk_nummer: str) -> Naamgeving | None:
    """Return the names of a company, or None when there is none; BevragenMislukt."""
    return _asked(access, f"v1/naamgevingen/kvknummer/{_kvk(kvk_nummer)}", reading.naamgeving)


def zoek(access: Access, vraag: Zoekvraag) -> Zoekresultaat:
    """Return what there is; nothing found is an empty page, for which KVK says 404."""
    found = _asked(access, "v2/zoeken", reading.zoekresultaat, _query(vraag))
    return found or Zoekresultaat(0)


def _kvk(nummer: str) -> str:
    return digits(nummer, _NUMBER, "KVK-nummer")


def _query(vraag: Zoekvraag) -> dict[str, str | list[str]]:
    asked: dict[str, str | list[str]] = {
        "kvkNummer": vraag.kvk_nummer,
        "rsin": vraag.rsin,
        "vestigingsnummer": vraag.vestigingsnummer,
        "naam": vraag.naam,
        "straatnaam": vraag.straatnaam,
        "plaats": vraag.plaats,
        "postcode": vraag.postcode.replace(" ", ""),
        "huisnummer": vraag.huisnummer,
        "huisletter": vraag.huisletter,
        "type": [each.value for each in vraag.soorten],
        "inclusiefInactieveRegistraties": "true" if vraag.ook_beeindigd else "",
        "pagina": str(vraag.bladzijde),
        "resultatenPerPagina": str(vraag.per_bladzijde),
    }
    return {name: value for name, value in asked.items() if value}


def _asked(
    access: Access, path: str, read: Callable[[dict[str, Any]], T],
    query: dict[str, str | list[str]] | None = None,
) -> T | None:  # fmt: skip
    answer = ask(access, Question(path, query, accept=f"{HAL}, application/json"))
    if not answer.told:
        return None
    try:
        return read(answer.told)
    except ValueError:
        raise Onbereikbaar("The answer is not one of KVK.", answer.code) from None
