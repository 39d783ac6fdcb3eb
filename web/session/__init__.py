"""The annual session: results projected to a room, led from a second window, and the decisions taken there.

Knows the order of the slides and what each one is for.
Ignores how a figure is computed and drawn: it asks results and restitution.
Beside views, forms and pages: ``prepare`` (the script), ``own_slide``, ``presenter_notes``,
``testimonies``, ``place`` (several computers), ``follow_up`` (decisions after the session), ``minutes``.
"""

from web.session import follow_up, minutes, own_slide, place, prepare, testimonies
from web.session.views import blueprint

__all__ = ["blueprint", "follow_up", "minutes", "own_slide", "place", "prepare", "testimonies"]
