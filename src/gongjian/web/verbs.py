"""Every verb of the log in Chinese."""

from gongjian.air.verbs import VERBS as AIR
from gongjian.alarms.verbs import VERBS as ALARMS
from gongjian.cases.verbs import VERBS as CASES
from gongjian.indicators.verbs import VERBS as INDICATORS
from gongjian.ledgers.verbs import VERBS as LEDGERS
from gongjian.mobile.verbs import VERBS as MOBILE
from gongjian.notices.verbs import VERBS as NOTICES
from gongjian.people.verbs import VERBS as PEOPLE
from gongjian.plans.verbs import VERBS as PLANS
from gongjian.telemetry.verbs import VERBS as TELEMETRY

VERBS = {**PEOPLE, **NOTICES, **LEDGERS, **TELEMETRY, **CASES, **ALARMS, **INDICATORS, **AIR, **MOBILE, **PLANS}
