"""What a published version of a grid is given later: its easy wording, its translations, each text at its place.

Knows the places of the texts of a grid, what an addition lacks, and the grid that it makes.
Ignores how additions are kept, and the files that carry them.
"""
