"""Accounts: roles and permissions, passwords, one-time codes and tokens, as pure functions.

Knows what a role allows on which kind of object.
Ignores the web, the database and the session.
"""
