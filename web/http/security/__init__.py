"""Who may do what, how often and from where: access, guards, the audit log, limits, cookies, security headers.

Knows accounts and their rights.
Ignores what pages show.
"""
