"""What every page shares: access, cookies, compression, assets, errors, limits, the request log, mail.

Knows requests and responses. Ignores what a page is about.
"""
