"""Accounts and signing in: grants, password links, sessions, second steps, identities at a provider.

Knows who can sign in.
Ignores what a role allows: it asks the pure rules of ``accounts``.
"""
