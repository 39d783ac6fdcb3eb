"""What a key opens: ``/api/v1/my``, with the rights of its account's pages, within its scopes."""

from web.api.my import reading

__all__ = ["reading"]
