"""What the figures say: changes, gaps between colleges, robustness, histories, proposals.

Knows profiles and the method's words.
Ignores drawings and documents.
"""
