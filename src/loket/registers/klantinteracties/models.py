"""The records of the register, for Django to find."""

from loket.registers.klantinteracties.actor import Actor
from loket.registers.klantinteracties.actorklantcontact import ActorKlantcontact
from loket.registers.klantinteracties.betrokkene import Betrokkene
from loket.registers.klantinteracties.bijlage import Bijlage
from loket.registers.klantinteracties.categorie import Categorie
from loket.registers.klantinteracties.categorierelatie import CategorieRelatie
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres
from loket.registers.klantinteracties.internetaak import InterneTaak
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.onderwerpobject import Onderwerpobject
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.partijidentificator import PartijIdentificator
from loket.registers.klantinteracties.rekeningnummer import Rekeningnummer
from loket.registers.klantinteracties.vertegenwoordiging import Vertegenwoordiging

__all__ = [
    "Actor",
    "ActorKlantcontact",
    "Betrokkene",
    "Bijlage",
    "Categorie",
    "CategorieRelatie",
    "DigitaalAdres",
    "InterneTaak",
    "Klantcontact",
    "Onderwerpobject",
    "Partij",
    "PartijIdentificator",
    "Rekeningnummer",
    "Vertegenwoordiging",
]
