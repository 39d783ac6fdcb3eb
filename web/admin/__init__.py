"""For whoever looks after the installation: the audit log, the state of the system.

Knows how a line of the log is said in French, and what deserves a word. Ignores how these are kept: it asks storage.
"""

from web.admin.views import blueprint

__all__ = ["blueprint"]
