"""What the desk of a review keeps: who follows it, when each member was last there, the themes of comments."""
