"""The state of an installation, for its administrator."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage

from storage.campaigns.territories import OF_A_TRIAL
from storage.core.database import applied, file_of
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.operations.backup_check import Manifest
from storage.operations.backups import last_backup

_OPEN = f"SELECT count(*) FROM campaigns WHERE status = 'open' AND NOT {OF_A_TRIAL}"  # noqa: S608  # ours
_RESPONDENTS = f"""SELECT count(*) FROM responses WHERE answered > 0
    AND campaign_id NOT IN (SELECT id FROM campaigns WHERE {OF_A_TRIAL})"""  # noqa: S608  # ours
BACKUPS_AGE = timedelta(days=2)
TIGHT = 0.1
COARSE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """The content of the installation, trials left out, its free space and its last backup. Sizes are in bytes."""

    steps: tuple[str, ...]
    sqlite: str
    size: int
    evidence: int
    free: int
    disk: int
    open_campaigns: int
    respondents: int
    accounts: int
    backup: Manifest | None
    at: datetime

    @property
    def tight(self) -> bool:
        """Whether less than a tenth of the disk is free."""
        return self.free < TIGHT * self.disk

    @property
    def unsaved(self) -> bool:
        """Whether there was no backup in the last two days."""
        return self.backup is None or self.at - self.backup.moment > BACKUPS_AGE


def read_system_status(db: Database) -> SystemStatus:
    """Return the state of the installation of this database."""
    path = Path(file_of(db))
    disk = disk_usage(path.parent)
    sizes = (one.stat().st_size for one in (path.parent / "evidence").glob("??/*"))
    return SystemStatus(
        steps=tuple(applied(db)),
        sqlite=sqlite3.sqlite_version,
        size=sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")),
        evidence=sum(sizes),
        free=disk.free,
        disk=disk.total,
        open_campaigns=_one(db, _OPEN),
        respondents=_one(db, _RESPONDENTS),
        accounts=_one(db, "SELECT count(*) FROM accounts"),
        backup=last_backup(path),
        at=now(),
    )


@dataclass(frozen=True, slots=True)
class Measures:
    """What a monitoring tool reads every few seconds: cheap, and nothing by which an answer could be dated.

    ``size`` and ``free`` are rounded to ``COARSE``: each answer adds some 4 kB to the files of the database.
    """

    size: int
    free: int
    disk: int
    open_campaigns: int
    jobs: Mapping[str, int]
    oldest_queued: datetime | None
    backup: datetime | None


def read_measures(db: Database) -> Measures:
    """Return the measures of the installation of this database. Sizes are in bytes."""
    path = Path(file_of(db))
    size = sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))
    disk, saved = disk_usage(path.parent), last_backup(path)
    waiting = "SELECT min(not_before) FROM jobs WHERE state = 'queued' AND not_before <= ?"
    queued = single_value(db.execute(waiting, [to_text(now())]))
    return Measures(
        size=-(-size // COARSE) * COARSE,
        free=disk.free // COARSE * COARSE,
        disk=disk.total,
        open_campaigns=_one(db, _OPEN),
        jobs=dict(db.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall()),
        oldest_queued=parse_timestamp(queued) if queued else None,
        backup=saved.moment if saved else None,
    )


def _one(db: Database, sql: str) -> int:
    return int(single_value(db.execute(sql)))
