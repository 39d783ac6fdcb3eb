"""What the pages of a session show: slides, and their order."""
