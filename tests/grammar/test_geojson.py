"""What is kept as a geometry is one, by the letter of RFC 7946."""

from __future__ import annotations

from typing import Any

import pytest

from loket.grammar.geojson import shape_of
from loket.kernel.problems import InvalidValue

SQUARE = [[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]
POINT = {"type": "Point", "coordinates": [5, 52]}


def collected(times: int) -> dict[str, Any]:
    """Return a point inside as many collections."""
    made: dict[str, Any] = POINT
    for _ in range(times):
        made = {"type": "GeometryCollection", "geometries": [made]}
    return made


@pytest.mark.parametrize(
    "raw",
    [
        POINT,
        {"type": "Point", "coordinates": [5.1, 52.2, -3]},
        {"type": "MultiPoint", "coordinates": [[5, 52]]},
        {"type": "LineString", "coordinates": [[5, 52], [6, 52]]},
        {"type": "MultiLineString", "coordinates": [[[5, 52], [6, 52]]]},
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        collected(8),
    ],
)
def test_geometries_are_taken(raw: Any) -> None:
    assert not shape_of(raw).is_empty


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"type": ["Point"], "coordinates": [5, 52]},
        {"type": "Feature", "geometry": POINT},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [5]},
        {"type": "Point", "coordinates": [5, 52, 3, 4]},
        {"type": "Point", "coordinates": ["5", "52"]},
        {"type": "Point", "coordinates": [True, 52]},
        {"type": "Point", "coordinates": [[5, 52]]},
        {"type": "Point", "coordinates": [1e300, 52]},
        {"type": "Point", "coordinates": [10**400, 52]},
        {"type": "MultiPoint", "coordinates": []},
        {"type": "LineString", "coordinates": [[5, 52]]},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
        {"type": "Polygon", "coordinates": [[[5, 52], [6, 52], [5, 52]]]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE[:-1]]]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "GeometryCollection", "geometries": {"0": POINT}},
        {"type": "GeometryCollection", "geometries": [{"type": "Feature"}]},
        collected(9),
        collected(300),
    ],
)
def test_what_is_no_geometry_is_refused(raw: Any) -> None:
    with pytest.raises(InvalidValue):
        shape_of(raw)
