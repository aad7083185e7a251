"""From the elements of an export to a Procesmodel; refuses what is not such an export."""

import re
from pathlib import Path
from typing import BinaryIO

from loket.registers.catalogi.inavigator import reader
from loket.registers.catalogi.inavigator.fields import Velden, members, only, required
from loket.registers.catalogi.inavigator.lists import NAMED, SOORTEN, read_lists
from loket.registers.catalogi.inavigator.model import Procesmodel
from loket.registers.catalogi.inavigator.processen import parse_proces
from loket.registers.catalogi.inavigator.reader import Element

VERSION = re.compile(r"ICR\s*1\.5(\.\d+)*")
LEFT_OUT = frozenset({"verwijderde-objecten", "classificaties"})
KNOWN = (
    LEFT_OUT
    | SOORTEN.keys()
    | NAMED.keys()
    | {
        "preambule",
        "regeldefinities",
        "waardesets",
        "metadatadefinities",
        "processen",
    }
)


def read_procesmodel(source: Path | BinaryIO, *, max_bytes: int = reader.MAX_BYTES) -> Procesmodel:
    """Read an export; raises InavigatorError with line and column when that cannot be done."""
    return parse(reader.read(source, leave_out=LEFT_OUT, max_bytes=max_bytes))


def parse(root: Element) -> Procesmodel:
    """The process model that stands in the root element."""
    if root.name != "dsp":
        name = root.name.rpartition(" ")[2]
        raise root.fault(f"Dit is geen export van i-Navigator: verwacht <dsp>, gevonden <{name}>.")
    preambule = Velden(root, box="preambule")
    versie = required(preambule.element, "specificatieversie")
    if not VERSION.fullmatch(versie.text):
        raise versie.fault(f"Specificatieversie '{versie.text[:40]}' is niet ICR 1.5.")
    datum = preambule.day("datum")
    if datum is None:
        raise preambule.element.fault("In <preambule> ontbreekt de <datum> van de export.")
    required(root, "processen")
    only(root, KNOWN)
    lists = read_lists(root)
    return Procesmodel(
        datum=datum,
        beheersapplicatie=preambule.text("beheersapplicatie"),
        gebruiker=preambule.text("gebruiker"),
        specificatieversie=versie.text,
        processen=tuple(
            parse_proces(element, lists) for element in members(root, "processen", "proces")
        ),
    )
