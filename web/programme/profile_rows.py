"""What the table of ``/territoires`` shows of each campaign: computed once, by a job, and kept until something changes.

A row is kept as a copy of its own (``published_copies``); a job makes those that are missing on one page. Meanwhile the
page shows the others, and what the last job of that page had made of those, with its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

import orjson

from grille.messages import message as _
from restitution.chart_data.captions import answered, grid_status
from restitution.chart_data.radar import axes_of, point_of, score_rows
from restitution.chart_data.table import TwinCell, point_cell
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.operations.job_notes import note_in, stored_note
from storage.operations.jobs import Demand, Job
from storage.operations.published_copies import Name, copies_of, revisions_of
from web.http.database import connection
from web.http.language import reader
from web.http.pages import jobs
from web.http.pages.damaged_campaigns import compute_or_leave_out, leave_out
from web.http.pages.jobs import Progress, Tell
from web.http.pages.published_pages import code_version, find_or_make, intact
from web.http.pages.recomputed_campaigns import notice_of
from web.programme.kept_findings import computed_or_damaged, kept_or_computed

KIND: Final = "territories"


@dataclass(frozen=True)
class ProfileRow:
    """What is kept of a campaign's profile: a cell per family, one for the families of other grids.

    ``made_at`` is when it was made, if something has changed since.
    """

    cells: dict[str, TwinCell]
    other: TwinCell
    answered: str
    grid: str
    recomputed: str
    made_at: datetime | None = None

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> ProfileRow:
        """Return the row of what ``_computed`` wrote."""
        cells = {code: TwinCell(*cell) for code, cell in written["cells"].items()}
        return cls(cells, TwinCell(*written["other"]), written["answered"], written["grid"], written["recomputed"])


@dataclass(frozen=True)
class KnownRows:
    """The rows that can be shown, by campaign id; ``progress`` is that of the job which makes the others, if any.

    A campaign that is left out of the page has no row and is not in ``awaited``.
    """

    rows: Mapping[int, ProfileRow]
    awaited: frozenset[int] = frozenset()
    progress: Progress | None = None

    def has(self, campaign: Campaign) -> bool:
        """Whether a campaign has a row, or will have one."""
        return campaign.id in self.rows or campaign.id in self.awaited


def known_rows(db: Database, campaigns: Sequence[Campaign]) -> KnownRows:
    """Return the rows of these campaigns, whose grids can be read.

    What is missing is asked for, or made now where no process makes jobs.
    """
    revisions = revisions_of(db, [one.territory.id for one in campaigns])
    if not jobs.are_apart():
        made = {one.id: compute_or_leave_out(one, partial(_made, db, one, revisions)) for one in campaigns}
        return KnownRows({number: row for number, row in made.items() if row})
    rows, missing = _found(db, campaigns, revisions)
    if not missing:
        return KnownRows(rows)
    progress = jobs.asked(wanted := _demand(campaigns, revisions))
    if progress.state == "ready":  # meanwhile, or the only thing known of them is that they cannot be read
        return KnownRows(rows | _finished(progress, missing))
    before = _former_rows(wanted)
    former = {one.id: before[one.id] for one in missing if one.id in before}
    return KnownRows(rows | former, frozenset(one.id for one in missing if one.id not in former), progress)


def _found(
    db: Database, campaigns: Sequence[Campaign], revisions: Mapping[int, str]
) -> tuple[dict[int, ProfileRow], list[Campaign]]:
    """Return the rows that are kept, and the campaigns of the others."""
    rows, missing = {}, []
    for one in campaigns:
        if (content := copies_of(db).find(_name(one, revisions))) is None:
            missing.append(one)
        elif row := compute_or_leave_out(one, partial(_read, content)):
            rows[one.id] = row
    return rows, missing


def _read(content: bytes) -> ProfileRow:
    return ProfileRow.read(orjson.loads(intact(content)))


def _demand(campaigns: Sequence[Campaign], revisions: Mapping[int, str]) -> Demand:
    """Return the job that makes all rows of a page. Its subject is the page: the same territories, in this language."""
    places = [one.territory.id for one in campaigns]
    depends = (code_version(), [(one.id, revisions[one.territory.id]) for one in campaigns])
    return Demand(KIND, jobs.key_about((reader(), places), depends), {"campaigns": [one.id for one in campaigns]})


def _finished(progress: Progress, missing: Sequence[Campaign]) -> dict[int, ProfileRow]:
    """Return the rows that the job has made of these campaigns; leave out those that it could not read."""
    made = orjson.loads(progress.content or b'{"rows": {}, "left": {}}')
    for one in missing:
        if damage := made["left"].get(str(one.id)):
            leave_out(one, CampaignDamaged(*map(note_in, damage)))
    known = ((one.id, made["rows"].get(str(one.id))) for one in missing)
    return {number: ProfileRow.read(written) for number, written in known if written}


def _former_rows(demand: Demand) -> dict[int, ProfileRow]:
    """Return what the last job of that page made."""
    former = jobs.former(demand)
    rows = orjson.loads(former.content)["rows"] if former else {}
    return {int(one): replace(ProfileRow.read(row), made_at=former.made_at) for one, row in rows.items() if former}


def make_rows(job: Job, tell: Tell) -> bytes:
    """Make the rows that a job asks for; those that are kept already are read."""
    db = connection()
    campaigns = [one for number in job.parameters["campaigns"] if (one := campaign_by_id(db, number))]
    revisions = revisions_of(db, [one.territory.id for one in campaigns])
    rows, left = {}, {}
    for done, one in enumerate(campaigns):
        tell(done, len(campaigns), _("Les résultats de %(place)s se calculent.", place=one.territory.name))
        try:
            rows[str(one.id)] = kept_or_computed(_name(one, revisions), partial(_computed, db, one))
        except CampaignDamaged as damage:
            left[str(one.id)] = (stored_note(damage.reason), stored_note(damage.remedy))
    return orjson.dumps({"rows": rows, "left": left})


def _made(db: Database, campaign: Campaign, revisions: Mapping[int, str]) -> ProfileRow:
    """Return the row of a campaign, from its copy or made now. Raises ``CampaignDamaged``, which is kept too."""

    def made() -> tuple[bytes, bool]:
        return orjson.dumps(computed_or_damaged(partial(_computed, db, campaign))), True

    return _read(find_or_make(_name(campaign, revisions), made))


def _name(campaign: Campaign, revisions: Mapping[int, str]) -> Name:
    place = campaign.territory.id
    return Name(place, revisions[place], (code_version(), reader(), "side by side", campaign.id))


def _computed(db: Database, campaign: Campaign) -> dict[str, Any]:
    from storage.responses.computed.profiles import campaign_profile  # scoring loads here, never where the row is kept

    profile = campaign_profile(db, campaign)
    known = score_rows(profile)
    points = {axis.code: point_of(known.get(axis.code), profile) for axis in axes_of(profile.grid)}
    words = {code: at.word(profile.grid.levels) for code, at in points.items()}
    return {
        "cells": {code: astuple(point_cell(at, words[code])) for code, at in points.items()},
        "other": astuple(point_cell(point_of(None, profile))),
        "answered": answered(profile),
        "grid": grid_status(profile.grid),
        "recomputed": notice_of(campaign, {campaign: str(campaign.year)}).short,
    }
