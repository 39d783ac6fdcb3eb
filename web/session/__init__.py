"""The annual session: results projected to a room."""
