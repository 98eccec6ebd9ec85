"""Where the evidence of cases is kept."""

from gongjian.files.keeping import Shelf

SHELF = Shelf("cases")
