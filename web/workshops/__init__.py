"""Workshops: a group answers together, participants on their phones, the facilitator beside a projected page."""
