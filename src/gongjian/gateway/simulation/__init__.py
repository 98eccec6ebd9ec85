"""The other end of the wire: devices that upload, check every answer, send again what was not answered and answer what they are asked."""
