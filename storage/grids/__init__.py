"""The library of grids: what campaigns can be opened on, which grid is the default, which are withdrawn from use.

Knows how a grid is stored, under its id and version; what enters never changes.
Ignores campaigns: each keeps its own frozen copy of its grid.
"""
