"""A profile as files to keep: JSON, CSV, a workbook, a drawing, a page.

Knows the exported columns and their meaning, and writes files that spreadsheets cannot execute: the same profile gives
the same bytes.
Ignores where the files go.
"""

from restitution.documents.profile_files import documents

__all__ = ["documents"]
