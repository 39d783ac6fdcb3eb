"""How results are shown: figures (plotly, SVG), tables, sentences and documents.

Knows a computed profile and how to draw it without betraying it.
Ignores where it was kept and who asks for it.
"""
