"""The grid's owner looks at the questions: which measure well, which to write again.

Knows a whole programme's closed campaigns at once. Shows nothing of one territory.
"""

from web.instrument.views import blueprint

__all__ = ["blueprint"]
