"""Exports to test with: the municipality's own, a rich one, and small ones made on the spot."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from loket.registers.catalogi.inavigator.mapping import plan_catalogus
from loket.registers.catalogi.inavigator.parsing import read_procesmodel
from loket.registers.catalogi.inavigator.reader import InavigatorError

if TYPE_CHECKING:
    from loket.registers.catalogi.inavigator.model import Procesmodel
    from loket.registers.catalogi.inavigator.plans.plan import Mapping, Plan

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
REAL = SHARED / "data" / "inavigator" / "gemeente-export.xml"
RICH = Path(__file__).parent / "inavigator" / "rich.xml"
SPECIFICATION = SHARED / "standards" / "serve" / "zgw-catalogi-1.3.3.vng.yaml"

PREAMBULE = """<preambule><datum>2024-03-01T08:00:00</datum><beheersapplicatie>iNavigator
</beheersapplicatie><gebruiker>beheer</gebruiker><specificatieversie>ICR1.5.13
</specificatieversie></preambule>"""


def understand(content: str | bytes) -> Procesmodel:
    """Read an export that is not in a file."""
    raw = content.encode() if isinstance(content, str) else content
    return read_procesmodel(io.BytesIO(raw))


def plan(content: str | bytes | Path) -> Mapping:
    """Plan the import of an export."""
    model = read_procesmodel(content) if isinstance(content, Path) else understand(content)
    return plan_catalogus(model, domein="INAV", rsin="002564440")


def attempt(content: bytes) -> Mapping | InavigatorError:
    """Plan what may be broken; any other exception is a failure of the test."""
    try:
        return plan(content)
    except InavigatorError as error:
        return error


def export(inside: str = "", lists: str = "") -> str:
    """Make an export with one proces that holds what is given."""
    proces = f"<proces id='P1'>{inside or velden(naam='Iets behandelen')}</proces>"
    nil = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
    return f"<dsp {nil}>{PREAMBULE}{lists}<processen>{proces}</processen></dsp>"


def velden(**texts: str) -> str:
    """Make the fields of an element; an underscore stands for a hyphen."""
    parts = (
        f"<{name.replace('_', '-')}>{text}</{name.replace('_', '-')}>"
        for name, text in texts.items()
    )
    return f"<velden>{''.join(parts)}</velden>"


def part(name: str, fields: str, *, extra: str = "", number: int = 1) -> str:
    """Make a proces with one part, such as a statustype."""
    container = {"zaakeigenschap": "zaakeigenschappen"}.get(name, f"{name}n")
    element = f"<{name} id='X1' volgnummer='{number}'>{fields}{extra}</{name}>"
    return f"{velden(naam='Iets behandelen')}<{container}>{element}</{container}>"


def first(mapping: Mapping, kind: str, key: str | None = None) -> Plan:
    """Find a plan by its kind and, where there are more, its key."""
    return next(p for p in mapping.plans if p.kind == kind and key in {None, p.key})


def rich(kind: str, key: str | None = None) -> Plan:
    """Find a plan of the rich export."""
    return first(plan(RICH), kind, key)
