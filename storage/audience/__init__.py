"""The room of a session on its own phones: what it is asked, what it answers, what is kept of it.

Knows the phones by the hash of their keys, and nothing of whose they are.
Ignores the answers to the campaign.
"""
