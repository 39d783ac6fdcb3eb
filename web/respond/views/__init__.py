"""The views of respondents, a module per subject."""
