"""What edition 2 of the method is worth, by simulation: ``python -m benchmarks.method`` prints its tables.

``edition_2`` and ``words`` are the method written once more, for thousands of campaigns at a time, from its text alone:
nothing is taken from ``scoring``. ``edition_1`` is what it replaces, for comparison. Each other module tries one thing.
"""
