"""What base registers told of a citizen or company, in the words of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from loket.connectors.brp import Deel, Verblijf
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices.persoonsgegevens import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from loket.connectors.brp import Adres, Datum, Persoon
    from loket.connectors.kvk import Adres as Bedrijfsadres
    from loket.connectors.kvk import Onderneming, Vestiging
    from loket.services.mijnservices.persoonsgegevens import Gegevens

_TITELS: Final = {
    Basis.BRP: gettext_lazy("Uw persoonsgegevens"),
    Basis.KVK: gettext_lazy("Uw bedrijf"),
}
_MELDINGEN: Final = {
    (Basis.BRP, Stand.ONBEKEND): gettext_lazy(
        "Wij vonden u niet in de Basisregistratie Personen (BRP). Neem contact met ons op als u "
        "denkt dat dit niet klopt."
    ),
    (Basis.BRP, Stand.MISLUKT): gettext_lazy(
        "Wij konden uw gegevens niet ophalen uit de Basisregistratie Personen (BRP). Dat ligt niet "
        "aan u. Probeer het later nog eens."
    ),
    (Basis.BRP, Stand.NIET_BEVRAAGD): gettext_lazy(
        "Wij halen hier geen gegevens op uit de Basisregistratie Personen (BRP). U ziet alleen wat "
        "wij zelf van u weten."
    ),
    (Basis.BRP, Stand.GEMACHTIGDE): gettext_lazy(
        "U bent gemachtigd om zaken te regelen voor iemand anders. Daarom ziet u hier niet wat er "
        "over die persoon in de Basisregistratie Personen (BRP) staat."
    ),
    (Basis.KVK, Stand.ONBEKEND): gettext_lazy(
        "Wij vonden uw bedrijf niet in het Handelsregister van KVK. Neem contact met ons op als u "
        "denkt dat dit niet klopt."
    ),
    (Basis.KVK, Stand.MISLUKT): gettext_lazy(
        "Wij konden de gegevens van uw bedrijf niet ophalen bij KVK. Dat ligt niet aan u. Probeer "
        "het later nog eens."
    ),
    (Basis.KVK, Stand.NIET_BEVRAAGD): gettext_lazy(
        "Wij halen hier geen gegevens op uit het Handelsregister van KVK. U ziet alleen wat wij "
        "zelf van uw bedrijf weten."
    ),
}
_ADRES: Final = {"bezoekadres": gettext_noop("Bezoekadres")}
_POST: Final = gettext_noop("Postadres")


@dataclass(frozen=True)
class Regel:
    """One fact: what it is, the lines of it, and whether it is being looked into."""

    kop: str
    regels: tuple[str, ...]
    onderzoek: bool = False


@dataclass(frozen=True)
class Blok:
    """The part of the page about one register; `melding` says why there is nothing."""

    titel: str
    basis: str
    melding: str = ""
    mislukt: bool = False
    regels: tuple[Regel, ...] = ()
    opmerkingen: tuple[str, ...] = ()


def blok(gegevens: Gegevens) -> Blok:
    """Return what the page says of the answer of a register."""
    titel, basis = str(_TITELS[gegevens.basis]), gegevens.basis.value
    if gegevens.persoon:
        mens = gegevens.persoon
        return Blok(
            titel, basis, regels=tuple(_van_persoon(mens)), opmerkingen=tuple(_opmerkingen(mens))
        )
    if gegevens.onderneming:
        found = _van_onderneming(gegevens.onderneming, gegevens.vestiging)
        return Blok(titel, basis, regels=tuple(found))
    melding = str(_MELDINGEN[gegevens.basis, gegevens.stand])
    return Blok(titel, basis, melding, mislukt=gegevens.stand is Stand.MISLUKT)


def _van_persoon(mens: Persoon) -> Iterator[Regel]:
    yield Regel(_("Naam"), (mens.naam or "–",), Deel.NAAM in mens.in_onderzoek)
    if mens.aanschrijfnaam:
        yield Regel(_("Zo schrijven wij u aan"), (mens.aanschrijfnaam,))
    yield Regel(_("Geboren"), _geboren(mens), Deel.GEBOORTE in mens.in_onderzoek)
    if mens.adres:
        yield from _van_adres(mens.adres, looked=Deel.ADRES in mens.in_onderzoek)
    if mens.overleden:
        looked = Deel.OVERLIJDEN in mens.in_onderzoek
        yield Regel(_("Overleden"), (_datum(mens.overleden),), looked)


def _van_adres(adres: Adres, *, looked: bool) -> Iterator[Regel]:
    if adres.verblijf is Verblijf.ONBEKEND:
        yield Regel(_("Adres"), (_("Onbekend"),), looked)
    else:
        lines = (*adres.regels, adres.land) if adres.land else adres.regels
        yield Regel(_("Adres"), lines or ("–",), looked)
    if adres.sinds and adres.verblijf is Verblijf.NEDERLAND:
        yield Regel(_("Woont daar sinds"), (_datum(adres.sinds),))
    elif adres.sinds:
        yield Regel(_("Vertrokken uit Nederland op"), (_datum(adres.sinds),))


def _opmerkingen(mens: Persoon) -> Iterator[str]:
    """Yield what a citizen should know of how his data stand there."""
    if mens.geheim:
        yield _("Uw gegevens zijn geheim. Wij geven ze niet aan anderen, tenzij de wet dat eist.")
    if mens.in_onderzoek:
        yield _(
            "De gemeente waar u woont onderzoekt of uw gegevens kloppen. Is er iets van u nodig? "
            "Dan hoort u dat."
        )
    if mens.adres and mens.adres.woont_er_niet:
        yield _("Vastgesteld is dat u niet meer op dit adres woont. Geef door waar u nu woont.")
    if mens.adres and mens.adres.verblijf is Verblijf.ONBEKEND:
        yield _(
            "In de BRP staat niet waar u woont. Geef uw adres door, zodat de overheid u kan "
            "bereiken."
        )


def _geboren(mens: Persoon) -> tuple[str, ...]:
    place = mens.geboorteplaats
    country = mens.geboorteland
    where = ", ".join(each for each in (place, "" if country == "Nederland" else country) if each)
    when = _datum(mens.geboren) if mens.geboren else "–"
    return (when, where) if where else (when,)


def _van_onderneming(onderneming: Onderneming, vestiging: Vestiging | None) -> Iterator[Regel]:
    yield Regel(_("Naam"), (onderneming.naam or "–",))
    if onderneming.statutaire_naam not in ("", onderneming.naam):
        yield Regel(_("Statutaire naam"), (onderneming.statutaire_naam,))
    yield Regel(_("KVK-nummer"), (onderneming.kvk_nummer,))
    if onderneming.rechtsvorm:
        yield Regel(_("Rechtsvorm"), (onderneming.rechtsvorm,))
    shown = vestiging or onderneming.hoofdvestiging
    if shown:
        yield Regel(
            _("Vestiging") if vestiging else _("Hoofdvestiging"), (shown.naam or "–", shown.nummer)
        )
    names = (vestiging.handelsnamen if vestiging else ()) or onderneming.handelsnamen
    if names:
        yield Regel(_("Handelsnamen"), names)
    yield from map(_bedrijfsadres, vestiging.adressen if vestiging else onderneming.adressen)
    yield from _looptijd(onderneming)


def _looptijd(onderneming: Onderneming) -> Iterator[Regel]:
    words = tuple(each.omschrijving for each in onderneming.activiteiten)
    if words:
        yield Regel(_("Activiteiten"), words)
    if onderneming.begonnen:
        yield Regel(_("Begonnen op"), (_dag(onderneming.begonnen),))
    if onderneming.geeindigd:
        yield Regel(_("Beëindigd op"), (_dag(onderneming.geeindigd),))


def _bedrijfsadres(adres: Bedrijfsadres) -> Regel:
    kop = _(_ADRES.get(adres.soort, _POST))
    return Regel(kop, adres.regels or ((_("Afgeschermd"),) if adres.afgeschermd else ("–",)))


def _datum(datum: Datum) -> str:
    return _dag(datum.dag) if datum.dag else datum.tekst


def _dag(dag: date) -> str:
    return date_format(dag, "j F Y")
