"""How results are shown: figures (plotly, SVG), tables, sentences and documents.

Knows a computed profile and how to draw it without betraying it.
Ignores where it was kept and who asks for it.
"""

from restitution.radar import Radar
from restitution.svg import radar_svg
from restitution.webpage import radar_html

__all__ = ["Radar", "radar_html", "radar_svg"]
