"""The tables, as the steps that built them. A released step is never edited nor renamed: add another after the last.

Run by ``flask --app app database migrate``, never by a web worker. Tables are strict; a day is ``2026-03-31`` and a
timestamp is ISO 8601 in UTC, both as text; yes/no is 0/1. Secrets are kept only as SHA-256, so the file opens no door.

Knows the SQL of each step. Ignores what the tables are used for. Modules are imported in the order of their steps, for
a database applies them in the order in which they are registered.
"""

from storage.core.migrations import (
    steps_01_06,
    steps_07_12,
    steps_13_20,
    steps_21_26,
    steps_27_32,
    steps_29_34,
    steps_35_40,
)
from storage.core.migrations.registry import migrations

__all__ = [
    "migrations",
    "steps_01_06",
    "steps_07_12",
    "steps_13_20",
    "steps_21_26",
    "steps_27_32",
    "steps_29_34",
    "steps_35_40",
]
