"""What the pages of a respondent show, a module per subject."""
