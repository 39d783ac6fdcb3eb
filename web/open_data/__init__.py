"""What territories publish, for other software: a package of tables per campaign, and the catalogue of them all.

Knows addresses, formats and licences.
Ignores what is not published, and how figures are computed.
"""

from web.open_data.views import blueprint

__all__ = ["blueprint"]
