"""Pictures that fill a slide: their unit is a pixel of 1920 × 1080, their smallest text 36 of them.

Knows figures as plain values, and the size of texts.
Ignores what a slide says beside its picture.
"""
