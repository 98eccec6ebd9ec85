"""Charts as SVG made on the server: no script, readable in print and without colour, each with a table beside it on the page."""
