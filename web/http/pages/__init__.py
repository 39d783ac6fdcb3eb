"""What every page shares: static files, navigation, lists, compression and caching.

Knows templates and responses.
Ignores the content of each page.
"""
