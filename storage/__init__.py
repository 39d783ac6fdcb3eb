"""Storage: all the SQL, through sqlite-utils, and the migrations.

Knows tables, transactions and durability.
Ignores pages, charts and what a score means.
"""
