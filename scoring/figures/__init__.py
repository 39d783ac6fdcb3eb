"""The published figures: base figures, hindsight, the rows of tables.

Knows coded answers and formulas. Ignores profiles, except their rows.
"""
