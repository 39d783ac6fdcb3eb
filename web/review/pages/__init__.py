"""What the pages of a review are given, a module per subject."""
