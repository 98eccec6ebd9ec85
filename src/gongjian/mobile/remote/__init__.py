"""What a heavy diesel vehicle that reports by itself (GB 17691-2018 Annex Q) tells: trips, urea, NOx, signs. Pure: no Django, no I/O.

From frames to ``Seconds`` (``seconds``), from these to ``Day`` (``days``): trips, sums, and signs for an inspector to look into. A sign is
a finding with its figures and its time, never a verdict; nothing is left out of the data because of it.
"""
