"""What every page shares: its files, its menus, its lists, and how it is compressed and kept.

Knows templates and responses.
Ignores what each page tells.
"""
