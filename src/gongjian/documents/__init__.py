"""Tables and paragraphs from txt, docx, xlsx, html and pdf files. Pure: no framework, no I/O beyond a path it is handed."""

from gongjian.documents.grid import PERHAPS, Cell, Document, DocumentError, Paragraph, Spot, Table
from gongjian.documents.opening import LIMIT_BYTES, open_document, read_document

__all__ = ["LIMIT_BYTES", "PERHAPS", "Cell", "Document", "DocumentError", "Paragraph", "Spot", "Table", "open_document", "read_document"]
