"""Who may do what: roles, rights, tokens and passwords, as pure rules.

Knows what a role allows on which kind of object.
Ignores the web, the database and the session.
"""
