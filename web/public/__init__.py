"""Pages open to all: home, the grid, published results, legal notices.

Knows what is public: the grids, the published campaigns, what the site does with data.
Ignores open campaigns, but for the demonstration's, which anybody may try.

Besides views, pages and forms: the accessibility statement, and the legal texts that some may write.
"""

from web.public import notices
from web.public.views import blueprint

BLUEPRINTS = (blueprint, notices.blueprint)

__all__ = ["BLUEPRINTS", "blueprint"]
