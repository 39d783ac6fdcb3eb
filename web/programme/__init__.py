"""Several territories at once: the status of each, their families side by side, the quality of the grid's questions.

Knows whose results somebody may see. Ranks nobody.
"""

from web.programme.views import blueprint

__all__ = ["blueprint"]
