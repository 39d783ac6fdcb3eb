"""What the answers say: profiles, intervals, agreement, change, and what must stay hidden.

Knows pandas and numpy, the method and its rules.
Ignores the web, the database and every chart.
"""
