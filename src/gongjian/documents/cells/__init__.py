"""What stands in a cell, read as what it is meant to be; a reader raises BadCell with a short Chinese reason.

Every reader takes a ``Raw`` value of a sheet. A blank is "没有填写" to all but ``read_text``, which gives "": where a column may be left
blank, ask ``is_blank`` first.
"""

from gongjian.documents.cells.choices import Choices, read_boolean
from gongjian.documents.cells.days import read_date, read_moment, read_month
from gongjian.documents.cells.numbers import read_decimal, read_degrees, read_integer, read_percentage
from gongjian.documents.cells.raw import BadCell, ErrorCell, Raw, is_blank
from gongjian.documents.cells.texts import read_text

__all__ = [
    "BadCell",
    "Choices",
    "ErrorCell",
    "Raw",
    "is_blank",
    "read_boolean",
    "read_date",
    "read_decimal",
    "read_degrees",
    "read_integer",
    "read_moment",
    "read_month",
    "read_percentage",
    "read_text",
]
