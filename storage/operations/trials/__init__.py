"""Trials: campaigns on a fictional territory, with which a pilot tries everything, and which count nowhere.

Knows how they are opened, which answers are invented for them, how they are erased.
Ignores how they are shown.
"""
