"""Where the evidence of orders is kept."""

from gongjian.files.keeping import Shelf

SHELF = Shelf("orders")
