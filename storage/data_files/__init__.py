"""Tables written as SQLite files for other software.

Knows types, keys and files.
Ignores what the tables say: nothing of the database of Grille is read here.
"""
