"""Explanation of figures: the terms they are made of, what would change them, what was expected.

Knows profiles and comparisons. Ignores how they are shown.
"""
