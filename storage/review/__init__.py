"""What people add to the scores: sheets, comments, evidence, snapshots, parcours, decisions of a session.

Knows the reviewed campaign.
Ignores how a figure is computed.
"""
