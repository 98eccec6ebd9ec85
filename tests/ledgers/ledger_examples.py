"""One example of every table of this room and of the sample: what somebody would fill in."""

from datetime import UTC, date, datetime
from decimal import Decimal

EXAMPLES = {
    "enterprises": {
        "code": "91350100M000100Y43",
        "name": "滨县通达机械有限公司",
        "industry": "C36",
        "street": "滨河街道",
        "address": "河滨路1号",
        "lon": 116.5,
        "lat": 39.75,
        "legal_person": "林远",
        "contact": "周敏",
        "phone": "010-67880001",
    },
    "sample-yards": {
        "code": "Y-001",
        "name": "河东堆场",
        "enterprise": "91350100M000100Y43",
        "street": "滨河街道",
        "address": "河滨路1号",
        "lon": 116.5,
        "lat": 39.75,
        "shape": {"type": "Polygon", "coordinates": [[[116.49, 39.74], [116.51, 39.74], [116.51, 39.76], [116.49, 39.74]]]},
        "keeper": "周敏",
        "story": "年初排查发现",
        "sort": "open",
        "use": "coal",
        "grade": 2,
        "capacity": 1200,
        "area": 350.5,
        "dust": Decimal("5.25"),
        "covered": True,
        "paved": False,
        "opened_on": date(2018, 6, 1),
    },
    "sample-visits": {
        "on": date(2020, 5, 6),
        "label": "Y-001",
        "street": "滨河街道",
        "way": "walk",
        "passed": False,
        "depth": 12,
        "wind": Decimal("2.5"),
        "left_at": datetime(2020, 5, 6, 2, 30, tzinfo=UTC),
        "company": "91350100M000100Y43",
    },
}
