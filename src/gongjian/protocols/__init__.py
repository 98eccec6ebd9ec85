"""Wire protocols as sans-IO codecs: bytes in, events out. Pure."""
