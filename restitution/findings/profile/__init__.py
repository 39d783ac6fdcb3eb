"""Findings about one campaign: its colleges, families, skills, « je ne sais pas », workshops.

Knows one profile.
Ignores every other campaign.
"""
