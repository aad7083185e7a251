"""GeoJSON geometries (RFC 7946), checked before they are kept as they were given."""

from __future__ import annotations

from typing import Any, Final

import shapely
import shapely.geometry

from loket.kernel.problems import InvalidValue

_DEPTHS: Final = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
    "MultiPolygon": 3,
}  # fmt: skip
"""How many lists there are around the positions of each kind."""

_DEEPEST: Final = 8
"""How many collections may stand in each other."""


def shape_of(raw: Any) -> Any:
    """Return the shapely geometry of a GeoJSON object, or raise InvalidValue."""
    if not _is_geometry(raw, _DEEPEST):
        raise InvalidValue("invalid", "Dit is geen geldige GeoJSON-geometrie.")
    try:
        shape = shapely.geometry.shape(raw)
        bounds = shape.bounds
    except (ValueError, TypeError, OverflowError, shapely.GEOSException):
        raise InvalidValue("invalid", "Dit is geen geldige GeoJSON-geometrie.") from None
    if shape.is_empty or not all(abs(number) < 1e12 for number in bounds):
        raise InvalidValue("invalid", "Deze geometrie is leeg of ligt buiten de aarde.")
    return shape


def _is_geometry(raw: Any, deepest: int) -> bool:
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        return False
    kind = raw["type"]
    inside: Any = raw.get("coordinates")
    if kind == "GeometryCollection":
        parts: Any = raw.get("geometries")
        return bool(deepest and isinstance(parts, list)) and all(
            _is_geometry(part, deepest - 1) for part in parts
        )
    if kind not in _DEPTHS or not _is_nested(inside, _DEPTHS[kind]):
        return False
    areas: Any = {"Polygon": [inside], "MultiPolygon": inside}.get(kind, [])
    return all(_is_closed(ring) for area in areas for ring in area)


def _is_nested(value: Any, depth: int) -> bool:
    """Tell whether a value is a position, inside `depth` lists."""
    if not isinstance(value, list):
        return False
    if depth:
        return all(_is_nested(each, depth - 1) for each in value)
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    return numbers and len(value) in (2, 3)


def _is_closed(ring: list[Any]) -> bool:
    """Tell whether a ring ends where it began, with an area between."""
    return len(ring) >= 4 and ring[0] == ring[-1]
