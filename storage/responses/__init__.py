"""Answers: responses, how they begin and resume, paper, imports, workshops; ``computed`` is what is made of them.

Knows each response and its campaign. Ignores what reviewers write about them.
"""
