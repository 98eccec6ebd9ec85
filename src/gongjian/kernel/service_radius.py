"""The mean service radius (平均服务半径): how far from the nearest station a place in a district is, on average over its area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongjian.kernel.geometry import Point, Polygon, centroid, on_plane

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_CELLS = 2_000_000


def mean_nearest_distance(area: Polygon, stations: Iterable[Point], step_km: float) -> float:
    """Area-weighted mean, in kilometres, of the straight distance from each place of ``area`` to the nearest of ``stations``.

    The area is cut into squares of ``step_km``, those on its border clipped to it; each piece counts by its area and the distance
    from its centre of gravity. As no place of a piece is further than the square's diagonal from there and distance changes no
    faster than one walks, the result is off by less than 0.71 ``step_km``; away from stations and from the lines halfway between
    them the error is of the second order, in practice a few thousandths of the step. Stations outside the area count as well.

    ValueError without stations, for a step that is not positive, or for one so small that it makes over ``MOST_CELLS`` squares.
    """
    import numpy as np  # noqa: PLC0415

    from gongjian.kernel.planes import Plane  # noqa: PLC0415

    places = sorted(set(stations))  # in one order, so that the sum is the same to the last bit
    if not places:
        msg = "no mean distance without a station"
        raise ValueError(msg)
    weights, east, north = _pieces(on_plane(area), step_km)
    station_east, station_north = Plane(*centroid(area)).place([one.lon for one in places], [one.lat for one in places])
    nearest = np.full(len(weights), np.inf)
    for x, y in zip(station_east, station_north, strict=True):
        np.minimum(nearest, (east - x) ** 2 + (north - y) ** 2, out=nearest)
    return float(np.average(np.sqrt(nearest), weights=weights))


def _pieces(shape: shapely.MultiPolygon, step: float) -> tuple[Floats, Floats, Floats]:
    """Area and centre of gravity of each square of the grid, clipped to the shape; squares outside are left out.

    The shape is cut into rows first: cutting a short piece by a square is cheap, cutting a border of a thousand points is not.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    west, south, east, north = shape.bounds
    if not step > 0 or (east - west) * (north - south) / step**2 > MOST_CELLS:
        msg = f"a step of {step} km is not positive, or too small for this area"
        raise ValueError(msg)
    lefts, bottoms = np.arange(west, east, step), np.arange(south, north, step)
    rows = shapely.intersection(shape, shapely.box(west, bottoms, east, bottoms + step))
    row, column = (axis.ravel() for axis in np.indices((len(bottoms), len(lefts))))
    squares = shapely.box(lefts[column], bottoms[row], lefts[column] + step, bottoms[row] + step)
    shapely.prepare([shape, *rows])
    whole = shapely.contains_properly(shape, squares)
    cut = ~whole & shapely.intersects(rows[row], squares)
    squares[cut] = shapely.intersection(rows[row[cut]], squares[cut])
    kept = squares[whole | cut]
    areas, centres = shapely.area(kept), shapely.centroid(kept)
    some = areas > 0
    return areas[some], shapely.get_x(centres)[some], shapely.get_y(centres)[some]
