"""What a connection means: bytes in; rows to keep with the answers they earn, requests, refusals out. No socket, no clock, no database."""
