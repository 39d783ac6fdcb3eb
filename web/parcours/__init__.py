"""The parcours of a territory: the actions that follow a diagnostic, the skills they aim at, and their ratings.

``files`` are its workbook and its calendar; ``year`` is its supervision, and its year told.

Knows who may read and who may plan, how an action is typed, and how actions are set beside the figures.
Ignores how figures are computed: it asks restitution and storage.
"""

from web.parcours import files, year  # their views join the others
from web.parcours.views import blueprint

__all__ = ["blueprint", "files", "year"]
