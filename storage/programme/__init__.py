"""All territories at once, as the team of the programme follows them.

Knows campaigns, diagnostics and actions, as they are stored. Ignores scores: nothing here loads what computes.
"""
