"""What a grid is worth, as a background job: its page and its files, kept until another campaign on it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

import orjson
from flask import render_template

from grille import Grid
from grille.messages import message as _
from storage.campaigns.campaigns import campaign_by_id
from storage.core.damage import CampaignDamaged
from storage.core.database import file_of
from storage.core.revisions import COUNTRY, current_revision
from storage.grids.library import find_grid
from storage.operations.job_notes import note_in, stored_note
from storage.operations.jobs import Demand, Job
from storage.responses.computed.judged_campaigns import judged_campaigns
from web.http.database import connection
from web.http.language import reader
from web.http.pages import jobs
from web.http.pages.damaged_campaigns import leave_out
from web.http.pages.jobs import Tell
from web.http.pages.published_pages import code_version

KIND: Final = "instrument"
_SHARES: Final = 20
"""Steps in which reading the answers is said: each of them is written in the database."""


@dataclass(frozen=True)
class MadeInstrument:
    """The figures of the page as HTML, and the files by suffix; or ``refusal``, why there are none yet.

    ``left`` has the campaigns that cannot be read: the number of each, the reason, the remedy.
    """

    figures: str
    files: dict[str, str]
    refusal: str
    left: tuple[tuple[int, str, str], ...]

    @classmethod
    def read(cls, content: bytes) -> MadeInstrument:
        """Return what a job has made."""
        figures, files, refusal, left = orjson.loads(content)
        known = tuple((number, note_in(reason), note_in(remedy)) for number, reason, remedy in left)
        return cls(figures, files, note_in(refusal), known)

    def written(self) -> bytes:
        """Return the bytes to keep, in which sentences stay messages."""
        left = [(number, stored_note(reason), stored_note(remedy)) for number, reason, remedy in self.left]
        return orjson.dumps([self.figures, self.files, stored_note(self.refusal), left])

    def leave_out(self) -> None:
        """Say on the page which campaigns are left out."""
        for number, reason, remedy in self.left:
            if campaign := campaign_by_id(connection(), number):
                leave_out(campaign, CampaignDamaged(reason, remedy))


def find_or_ask(grid: Grid) -> MadeInstrument | None:
    """Return what is known of that grid, made by a job if need be; None for a person who has to wait.

    Where no process makes jobs, it is made now.
    """
    if not jobs.are_apart():
        return _made(grid, lambda *_said: None)
    content = jobs.find_or_ask(demand(grid), lambda: None)
    return None if content is None else MadeInstrument.read(content)


def demand(grid: Grid) -> Demand:
    """Return the job that makes it. Its key changes when a campaign on that grid is closed, opened again or deleted."""
    db = connection()
    judged = _judged_at(file_of(db), current_revision(db, COUNTRY), grid.id, grid.version)
    key = jobs.key_about((reader(), grid.id, grid.version), (code_version(), judged))
    return Demand(KIND, key, {"grid": grid.id, "version": grid.version})


def former(grid: Grid) -> tuple[MadeInstrument, datetime] | None:
    """Return what was known of that grid before something changed, and when it was made."""
    found = jobs.former(demand(grid))
    return (MadeInstrument.read(found.content), found.made_at) if found else None


@lru_cache(8)
def _judged_at(_file: str, _revision: str, grid: str, version: str) -> str:
    """Return a hash of the campaigns that judge it; they are read again once anything shown of any has changed."""
    found = find_grid(connection(), grid, version)
    judged = judged_campaigns(connection(), found.grid) if found else []
    return sha256(repr(judged).encode()).hexdigest()


def make_instrument(job: Job, tell: Tell) -> bytes | None:
    """Make what that job asks for, as long as it is what would be asked for now."""
    found = find_grid(connection(), job.parameters["grid"], job.parameters["version"])
    if found is None or demand(found.grid).key != job.key:
        return None
    return _made(found.grid, tell).written()


def _made(grid: Grid, tell: Tell) -> MadeInstrument:
    """Compute and write it; scoring loads here, never where people only answer."""
    from restitution.findings.method.instrument import InstrumentView, instrument_csv, instrument_json
    from storage.responses.computed.programme_instrument import TooFewTerritories, grid_instrument

    left: list[tuple[int, str, str]] = []

    def read(done: int, total: int) -> None:
        if done * _SHARES % total < _SHARES:
            tell(done, total + 1, _("Les réponses se lisent."))

    try:
        found = grid_instrument(
            connection(), grid, lambda one, damage: left.append((one.id, damage.reason, damage.remedy)), read
        )
    except TooFewTerritories as refusal:
        return MadeInstrument("", {}, refusal.args[0], ())
    tell(1, 1, _("Les tableaux s’écrivent."))
    figures = render_template("programme/instrument_figures.html", grid=grid, view=InstrumentView(found))
    files = {"csv": instrument_csv(found).decode(), "json": instrument_json(found).decode()}
    return MadeInstrument(figures, files, "", tuple(left))
