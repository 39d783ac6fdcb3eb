"""What is published, for other software: ``/api/v1``, and its description in OpenAPI.

Knows addresses, schemas and pages of results.
Ignores what is not published.
"""

from web.api import pages, views
from web.api.blueprint import blueprint

__all__ = ["blueprint", "pages", "views"]
