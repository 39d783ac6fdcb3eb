"""The tables, as the migrations that built them. A released migration is never changed or renamed: append another.

Run by ``flask --app app database migrate``, never by a web worker. Tables are strict. A day is stored as
``2026-03-31``, a timestamp as ISO 8601 in UTC, a boolean as 0 or 1; of a secret, only the SHA-256.

Knows the SQL of each step.
Ignores what the tables are used for.

Modules are imported in the order of their steps: a database applies them in the order of registration.
"""

from storage.core.migrations import (
    steps_01_06,
    steps_07_12,
    steps_13_20,
    steps_21_26,
    steps_27_29,
    steps_30_32,
    steps_33_38,
    steps_39_44,
    steps_45_50,
    steps_51_56,
    steps_57_62,
    steps_63_68,
)
from storage.core.migrations.registry import migrations

__all__ = [
    "migrations",
    "steps_01_06",
    "steps_07_12",
    "steps_13_20",
    "steps_21_26",
    "steps_27_29",
    "steps_30_32",
    "steps_33_38",
    "steps_39_44",
    "steps_45_50",
    "steps_51_56",
    "steps_57_62",
    "steps_63_68",
]
