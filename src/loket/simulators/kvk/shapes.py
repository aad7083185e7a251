"""Companies as the API's write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from loket.simulators.kvk.companies import Bedrijf, Plek, Zaak

Json = dict[str, Any]

_HERE: Final = "Nederland"


def basisprofiel(bedrijf: Bedrijf, base: str) -> Json:
    """Return a company with its owner, and with its main vestiging if it has any."""
    inside: Json = {"eigenaar": eigenaar(bedrijf)}
    if bedrijf.vestigingen:
        inside["hoofdvestiging"] = vestiging(bedrijf, bedrijf.vestigingen[0])
    told = _common(bedrijf) | {
        "indNonMailing": "Nee",
        "formeleRegistratiedatum": bedrijf.begonnen,
        "materieleRegistratie": _life(bedrijf),
        "totaalWerkzamePersonen": bedrijf.personen,
        "handelsnamen": _names(*[name for each in bedrijf.vestigingen for name in each.namen]),
        "sbiActiviteiten": _activities(bedrijf),
        "links": [{"rel": "self", "href": f"{base}/v1/basisprofielen/{bedrijf.kvk}"}],
        "_embedded": inside,
    }
    return _there(told)


def eigenaar(bedrijf: Bedrijf) -> Json:
    """Return the owner, who has the addresses where there is no vestiging."""
    at = [_adres("bezoekadres", bedrijf.adres)] if bedrijf.adres else []
    form = bedrijf.rechtsvorm
    return _there(
        {
            "rsin": bedrijf.rsin,
            "rechtsvorm": form.partition(" (")[0].replace(" ", ""),
            "uitgebreideRechtsvorm": form,
            "adressen": at,
        }
    )


def vestiging(bedrijf: Bedrijf, zaak: Zaak) -> Json:
    """Return a vestiging in full."""
    at = [_adres("bezoekadres", zaak.plek)]
    at += [_adres("correspondentieadres", zaak.post)] if zaak.post else []
    return _there(
        {
            "vestigingsnummer": zaak.nummer,
            "kvkNummer": bedrijf.kvk,
            "rsin": bedrijf.rsin,
            "indNonMailing": "Nee",
            "formeleRegistratiedatum": bedrijf.begonnen,
            "materieleRegistratie": _life(bedrijf),
            "eersteHandelsnaam": zaak.naam,
            "indHoofdvestiging": _main(bedrijf, zaak),
            "indCommercieleVestiging": "Ja",
            "totaalWerkzamePersonen": bedrijf.personen,
            "adressen": at,
            "websites": list(zaak.websites),
            "sbiActiviteiten": _activities(bedrijf),
        }
    )


def vestigingsprofiel(bedrijf: Bedrijf, zaak: Zaak, base: str) -> Json:
    """Return a vestiging on its own, with its trade names."""
    here = {"rel": "self", "href": f"{base}/v1/vestigingsprofielen/{zaak.nummer}"}
    return vestiging(bedrijf, zaak) | _there(
        {"handelsnamen": _names(*(zaak.namen or (zaak.naam,))), "links": [here]}
    )


def vestigingen(bedrijf: Bedrijf) -> Json:
    """Return all vestigingen in short."""
    count = len(bedrijf.vestigingen)
    return {
        "kvkNummer": bedrijf.kvk,
        "aantalCommercieleVestigingen": count,
        "aantalNietCommercieleVestigingen": 0,
        "totaalAantalVestigingen": count,
        "vestigingen": [
            _there(
                {
                    "vestigingsnummer": each.nummer,
                    "kvkNummer": bedrijf.kvk,
                    "eersteHandelsnaam": each.naam,
                    "indHoofdvestiging": _main(bedrijf, each),
                    "indAdresAfgeschermd": "Ja" if each.plek.afgeschermd else "Nee",
                    "indCommercieleVestiging": "Ja",
                    "volledigAdres": "" if each.plek.afgeschermd else _whole(each.plek),
                }
            )
            for each in bedrijf.vestigingen
        ],
    }


def naamgeving(bedrijf: Bedrijf) -> Json:
    """Return all names of a company."""
    told = _common(bedrijf) | {
        "rsin": bedrijf.rsin,
        "startdatum": bedrijf.begonnen,
        "vestigingen": [
            {
                "vestigingsnummer": each.nummer,
                "eersteHandelsnaam": each.naam,
                "handelsnamen": _names(*(each.namen or (each.naam,))),
            }
            for each in bedrijf.vestigingen
        ],
    }
    return _there(told)


def lines(bedrijf: Bedrijf) -> list[Json]:
    """Return what a search shows of a company: each vestiging, and the legal person."""
    active = "Nee" if bedrijf.beeindigd else "Ja"
    found: list[Json] = [
        _there(
            {
                "kvkNummer": bedrijf.kvk,
                "vestigingsnummer": each.nummer,
                "naam": each.naam,
                "adres": _found_at(each.plek),
                "type": f"{'neven' if place else 'hoofd'}vestiging",
                "actief": active,
            }
        )
        for place, each in enumerate(bedrijf.vestigingen)
    ]
    if bedrijf.rsin:
        legal = {"rsin": bedrijf.rsin, "type": "rechtspersoon", "actief": active}
        found.append(_common(bedrijf) | legal)
    return [{name: each[name] for name in each if name != "statutaireNaam"} for each in found]


def _common(bedrijf: Bedrijf) -> Json:
    return {
        "kvkNummer": bedrijf.kvk,
        "naam": bedrijf.naam,
        "statutaireNaam": bedrijf.statutair or bedrijf.naam,
    }


def _life(bedrijf: Bedrijf) -> Json:
    return _there({"datumAanvang": bedrijf.begonnen, "datumEinde": bedrijf.beeindigd})


def _main(bedrijf: Bedrijf, zaak: Zaak) -> str:
    return "Ja" if zaak is bedrijf.vestigingen[0] else "Nee"


def _names(*names: str) -> list[Json]:
    return [{"naam": name, "volgorde": place} for place, name in enumerate(dict.fromkeys(names))]


def _activities(bedrijf: Bedrijf) -> list[Json]:
    return [
        {
            "sbiCode": code,
            "sbiOmschrijving": words,
            "indHoofdactiviteit": "Nee" if place else "Ja",
        }
        for place, (code, words) in enumerate(bedrijf.activiteiten)
    ]


def _adres(kind: str, plek: Plek) -> Json:
    """Return an address; of one that is shielded only that it is so."""
    told: Json = {"type": kind, "indAfgeschermd": "Ja" if plek.afgeschermd else "Nee"}
    if plek.afgeschermd:
        return told
    if plek.land != _HERE:
        abroad = {"straatHuisnummer": plek.straat, "postcodeWoonplaats": plek.plaats}
        return told | abroad | {"land": plek.land}
    return told | _there(
        {
            "volledigAdres": _whole(plek),
            "straatnaam": plek.straat,
            "huisnummer": plek.huisnummer,
            "huisletter": plek.huisletter,
            "postcode": plek.postcode,
            "postbusnummer": plek.postbus,
            "plaats": plek.plaats,
            "land": plek.land,
        }
    )


def _whole(plek: Plek) -> str:
    if plek.land != _HERE:
        return f"{plek.straat} {plek.plaats} {plek.land}"
    street = f"Postbus {plek.postbus}" if plek.postbus else f"{plek.straat} {plek.huisnummer}"
    return f"{street}{plek.huisletter} {plek.postcode} {plek.plaats}"


def _found_at(plek: Plek) -> Json:
    """Return the address that a search shows."""
    if plek.afgeschermd:
        return {}
    if plek.land != _HERE:
        abroad = {"straatHuisnummer": plek.straat, "postcodeWoonplaats": plek.plaats}
        return {"buitenlandsAdres": {"type": "bezoekadres"} | abroad | {"land": plek.land}}
    here = {"type": "bezoekadres", "straatnaam": plek.straat, "plaats": plek.plaats}
    exact = {"huisnummer": plek.huisnummer, "postcode": plek.postcode}
    return {"binnenlandsAdres": _there(here | exact)}


def _there(told: Json) -> Json:
    """Leave out what is not there, as KVK does."""
    return {name: value for name, value in told.items() if value not in ("", 0, [], {}, None)}
