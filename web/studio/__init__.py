"""The studio, where grids are written: drafts begun from a grid, a file or a table, changed by hand, then published.

Knows how a draft is shown and changed, sheet by sheet, and how it is tried before it is published.
Ignores what a valid grid is, and how drafts are kept: it asks grille and storage.

Besides views, forms and pages: ``blueprint`` has the guards, ``added_texts`` what the pages of easy wording and
translations are given.
"""

from web.studio.views import blueprint

__all__ = ["blueprint"]
