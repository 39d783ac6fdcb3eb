"""Signing in, signing out, one's own account."""
