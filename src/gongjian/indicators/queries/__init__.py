"""Reading indicators: values, series, parts, standings, evidence, what was frozen."""
