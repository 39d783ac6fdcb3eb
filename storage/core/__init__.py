"""What every other storage package stands on: the database, its migrations, its lock, tokens, timestamps.

Knows SQLite and transactions. Ignores what the tables mean.
"""
