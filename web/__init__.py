"""The pages, one room per journey: public, respond, campaigns, review, session, account.

Knows requests, templates and what a person sees next.
Ignores SQL and formulas: it asks the rooms below.
"""
