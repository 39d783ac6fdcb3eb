"""The annual session: results projected to a room, led from a second window, decided upon.

Knows the order of the slides and what each one is for.
Ignores how a figure is computed and drawn: it asks the review's page and restitution.
Beside views, forms and pages: ``presenter_notes``.
"""

from web.session.views import blueprint

__all__ = ["blueprint"]
