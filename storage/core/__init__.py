"""The foundation of storage: database, migrations, lock, tokens, timestamps.

Knows SQLite and transactions.
Ignores what the tables mean.
"""
