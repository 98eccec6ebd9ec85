"""The tables of this room."""

from gongjian.supervision.models.evidence import OrderEvidence
from gongjian.supervision.models.order import AWAITS_DEPARTMENT, OPEN, Order, OrderState
from gongjian.supervision.models.rules import Colour, LadderRung, OrderRule, Wait
from gongjian.supervision.models.steps import OrderFact, OrderStep, RungClimbed

__all__ = [
    "AWAITS_DEPARTMENT",
    "OPEN",
    "Colour",
    "LadderRung",
    "Order",
    "OrderEvidence",
    "OrderFact",
    "OrderRule",
    "OrderState",
    "OrderStep",
    "RungClimbed",
    "Wait",
]
