"""The circular (通报): drafted from a frozen assessment, as a page and as a document."""
