"""Every verb of the log in Chinese."""

from gongjian.indicators.verbs import VERBS as INDICATORS
from gongjian.people.verbs import VERBS as PEOPLE
from gongjian.plans.verbs import VERBS as PLANS

VERBS = {**PEOPLE, **INDICATORS, **PLANS}
