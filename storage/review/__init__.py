"""What people add beside the scores: sheets, comments, evidence, snapshots, parcours, a session's decisions.

Knows the reviewed campaign. Ignores how a figure is computed.
"""
