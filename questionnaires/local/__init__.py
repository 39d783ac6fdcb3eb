"""Questions that a campaign adds to those of its grid.

Knows what such a question may be, and how its answers are told from the others.
Ignores where they are stored, and how they are shown.
"""
