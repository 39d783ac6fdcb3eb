"""Territories and their campaigns: drafts, lifecycle, merged colleges, share links, frozen grids.

Knows what is asked where and when. Ignores who has answered, and what.
"""
