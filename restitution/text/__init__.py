"""Words: numbers, names and sentences in French, and the access to translations.

Knows gettext.
Ignores figures.
"""
