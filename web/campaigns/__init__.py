"""A pilot's way: prepare, open, follow and close a campaign.

Knows the campaigns of the territories on which someone has a role, and how many people have answered.
Ignores what was answered, until results can be seen by those who may.
"""

from web.campaigns.views import blueprint

__all__ = ["blueprint"]
