"""An OpenID Connect provider: what is asked of it and believed (``client``), and the bytes exchanged (``transport``).

Knows the protocol, through Authlib.
Ignores accounts and pages.
"""
