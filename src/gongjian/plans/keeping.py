"""Where the files shown for reports and contributions are kept."""

from gongjian.files.keeping import Shelf

SHELF = Shelf("reports")
