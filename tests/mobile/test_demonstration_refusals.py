"""Where a made-up district may not be made."""

from datetime import date

import pytest
import stage

from gongjian.kernel.refusal import Refusal
from gongjian.mobile.demonstration.make import make_district
from gongjian.mobile.models import Vehicle

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2020, 1, 1), date(2020, 9, 30)


def test_departments_that_are_missing_are_named():
    stage.build()
    with pytest.raises(Refusal, match="缺少部门综合执法局"):
        make_district(SINCE, UNTIL, scale=1, seed=1, say=print)
    assert not Vehicle.objects.exists()
