"""The formulas of the method: spread, precision, scores, agreement, words, as functions of figures and rules.

Knows numbers, scales and rules. Ignores answers, the names of colleges, and display except rounding.
"""
