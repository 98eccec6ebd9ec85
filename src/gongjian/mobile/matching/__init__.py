"""Which records answer which: pure rules over plain rows, told vehicle by vehicle."""
