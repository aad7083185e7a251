"""The records of the register, for Django to find."""

from loket.registers.klantinteracties import (
    bekend_maken,
    bereiken,
    maken,
    onderneming,
    onderwerpobject_verwijderen,
    verifieren,
    zoeken,
)
from loket.registers.klantinteracties.actor import Actor
from loket.registers.klantinteracties.actorklantcontact import ActorKlantcontact
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.bereikbaarheid import Bereikbaarheid
from loket.registers.klantinteracties.betrokkene import Betrokkene
from loket.registers.klantinteracties.bijlage import Bijlage
from loket.registers.klantinteracties.categorie import Categorie
from loket.registers.klantinteracties.categorierelatie import CategorieRelatie
from loket.registers.klantinteracties.contactinstellingen import Contactinstellingen
from loket.registers.klantinteracties.contactnorm import Contactnorm
from loket.registers.klantinteracties.contactvoorkeur import Contactvoorkeur
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres
from loket.registers.klantinteracties.gesprek import Gesprek
from loket.registers.klantinteracties.internetaak import InterneTaak
from loket.registers.klantinteracties.klantcontact import VERSIE, Klantcontact
from loket.registers.klantinteracties.onderwerpobject import Onderwerpobject
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.partijidentificator import PartijIdentificator
from loket.registers.klantinteracties.referentiewaarde import Referentiewaarde
from loket.registers.klantinteracties.rekeningnummer import Rekeningnummer
from loket.registers.klantinteracties.samenvoeging import Samenvoeging
from loket.registers.klantinteracties.samenvoegregel import Samenvoegregel
from loket.registers.klantinteracties.samenvoegvoorstel import Samenvoegvoorstel
from loket.registers.klantinteracties.vertegenwoordiging import Vertegenwoordiging
from loket.registers.klantinteracties.wijzigingsgrond import Wijzigingsgrond

__all__ = [
    "VERSIE",
    "Actor",
    "ActorKlantcontact",
    "Adresverificatie",
    "Bereikbaarheid",
    "Betrokkene",
    "Bijlage",
    "Categorie",
    "CategorieRelatie",
    "Contactinstellingen",
    "Contactnorm",
    "Contactvoorkeur",
    "DigitaalAdres",
    "Gesprek",
    "InterneTaak",
    "Klantcontact",
    "Onderwerpobject",
    "Partij",
    "PartijIdentificator",
    "Referentiewaarde",
    "Rekeningnummer",
    "Samenvoeging",
    "Samenvoegregel",
    "Samenvoegvoorstel",
    "Vertegenwoordiging",
    "Wijzigingsgrond",
    "bekend_maken",
    "bereiken",
    "maken",
    "onderneming",
    "onderwerpobject_verwijderen",
    "verifieren",
    "zoeken",
]
