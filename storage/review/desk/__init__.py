"""What the team of a review knows of itself: who follows it, and when each was last there."""
