"""Supervision orders (督办单): issued by rule or by a person, signed for, answered, reviewed, cleared with evidence by somebody else."""
