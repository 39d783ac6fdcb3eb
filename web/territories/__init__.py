"""Several territories at once: where each stands, and their families side by side, in the order of the alphabet.

Knows whose results someone may see. Ranks nobody.
"""

from web.territories.views import blueprint

__all__ = ["blueprint"]
