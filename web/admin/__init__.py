"""For whoever looks after the installation: the audit log, the status of the system.

Knows how an entry of the log is said in French, and which figures deserve a warning.
Ignores how these are stored: it asks storage.
"""

from web.admin.views import blueprint

__all__ = ["blueprint"]
