"""A module per subject of pages."""
