"""``flask --app app campaign``: opening, following, closing and publishing campaigns, and what goes in and out of them.

Knows what a person types and reads.
Ignores how a campaign is kept.
"""
