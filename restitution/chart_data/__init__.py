"""What is drawn or listed: radar, slope and table as plain values, and the colours.

Knows a computed profile. Ignores how anything is drawn.
"""
