"""The views of a review, a module per subject."""
