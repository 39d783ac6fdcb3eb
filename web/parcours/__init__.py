"""The parcours of a territory: the actions that follow a diagnostic, what they aim at, and what is said of them.

Knows who may read and who may plan, how an action is typed, and how actions are set beside the figures.
Ignores how figures are made: it asks restitution and storage.
"""

from web.parcours.views import blueprint

__all__ = ["blueprint"]
