"""What a key opens: ``/api/v1/my``, with the rights of its account's pages, within its scopes."""

from web.api.my import imports, links, parcours, reading, session, settings

__all__ = ["imports", "links", "parcours", "reading", "session", "settings"]
