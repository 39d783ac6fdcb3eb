"""What everyone may read of a campaign: the profile, the residents' page, comparisons, documents.

Knows who may read them and which campaigns are compared.
Beside views, forms and pages: ``campaign_results``, ``selection``, ``story_context``.
Ignores how a figure is computed and drawn: it asks scoring and restitution.
"""

from web.results.views import blueprint

__all__ = ["blueprint"]
