"""The demonstration district's mobile sources: made up, the same for every seed, marked as simulated, tuned to nothing.

What is hidden from the ledgers (how carefully a company keeps its vehicles, how worn one of them is) decides what checks find, so that
what can be learnt from the records is there to be learnt, and no more.
"""
