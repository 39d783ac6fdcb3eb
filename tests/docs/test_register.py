"""docs/rgpd.md names every table of the database and every retention period."""

import re
from pathlib import Path

from storage.operations.purge import Periods

ROOT = Path(__file__).parents[2]
REGISTER = (ROOT / "docs/rgpd.md").read_text("utf-8")


def test_every_table_is_in_the_register() -> None:
    """A new table is said in docs/rgpd.md, § 2: what it has of personal data, or that it has none."""
    steps = sorted((ROOT / "storage/core/migrations").glob("steps_*.py"))
    tables = {table for step in steps for table in re.findall(r"CREATE TABLE (\w+)", step.read_text("utf-8"))}
    assert tables
    assert {table for table in tables if f"`{table}`" not in REGISTER} == set()


def test_the_periods_of_the_register_are_the_defaults() -> None:
    documented = dict(re.findall(r"`KEEP_(\w+)` \| (\d+) \|", REGISTER))
    periods = Periods()
    assert documented == {name.upper(): str(getattr(periods, name)) for name in Periods.__slots__}
