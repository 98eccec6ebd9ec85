"""A month in an address: 2020-09."""

from gongjian.kernel.months import Month


class MonthConverter:
    """``2020-09`` in, ``Month`` out."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        """ValueError (a 404) on a month that is none."""
        return Month.parse(value)

    def to_url(self, value: Month | str) -> str:
        """Back to words."""
        return str(value)
