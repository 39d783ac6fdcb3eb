"""Findings about the method: its rules in words, margins, both editions, robustness, statistics of the grid.

Knows how figures are computed.
Ignores what they say of a territory.
"""
