"""Findings about time: what changed since an earlier campaign, with hindsight, and along the parcours.

Knows two profiles or more.
Ignores how the method counts.
"""
