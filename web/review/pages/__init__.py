"""What the pages of a review show, a module per subject."""
