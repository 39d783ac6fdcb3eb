"""A pilot's way: prepare, open, follow and close a campaign."""
