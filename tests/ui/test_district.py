"""What lies in the district."""

import pytest

from gongjian.kernel.geometry import area_km2
from gongjian.ui.district import district, in_district


def test_the_district_has_its_size():
    assert 55 < area_km2(district()) < 75


@pytest.mark.parametrize(
    ("lon", "lat", "inside"), [(116.51, 39.79, True), (116.39, 39.91, False), (39.79, 116.51, False), (121.5, 31.2, False)]
)
def test_its_middle_lies_in_it_and_other_cities_do_not(lon, lat, inside):
    assert in_district(lon, lat) is inside
