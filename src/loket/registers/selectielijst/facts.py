"""The published facts of the Selectielijst, read from the files beside this module."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

EDITIE = 2020


@dataclass(frozen=True, slots=True)
class Procestype:
    """Een groep processen met dezelfde kenmerken voor bewaren en vernietigen."""

    uuid: str
    nummer: int
    jaar: int
    naam: str
    omschrijving: str
    procesobject: str


@dataclass(frozen=True, slots=True)
class Resultaat:
    """Een uitkomst van een procestype met waardering en termijnen."""

    uuid: str
    procestype: Procestype
    generiek_resultaat: str | None
    nummer: int
    volledig_nummer: str
    naam: str
    omschrijving: str
    herkomst: str
    waardering: str
    procestermijn: str
    procestermijn_opmerking: str
    bewaartermijn: str | None
    taakgebieden: tuple[str, ...]

    @property
    def vervallen(self) -> bool:
        """Of het nummer niet meer in gebruik is."""
        return not self.waardering


@dataclass(frozen=True, slots=True)
class Resultaattypeomschrijving:
    """Een algemeen gehanteerde omschrijving van de aard van een resultaat."""

    uuid: str
    omschrijving: str
    definitie: str


@lru_cache(maxsize=1)
def procestypen() -> tuple[Procestype, ...]:
    """All procestypen, of every year in the list."""
    return tuple(Procestype(**row) for row in _rows("procestypen"))


@lru_cache(maxsize=1)
def resultaten() -> tuple[Resultaat, ...]:
    """All resultaten, in the order of the list."""
    by_uuid = {each.uuid: each for each in procestypen()}
    return tuple(
        Resultaat(
            uuid=row["uuid"],
            procestype=by_uuid[row["procesType"]],
            generiek_resultaat=row["generiekResultaat"],
            nummer=row["nummer"],
            volledig_nummer=row["volledigNummer"],
            naam=row["naam"],
            omschrijving=row["omschrijving"],
            herkomst=row["herkomst"],
            waardering=row["waardering"],
            procestermijn=row["procestermijn"],
            procestermijn_opmerking=row["procestermijnOpmerking"],
            bewaartermijn=row["bewaartermijn"],
            taakgebieden=tuple(row["taakgebieden"]),
        )
        for row in _rows("resultaten")
    )


@lru_cache(maxsize=1)
def resultaattypeomschrijvingen() -> tuple[Resultaattypeomschrijving, ...]:
    """All generic names of results."""
    return tuple(Resultaattypeomschrijving(**row) for row in _rows("resultaattypeomschrijvingen"))


def procestype(uuid: str) -> Procestype | None:
    """The procestype with that uuid."""
    return _by_uuid().procestypen.get(uuid)


def resultaat(volledig_nummer: str) -> Resultaat | None:
    """The resultaat with that full number, such as 8.3.5."""
    return _by_number().get(volledig_nummer)


def resultaat_by_uuid(uuid: str) -> Resultaat | None:
    """The resultaat with that uuid."""
    return _by_uuid().resultaten.get(uuid)


def resultaattypeomschrijving(omschrijving: str) -> Resultaattypeomschrijving | None:
    """The generic name that reads so, in capitals or not."""
    return _by_name().get(omschrijving.casefold())


@dataclass(frozen=True, slots=True)
class _ByUuid:
    procestypen: dict[str, Procestype]
    resultaten: dict[str, Resultaat]


@lru_cache(maxsize=1)
def _by_uuid() -> _ByUuid:
    return _ByUuid(
        {each.uuid: each for each in procestypen()}, {each.uuid: each for each in resultaten()}
    )


@lru_cache(maxsize=1)
def _by_number() -> dict[str, Resultaat]:
    return {each.volledig_nummer: each for each in resultaten()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Resultaattypeomschrijving]:
    return {each.omschrijving.casefold(): each for each in resultaattypeomschrijvingen()}


def _rows(name: str) -> list[dict[str, Any]]:
    source = files("loket.registers.selectielijst").joinpath(f"{name}.json")
    rows: list[dict[str, Any]] = json.loads(source.read_text("utf-8"))
    return rows
