"""GB 17691-2018 Annex Q, remote supervision of heavy-duty vehicles: bytes in, events out. No socket, no clock.

``decoding.Decoder`` reads a connection, ``frames.frame_bytes`` writes a frame, ``realtime`` reads and writes the information items in
the three layouts of the field, ``layouts.detect_layout`` tells which a vehicle speaks. GB/T 32960 is told apart and refused by name.
"""
