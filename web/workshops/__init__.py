"""Workshops: a group answers together, its participants on their phones, its facilitator before the screen."""
