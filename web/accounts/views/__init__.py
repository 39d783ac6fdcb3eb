"""The views of accounts, a module per subject."""
