"""Words: numbers, names and sentences in French, and the door to translations.

Knows gettext. Ignores figures.
"""
