"""General statistics: exact sums, Student's t, reliability.

Knows numpy and scipy. Ignores the method.
"""
