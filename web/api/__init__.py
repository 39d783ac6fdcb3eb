"""Other software: ``/api/v1`` gives what is published to anybody, ``/api/v1/my`` the rest to who has a key.

Knows addresses, schemas, and the rooms whose pages show the same.
Ignores what these rooms decide: it asks them.
Beside views and pages: ``my/``, what a key opens.
"""

from web.api import my, pages, views
from web.api.blueprint import blueprint

__all__ = ["blueprint", "my", "pages", "views"]
