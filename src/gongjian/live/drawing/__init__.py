"""Pictures of this room, drawn on the server as SVG."""
