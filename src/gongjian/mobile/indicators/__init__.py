"""The indicators of mobile sources: measures A2 to A9 of the plan."""

from gongjian.mobile.indicators.charging import RADIUS
from gongjian.mobile.indicators.checking import PASS_RATE, UPLIFT
from gongjian.mobile.indicators.counted import COUNTED
from gongjian.mobile.indicators.feedback import FEEDBACK
from gongjian.mobile.indicators.nitrogen import NOX
from gongjian.mobile.indicators.remote import REMOTE
from gongjian.mobile.indicators.stocks import STOCKS
from gongjian.mobile.indicators.verification import VERIFIED

INDICATORS = (NOX, *COUNTED, *REMOTE, *STOCKS, RADIUS, PASS_RATE, VERIFIED, FEEDBACK, UPLIFT)

__all__ = ["INDICATORS"]
