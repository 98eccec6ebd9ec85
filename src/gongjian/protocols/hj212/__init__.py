"""HJ 212, the protocol of monitoring instruments: bytes in, events out; messages in, bytes out. No socket, no clock.

``decoding.Decoder`` reads a connection, ``messages.send`` writes a message, ``requests``, ``answers`` and ``uploads`` make messages,
``contents`` says what a packet means, ``assembling`` joins what was split. Editions: HJ/T 212-2005 and HJ 212-2017 as read in the
standards; of 2025 only what others' code tells, behind the profile ``profiles.SECOND_HAND_2025``.
"""
