"""Simulations of edition 2 of the method: ``python -m benchmarks.method`` prints their tables.

``edition_2`` and ``words`` implement the method a second time from its text alone, without ``scoring``, for thousands
of campaigns at once. ``edition_1`` is the former edition, for comparison. Each other module simulates one question.
"""
