"""The office that assesses the invented county, step by step."""

import re
from dataclasses import dataclass

from stage import at

from gongjian.assessment.actions import objecting
from gongjian.assessment.actions.drafting import draft
from gongjian.assessment.actions.stepping import publish, send_out
from gongjian.assessment.freezing import rows_of
from gongjian.assessment.models import Score
from gongjian.indicators.periods import parse_period
from gongjian.people.models import Department

EVERYBODY = ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]
SEPTEMBER = parse_period("2020-09")


def words(answer):
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@dataclass(frozen=True)
class Office:
    """People and departments by name; everything is read afresh."""

    town: object

    def user(self, name):
        return name and self.town.user(name)

    def department(self, name):
        return Department.objects.get(name=name)

    def drafted(self, period=SEPTEMBER, moment=None):
        return draft(period, by=self.user("tongchou"), at=moment or at(10, 9))

    def sent(self, period=SEPTEMBER, moment=None):
        moment = moment or at(10, 9)
        return send_out(self.drafted(period, moment), by=self.user("tongchou"), at=moment)

    def score(self, assessment, name):
        return Score.objects.get(assessment=assessment, department__name=name)

    def rows(self, assessment, name, item):
        return rows_of(self.score(assessment, name).facts).get(item, [])

    def objected(self, assessment, name="城建局", item="reports", row=None, by="chengjian", moment=None, **more):
        row = self.rows(assessment, name, item)[0].key if row is None else row
        return objecting.object_to(
            assessment, self.department(name), item, row, "有签收记录", by=self.user(by), at=moment or at(10, 12), **more
        )

    def corrected(self, objection, share=100, moment=None):
        moment = moment or at(10, 13)
        objection = objecting.propose(objection, share, "属实", by=self.user("tongchou"), at=moment)
        return objecting.approve(objection, by=self.user("tongchou-er"), at=moment)

    def published(self, assessment=None, moment=None):
        assessment = assessment or self.sent()
        return publish(assessment, by=self.user("tongchou"), at=moment or at(10, 16))
