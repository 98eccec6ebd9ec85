"""Made-up places for the style guide: the same for every number asked, gathered in clumps as workshops and building sites are."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from django import forms

from gongjian.ui.places import Area, MarkShape, Place, PlaceKind, PlaceStatus, payload

KINDS = [
    PlaceKind("enterprise", "涉气企业", "企", 1),
    PlaceKind("site", "施工工地", "工", 2),
    PlaceKind("canteen", "餐饮单位", "餐", 3),
    PlaceKind("outfall", "入河排口", "排", 4),
    PlaceKind("station", "监测站点", "测", 5),
    PlaceKind("land", "裸露地块", "裸", 6),
]
STATUSES = [
    PlaceStatus("open", "在用"),
    PlaceStatus("mending", "整改中", MarkShape.TRIANGLE, attention=True),
    PlaceStatus("done", "已销号", MarkShape.SQUARE, pale=True),
    PlaceStatus("closed", "已停用", MarkShape.DIAMOND, pale=True),
]
WEIGHTS = [70, 6, 16, 8]
CLUMPS = [(116.512, 39.792), (116.497, 39.762), (116.548, 39.803), (116.556, 39.78), (116.53, 39.765), (116.478, 39.757)]
BUILDING = (116.5123, 39.7911)  # every fortieth place stands in it, as the kitchens of one mall do
LANDS = [(116.4935, 39.7545, 0.005, 0.003), (116.5565, 39.7945, 0.004, 0.0035), (116.5245, 39.8145, 0.006, 0.0025)]  # lon, lat, half sides


class SpotForm(forms.Form):
    """Where a thing stands."""

    lon = forms.FloatField(label="经度", initial=116.512, widget=forms.NumberInput(attrs={"step": "0.000001"}))
    lat = forms.FloatField(label="纬度", initial=39.792, widget=forms.NumberInput(attrs={"step": "0.000001"}))


class ExtentForm(SpotForm):
    """Where a thing stands and how far it reaches."""

    shape = forms.CharField(label="范围", required=False, widget=forms.Textarea(attrs={"rows": 3}))


@cache
def places_sample(n: int) -> bytes:
    """The payload of ``n`` places, three areas and twelve entries without a place."""
    return payload(KINDS, STATUSES, _places(n), _areas(), unplaced=12)


def atlas_sample(n: int) -> dict[str, Any]:
    """Context of the page that shows the maps."""
    return {
        "n": n,
        "listed": _places(n)[:20],
        "form": SpotForm(),
        "extent": ExtentForm(prefix="extent"),
        "nav": [{"title": "作战图", "url": "#", "icon": "map-2", "active": True}],
    }


def _places(n: int) -> list[Place]:
    dice = random.Random(n)  # noqa: S311 - a picture, not a secret  # nosec B311
    return [_place(dice, number) for number in range(1, n + 1)]


def _place(dice: random.Random, number: int) -> Place:
    lon, lat = dice.choice(CLUMPS)
    kind = dice.choices(KINDS[:5], [40, 20, 30, 6, 4])[0]
    status = dice.choices(STATUSES, WEIGHTS)[0]
    if number % 40 == 0:
        return Place(number, kind.slug, status.slug, *BUILDING, f"同楼{kind.title}{number}号", f"LOU-{number:05}")
    name = f"示例{kind.title}{number}号"
    return Place(
        number, kind.slug, status.slug, dice.gauss(lon, 0.011), dice.gauss(lat, 0.008), name, f"{kind.slug[:2].upper()}-{number:05}"
    )


def _areas() -> list[Area]:
    return [
        Area(900_000 + number, "land", "mending" if number == 1 else "open", _box(*land), f"示例地块{number}", f"LD-{number:03}")
        for number, land in enumerate(LANDS, start=1)
    ]


def _box(lon: float, lat: float, half_width: float, half_height: float) -> dict[str, Any]:
    west, east, south, north = lon - half_width, lon + half_width, lat - half_height, lat + half_height
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}
