"""Files shown for reports and contributions, for those who may see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from gongjian.kernel.months import Month
from gongjian.people.models import User
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.plans.models import Contribution, Measure, ReportFile
from gongjian.plans.queries.contributions import assisting
from gongjian.plans.queries.reports import lead_departments


def require_sight(measure: Measure, *, by: User, at: datetime) -> None:
    """Whoever leads or assists may see the measure's reports, and whoever sees every report; ``Forbidden`` for anybody else."""
    departments = [*lead_departments(measure, at), *assisting(measure, at).welcome]
    require(by, Permission.REPORT_VIEW, departments=departments)


def may_read(contribution: Contribution, by: User) -> bool:
    """Whether somebody who may see the report may read a contribution: its own department always, others once it is handed in."""
    return not contribution.is_open or may(by, Permission.REPORT_WRITE, departments=[contribution.department_id])


def seen_file(measure: Measure, month: Month, file: int, *, by: User, at: datetime) -> ReportFile | None:
    """The file of that number, where it belongs to the month's report and ``by`` may read it.

    ``Forbidden`` where the report is not theirs to see.
    """
    require_sight(measure, by=by, at=at)
    of_report = Q(report__measure=measure, report__month=month.first)
    of_contribution = Q(contribution__measure=measure, contribution__month=month.first)
    found = ReportFile.objects.select_related("contribution").filter(of_report | of_contribution, pk=file).first()
    return found if found is None or found.contribution is None or may_read(found.contribution, by) else None
