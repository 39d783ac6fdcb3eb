"""Drafts of grids: documents that may be incomplete or wrong, changed part by part until they are published.

Knows how a draft is made, changed, read as a grid, and what is wrong in each of its fields.
Ignores where drafts are kept and who writes them.
"""
