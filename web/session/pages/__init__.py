"""What the pages of a session are given: slides, and the order in which they are shown."""
