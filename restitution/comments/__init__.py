"""Comments: their words brought back to lemmas, and those that speak of one thing grouped.

Importing ``lemmas`` loads nothing; its first call loads the French dictionary (simplemma). Only the process that makes
jobs does so: never the one that people answer to.
"""
