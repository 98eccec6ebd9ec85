"""The closed loop (问题闭环): found, handed over, signed for, dealt with, fed back, verified, closed."""
