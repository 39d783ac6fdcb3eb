"""Several territories at once: where each stands, their families side by side, what the grid is worth as an instrument.

Knows whose results someone may see. Ranks nobody.
"""

from web.programme.views import blueprint

__all__ = ["blueprint"]
