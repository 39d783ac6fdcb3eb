"""A contractor's way: read the scored profile and add a judgement beside it.

Knows who may see a campaign's results, which waves are read together, and the order of the page.
Ignores how a figure is computed and drawn: it asks scoring and restitution.
"""

from web.review.views import blueprint

__all__ = ["blueprint"]
