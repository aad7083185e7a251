"""What is brought over from Open Klant, in the order in which its records refer to each other.

Its lists give everything, a hundred at a time, so nothing is asked record by record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loket.registers.contactgegevens.organisatie import organisaties
from loket.registers.contactgegevens.persoon import personen
from loket.registers.klantinteracties.actor import actoren
from loket.registers.klantinteracties.actorklantcontact import actorklantcontacten
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.bijlage import bijlagen
from loket.registers.klantinteracties.categorie import categorieen
from loket.registers.klantinteracties.categorierelatie import categorie_relaties
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.registers.klantinteracties.rekeningnummer import rekeningnummers
from loket.registers.klantinteracties.vertegenwoordiging import vertegenwoordigingen
from loket.services.verhuizing.plan import Main

if TYPE_CHECKING:
    from loket.grammar.resource import Resource


def _main(resource: Resource, above: str = "", late: tuple[str, ...] = ()) -> Main:
    return Main("klantinteracties", resource, above=above, late=late)


INTERACTIES: Final = (
    _main(actoren),
    _main(categorieen),
    _main(
        partijen,
        above="partijIdentificatie.werkteVoorPartij",
        late=("voorkeursDigitaalAdres", "voorkeursRekeningnummer"),
    ),
    _main(rekeningnummers),
    _main(partij_identificatoren, above="subIdentificatorVan"),
    _main(categorie_relaties),
    _main(vertegenwoordigingen),
    _main(klantcontacten),
    _main(betrokkenen),
    _main(digitaleadressen),
    _main(bijlagen),
    _main(actorklantcontacten),
    _main(onderwerpobjecten),
    _main(internetaken),
    Main("contactgegevens", personen, recent=True),
    Main("contactgegevens", organisaties, recent=True),
)
