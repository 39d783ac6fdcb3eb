"""The demonstration: fictional territories, their answers, reviews and parcours over four years.

Knows how to fill an empty database. Ignores real campaigns.
"""
