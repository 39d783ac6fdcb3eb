"""A profile as files to keep: JSON, CSV, a workbook, a drawing, a page.

Knows the exported columns and their meaning, and writes files that spreadsheets cannot execute: the same profile gives
the same bytes.
Ignores where the files go.
Imports nothing here: a process where people only answer reads the names of columns, and must not load what writes
workbooks.
"""
