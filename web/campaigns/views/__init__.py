"""The views of campaigns, a module per subject."""
