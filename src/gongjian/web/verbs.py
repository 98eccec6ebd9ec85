"""Every verb of the log in Chinese."""

from gongjian.air.verbs import VERBS as AIR
from gongjian.alarms.verbs import VERBS as ALARMS
from gongjian.assessment.verbs import VERBS as ASSESSMENT
from gongjian.cases.verbs import VERBS as CASES
from gongjian.fieldwork.verbs import VERBS as FIELDWORK
from gongjian.files.verbs import VERBS as FILES
from gongjian.indicators.verbs import VERBS as INDICATORS
from gongjian.inspections.verbs import VERBS as INSPECTIONS
from gongjian.ledgers.verbs import VERBS as LEDGERS
from gongjian.mobile.verbs import VERBS as MOBILE
from gongjian.notices.verbs import VERBS as NOTICES
from gongjian.people.verbs import VERBS as PEOPLE
from gongjian.plans.verbs import VERBS as PLANS
from gongjian.supervision.verbs import VERBS as SUPERVISION
from gongjian.telemetry.verbs import VERBS as TELEMETRY

VERBS = {
    **PEOPLE,
    **FILES,
    **NOTICES,
    **LEDGERS,
    **TELEMETRY,
    **CASES,
    **ALARMS,
    **INDICATORS,
    **INSPECTIONS,
    **AIR,
    **MOBILE,
    **PLANS,
    **SUPERVISION,
    **ASSESSMENT,
    **FIELDWORK,
}
