"""The drawings: radar, slope, colleges, skills, timeline, as SVG, plotly or a page.

Knows chart data.
Ignores where the figures come from.
"""
