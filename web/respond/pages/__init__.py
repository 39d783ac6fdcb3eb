"""What the pages of a respondent are given, a module per subject."""
