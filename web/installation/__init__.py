"""The state of the installation, for the programme: version, structure, backup, room left, what is configured.

Knows which of these deserves a word. Ignores how they are measured: it asks storage.
"""

from web.installation.views import blueprint

__all__ = ["blueprint"]
