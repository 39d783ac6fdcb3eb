"""What a figure rests on: the terms it is made of, what would change it, what was expected.

Knows profiles and comparisons. Ignores how they are shown.
"""
