"""Every verb of the log in Chinese."""

from gongjian.people.verbs import VERBS as PEOPLE
from gongjian.plans.verbs import VERBS as PLANS

VERBS = {**PEOPLE, **PLANS}
