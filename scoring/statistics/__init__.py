"""Statistics that know nothing of grids or colleges: estimates, exact sums, moments, reliability.

Knows numpy and scipy. Ignores the method.
"""
