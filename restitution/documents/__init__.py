"""A profile as files to keep: JSON, CSV, a workbook, a drawing, a page.

Knows the columns that are exported and what each means, and how to write them without harm or hazard: same profile,
same bytes. Ignores where the files go.
"""

from restitution.documents.profile_files import documents

__all__ = ["documents"]
