"""A plan as a document: read, understood, held beside another. Pure: no framework, no I/O beyond a path it is handed."""
