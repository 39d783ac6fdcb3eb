"""Responses: how they begin and resume, paper, imports, workshops; ``computed`` holds what is computed from them.

Knows each response and its campaign.
Ignores what reviewers write about them.
"""
