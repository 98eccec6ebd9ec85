"""Where the evidence of tasks is kept."""

from gongjian.files.keeping import Shelf

SHELF = Shelf("tasks")
