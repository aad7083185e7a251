from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.zaaktype import ZaakType

__all__ = ["Catalogus", "ZaakType"]
