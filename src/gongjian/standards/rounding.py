"""Rounding by GB/T 8170-2008: half to even on exact ties."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

Number = Decimal | int | float | str

_WIDE = Context(prec=60)  # no step of the rounding may itself round
_FIGURES = 12


def exact(value: Number) -> Decimal:
    """The decimal number that ``value`` stands for; ValueError for what is no finite number.

    Text, integers and decimals are taken as they are. A float is read to 12 significant figures, so that the dust of adding
    binary fractions (0.6500000000000001) does not decide a tie that the measured decimals leave open.
    """
    number = Decimal(format(value, f".{_FIGURES}g")) if isinstance(value, float) else _parsed(value)
    if not number.is_finite():
        msg = f"not a finite number: {value!r}"
        raise ValueError(msg)
    return number


def round_to_interval(value: Number, interval: Number) -> Decimal:
    """``value`` rounded to a multiple of the rounding interval (修约间隔), GB/T 8170-2008 3.1 to 3.4.

    An exact tie goes to the even multiple; a negative number is rounded as its absolute value. The intervals 0.5 and 0.2 units
    of clause 3.4 are the same rule. Clause numbers from memory. Raises ValueError when the interval is not positive.
    """
    step = exact(interval)
    if step <= 0:
        msg = f"a rounding interval is positive, not {interval!r}"
        raise ValueError(msg)
    multiples = _WIDE.divide(exact(value), step).to_integral_value(ROUND_HALF_EVEN)
    return _WIDE.multiply(multiples, step)


def round_half_even(value: Number, places: int = 0) -> Decimal:
    """``value`` rounded to ``places`` decimals (negative: to tens, hundreds) by GB/T 8170-2008 3.2, 四舍六入五成双, in one step (3.3).

    >>> round_half_even("2.50"), round_half_even("2.501"), round_half_even(37.45, 1)
    (Decimal('2'), Decimal('3'), Decimal('37.4'))
    """
    return exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, _WIDE)


def _parsed(value: Decimal | int | str) -> Decimal:
    try:
        return Decimal(value)
    except ArithmeticError:
        msg = f"not a number: {value!r}"
        raise ValueError(msg) from None
