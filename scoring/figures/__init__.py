"""What is published: base figures, hindsight, the rows and columns of tables.

Knows coded answers and the formulas. Ignores profiles, but for their rows.
"""
