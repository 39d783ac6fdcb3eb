"""Keeping the installation safe: backups, restoring, purging, the audit log, rate limits, system status.

Knows every table. Ignores pages.
"""
