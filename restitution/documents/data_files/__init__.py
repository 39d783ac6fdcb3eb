"""Tables as files for software that analyses them: Parquet, written by a bounded process.

Knows the types of columns.
Ignores which tables, and for whom.
"""
