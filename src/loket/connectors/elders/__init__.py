"""Zaken at other organisations: at their MijnServices, or at plain ZGW registers."""

from loket.connectors.asking import BevragenMislukt
from loket.connectors.elders.mijnservices import mijn_zaken
from loket.connectors.elders.values import Client, Nummers, ZaakElders
from loket.connectors.elders.zgw import zgw_zaken

__all__ = ["BevragenMislukt", "Client", "Nummers", "ZaakElders", "mijn_zaken", "zgw_zaken"]
