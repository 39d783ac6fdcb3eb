"""Answers: responses, how they begin and resume, paper, imports, workshops, and the profiles made of them.

Knows each response and its campaign. Ignores what reviewers write about them.
"""
