"""How results are shown: figures (plotly, SVG), tables, sentences and documents.

Knows a computed profile and how to show it without disclosing more than it publishes.
Ignores where it was stored and who asks for it.
"""

from restitution.chart_data.radar import Radar
from restitution.charts.radar_chart import radar_svg
from restitution.charts.radar_page import radar_html

__all__ = ["Radar", "radar_html", "radar_svg"]
