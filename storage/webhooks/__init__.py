"""Other software that is notified of what happens to campaigns: where it listens, and what is sent to it.

Knows accounts, their rights and campaigns.
Ignores how anything is sent.
"""
