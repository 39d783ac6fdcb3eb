"""The documents of a campaign's results: a page that lists them, and the files.

Knows who may have them, which texts of the review they may read, and keeps the last ones made.
Ignores how a file is written: it asks restitution.
"""

from web.documents.views import blueprint

__all__ = ["blueprint"]
