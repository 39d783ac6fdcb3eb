"""Findings about the method: its rules in words, margins, both editions, robustness, what the grid is worth.

Knows how figures are made.
Ignores what they say of a territory.
"""
