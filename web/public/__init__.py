"""Pages open to all: home, the grid, published results, legal notices.

Knows what is public: the grids, the published campaigns, what the site does with data.
Ignores open campaigns, but for the demonstration's, which anybody may try.
"""

from web.public.views import blueprint

__all__ = ["blueprint"]
