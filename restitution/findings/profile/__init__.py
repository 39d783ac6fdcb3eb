"""Findings about one campaign: its colleges, its families and savoir-faire, its silences, its workshops.

Knows one profile.
Ignores every other campaign.
"""
