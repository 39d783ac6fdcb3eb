"""What the site shows of whoever runs it: pictures such as logos, and legal notices.

Knows nothing of campaigns, which name a picture by its digest. Ignores pages.
"""
