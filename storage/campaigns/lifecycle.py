"""The steps of a campaign: open, close, publish, unpublish."""

from collections.abc import Iterable
from datetime import date, datetime

from grille.grid import Grid
from grille.messages import message as _
from grille.typed import typed_line
from questionnaires.local.questions import LocalQuestion, as_stored
from questionnaires.questionnaire import Form
from storage.campaigns.after_opening.local_answers import separate_local_answers
from storage.campaigns.campaigns import (
    Campaign,
    CampaignCollege,
    Weighting,
    campaign_by_id,
    campaign_by_slug,
    existing,
    keep_colleges,
    participation,
)
from storage.campaigns.college_merges import apply_merges
from storage.campaigns.completion_time import measured_completion_time
from storage.campaigns.frozen_grids import freeze
from storage.campaigns.import_marks import forget_marks
from storage.campaigns.territories import Territory
from storage.campaigns.validation import (
    DEFAULT_K,
    campaign_problems,
    college_problems,
    form_problems,
    local_question_problems,
)
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text
from storage.grids.library import refuse_withdrawn

# A number that no campaign ever had: the log, pages kept in memory and marks of cancelled ones know them by it.
_UNUSED_ID = """(SELECT 1 + max(coalesce((SELECT max(id) FROM campaigns), 0),
    coalesce((SELECT max(id) FROM cancelled_campaigns), 0), coalesce((SELECT max(campaign_id) FROM audit), 0)))"""


def open_campaign(
    db: Database,
    territory: Territory,
    grid: Grid,
    *,
    name: str,
    year: int,
    form: Form = "short",
    colleges: Iterable[CampaignCollege] | None = None,
    k: int = DEFAULT_K,
    weighting: Weighting = "equal",
    opens_on: date | None = None,
    closes_on: date | None = None,
    retrospective: bool = False,
    local_questions: Iterable[LocalQuestion] = (),
    slug: str | None = None,
    opened_at: datetime | None = None,
) -> Campaign:
    """Open a campaign: freeze the grid, set the colleges (by default those of the grid), accept answers.

    ``retrospective`` also asks how people now see the year before (« avec le recul »). Raises ``CampaignError`` with
    every problem at once, and then nothing is written.
    """
    chosen = tuple(colleges) if colleges is not None else tuple(CampaignCollege(c.code, c.label) for c in grid.colleges)
    asked = tuple(one.settled for one in local_questions)
    problems = [
        *campaign_problems(name, year, k, opens_on, closes_on),
        *form_problems(grid, form),
        *college_problems(chosen, grid),
        *(sentence for _place, _field, sentence in local_question_problems(asked)),
    ]
    if problems:
        raise CampaignError(problems)
    with writing(db) as conn:
        slug = _free_slug(db, slug or f"{territory.slug}-{year}")
        cursor = conn.execute(
            f"""INSERT INTO campaigns (id, territory_id, grid_id, slug, name, year, form, k, weighting, retrospective,
                local_questions, status, opens_on, closes_on, opened_at)
                VALUES ({_UNUSED_ID}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)""",  # noqa: S608  # ours
            (
                *(territory.id, freeze(db, grid), slug, typed_line(name), year, form, k, weighting),
                *(int(retrospective), as_stored(asked)),
                *(opens_on and opens_on.isoformat(), closes_on and closes_on.isoformat(), to_text(opened_at or now())),
            ),
        )
        keep_colleges(conn, int(cursor.lastrowid or 0), chosen)
        return existing(campaign_by_slug(db, slug))


def _free_slug(db: Database, wanted: str) -> str:
    """Return the wanted slug if no campaign has it, else the first free one of ``wanted-2``, ``wanted-3``…"""
    slug, number = wanted, 1
    while db.conn.execute("SELECT 1 FROM campaigns WHERE slug = ?", (slug,)).fetchone():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def close_campaign(db: Database, campaign: Campaign, at: datetime | None = None) -> Campaign:
    """Close the campaign for good: freeze the answers, erase the timestamps of changes and the import marks.

    Takes the answers to local questions out of the responses.
    Keeps the ``completion_time`` if k people or more are timed, and applies the decided merges (``college_merges``).
    Idempotent.
    """
    with writing(db) as conn:
        seconds = measured_completion_time(conn, campaign.id, campaign.k)
        closed = conn.execute(
            "UPDATE campaigns SET status = 'closed', closed_at = ?, pace_seconds = ? WHERE id = ? AND status = 'open'",
            (to_text(at or now()), seconds, campaign.id),
        )
        if closed.rowcount:
            current = existing(campaign_by_id(db, campaign.id))
            apply_merges(conn, current, participation(db, campaign))
            conn.execute("UPDATE paper_sheets SET response_id = NULL WHERE campaign_id = ?", (campaign.id,))
            forget_marks(conn, campaign.id)
            conn.execute("DELETE FROM device_starts WHERE campaign_id = ?", (campaign.id,))
            separate_local_answers(conn, current)
            conn.execute(
                "UPDATE responses SET lent_link = NULL WHERE campaign_id = ? AND lent_link IS NOT NULL", (campaign.id,)
            )
            conn.execute(
                """UPDATE responses SET document = json_remove(document, '$.stamps')
                    WHERE campaign_id = ? AND deleted = 0""",
                (campaign.id,),
            )
        return existing(campaign_by_id(db, campaign.id))


def publish_campaign(db: Database, campaign: Campaign, at: datetime | None = None) -> Campaign:
    """Make the results public. Idempotent.

    Raises ``CampaignError`` while the campaign is open, since it has no results, and for a trial.
    """
    if campaign.territory.trial_of is not None:
        raise CampaignError([_("C’est une campagne d’essai : ses résultats ne se publient pas.")])
    with writing(db) as conn:
        conn.execute(
            "UPDATE campaigns SET published_at = ? WHERE id = ? AND status = 'closed' AND published_at IS NULL",
            (to_text(at or now()), campaign.id),
        )
        published = existing(campaign_by_id(db, campaign.id))
        if published.published_at is None:
            raise CampaignError([_("La campagne est encore ouverte : clôturez-la avant de publier ses résultats.")])
        return published


def open_draft(db: Database, campaign: Campaign) -> Campaign:
    """Open a draft to answers. Idempotent.

    Raises ``CampaignError`` once the campaign is closed, and for a draft whose grid was withdrawn since.
    """
    with writing(db) as conn:
        if reload_campaign(db, campaign).status == "draft":
            refuse_withdrawn(db, campaign.grid)
        conn.execute(
            "UPDATE campaigns SET status = 'open', opened_at = ? WHERE id = ? AND status = 'draft'",
            (to_text(now()), campaign.id),
        )
        started = reload_campaign(db, campaign)
        if started.status == "closed":
            raise CampaignError([_("Cette collecte est close : préparez une nouvelle campagne.")])
        return started


def unpublish_campaign(db: Database, campaign: Campaign) -> Campaign:
    """Withdraw the results from the public; people with rights on the territory still see them. Idempotent."""
    with writing(db) as conn:
        sql = "UPDATE campaigns SET published_at = NULL WHERE id = ? AND published_at IS NOT NULL"
        conn.execute(sql, (campaign.id,))
        return reload_campaign(db, campaign)


def reload_campaign(db: Database, campaign: Campaign) -> Campaign:
    found = campaign_by_id(db, campaign.id)
    if found is None:
        raise CampaignError([_("Cette campagne n’existe plus : elle a été supprimée, ou annulée.")])
    return found
