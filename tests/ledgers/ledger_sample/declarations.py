"""The declarations of the sample."""

from gongjian.ledgers.declaration import Ledger, Placed, RecordKind
from ledger_sample.models import Visit, Yard, YardVersion


def _covered_when_open(values):
    if values["sort"] == "open" and values["covered"] is False and values["paved"] is False:
        return "covered", "露天堆场既没有苫盖也没有硬化，请核对"
    return None


YARDS = Ledger(
    slug="sample-yards",
    title="堆场台账",
    about="样例：各处堆场，以堆场编号为准。",
    unit="处",
    group="样例",
    model=Yard,
    versions=YardVersion,
    columns=(
        "code",
        "name",
        "sort",
        "use",
        "grade",
        "capacity",
        "area",
        "covered",
        "opened_on",
        "beside",
        "enterprise",
        "street",
        "department",
    ),
    filters=(
        "sort",
        "use",
        "grade",
        "covered",
        "paved",
        "street",
        "department",
        "capacity",
        "dust",
        "opened_on",
        "enterprise",
        "beside",
        "keeper",
    ),
    titles={"code": "堆场编号", "name": "堆场名称"},
    units={"capacity": "吨", "area": "㎡", "dust": "t/(km²·月)"},
    helps={"keeper": "平时在场的人"},
    searched=("keeper", "sort"),
    needed=("keeper",),
    rules=(_covered_when_open,),
    placed=Placed.AREA,
    names=("堆场清单",),
)
VISITS = RecordKind(
    slug="sample-visits",
    title="堆场巡查",
    about="样例：对堆场的巡查，每去一次登记一条。",
    unit="次",
    group="样例",
    model=Visit,
    ledger="sample-yards",
    strangers=True,
    key=("on", "label", "way"),
    columns=("on", "label", "way", "passed", "depth", "wind", "company", "street", "department"),
    filters=("passed", "way", "street", "department", "company", "depth"),
    titles={"label": "堆场编号", "on": "巡查日期"},
    units={"depth": "mm", "wind": "m/s"},
    result="passed",
    bad=(False,),
)
