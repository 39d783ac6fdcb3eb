"""Several territories at once: the status of each, their families side by side, the library of grids, their questions.

Knows whose results somebody may see. Ranks nobody.
"""

from web.programme import grid_library, views

BLUEPRINTS = (views.blueprint, grid_library.blueprint)

__all__ = ["BLUEPRINTS"]
