"""Where files given with explanations are kept."""

from gongjian.files.keeping import Shelf

SHELF = Shelf("alarms")
