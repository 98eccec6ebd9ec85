"""Who did what when: append-only events, sealed in hash-chained batches."""
