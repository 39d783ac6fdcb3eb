"""Accounts and how one signs in: grants, passwords to choose, sessions, second steps, outside identities.

Knows who may come in. Ignores what a role allows: it asks the pure rules of ``accounts``.
"""
