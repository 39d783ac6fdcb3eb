"""The formulas of the method: spread, precision, scores, agreement, words. Each is a function of figures and rules.

Knows numbers, scales and rules. Ignores answers, colleges' names and how figures are shown, but for their rounding.
"""
