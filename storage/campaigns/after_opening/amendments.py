"""What may change of a campaign while it is open: its name, its announced end, its letterhead, its colleges' numbers.

Its grid, its form, its threshold and its colleges stay: what the first respondents were told and asked holds for all.
Of its local questions and their choices, only the words change. Each change is kept with what it replaced, and shown on
the page of the campaign.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from grille.colleges import with_labels
from grille.messages import message as _
from grille.typed import typed_line
from questionnaires.local.questions import LocalQuestion, as_stored
from storage.campaigns.campaigns import Campaign, CampaignCollege, participation
from storage.campaigns.college_sizes import size_problems
from storage.campaigns.drafts import kept_letterhead, write_letterhead
from storage.campaigns.frozen_grids import freeze_on
from storage.campaigns.lifecycle import reload_campaign
from storage.campaigns.validation import label_problems, local_question_problems
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day, parse_timestamp, to_text
from storage.site.letterhead import Letterhead

Subject = Literal[
    "name", "closes_on", "introduction", "organiser", "contact", "logo", "label", "size", "target", "question"
]
OF_COLLEGES: Final[tuple[Subject, ...]] = ("label", "size", "target")
OF_LETTERHEAD: Final[tuple[Subject, ...]] = ("introduction", "organiser", "contact", "logo")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an open campaign should say: its name, its announced end, its colleges by code, and who runs it.

    Without a ``letterhead``, or without ``local_questions``, these stay as they are.
    """

    name: str
    closes_on: date | None
    colleges: Mapping[str, CampaignCollege]
    letterhead: Letterhead | None = None
    local_questions: tuple[LocalQuestion, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something changed: its subject, the college concerned, the values before and after (None for nothing)."""

    subject: str
    college: str | None
    before: str | None
    after: str | None
    at: datetime | None = None


def amend_campaign(db: Database, campaign: Campaign, wanted: Amendment, by: int | None) -> list[Change]:
    """Change an open campaign, and return what changed. ``by`` is the account that does it.

    Raises ``CampaignError`` with every problem, or when the campaign is not open; nothing is written then.
    """
    with writing(db) as conn:
        current = reload_campaign(db, campaign)
        if problems := amendment_problems(db, current, wanted):
            raise CampaignError(problems)
        wanted = _tidied(current, wanted)
        said = kept_letterhead(db, wanted.letterhead or current.letterhead)
        changes = list(_changes(current, replace(wanted, letterhead=said)))
        if not changes:
            return []
        labels = {code: one.label for code, one in wanted.colleges.items()}
        conn.execute(
            "UPDATE campaigns SET name = ?, closes_on = ?, local_questions = ?, grid_id = ? WHERE id = ?",
            (
                *(wanted.name, wanted.closes_on and wanted.closes_on.isoformat()),
                as_stored(wanted.local_questions or ()),
                *(freeze_on(conn, with_labels(current.grid, labels)), current.id),
            ),
        )
        write_letterhead(db, current, said)
        for code, one in wanted.colleges.items():
            values = (one.label, one.size, one.target, current.id, code)
            conn.execute(
                "UPDATE campaign_colleges SET label = ?, size = ?, target = ? WHERE campaign_id = ? AND code = ?",
                values,
            )
            conn.execute(
                "UPDATE college_merges SET member_label = ? WHERE campaign_id = ? AND member = ?",
                (one.label, current.id, code),
            )
        note_changes(db, current, changes, by)
    return changes


def amendment_problems(db: Database, campaign: Campaign, wanted: Amendment) -> list[str]:
    """Return why this campaign cannot be so, as French sentences; empty if it can."""
    return [*_state_problems(campaign), *_problems(db, campaign, _tidied(campaign, wanted))]


def note_changes(db: Database, campaign: Campaign, changes: list[Change], by: int | None) -> None:
    """Keep these changes, so that the page of the campaign says them."""
    with writing(db) as conn:
        conn.executemany(
            """INSERT INTO campaign_changes (campaign_id, changed_at, by_id, subject, college, before, after)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [(campaign.id, to_text(now()), by, one.subject, one.college, one.before, one.after) for one in changes],
        )


def changes_of(db: Database, campaign: Campaign) -> list[Change]:
    """Return what changed since the opening, the last change first."""
    sql = """SELECT subject, college, before, after, changed_at FROM campaign_changes WHERE campaign_id = ?
        ORDER BY id DESC"""
    rows = db.conn.execute(sql, (campaign.id,))
    return [
        Change(subject, college, before, after, parse_timestamp(at)) for subject, college, before, after, at in rows
    ]


def _tidied(campaign: Campaign, wanted: Amendment) -> Amendment:
    """The same, for the colleges of the campaign only, without stray spaces."""
    colleges = {
        one.code: replace(one, label=typed_line(new.label), size=new.size, target=new.target)
        for one in campaign.colleges
        if (new := wanted.colleges.get(one.code, one))
    }
    questions = campaign.local_questions if wanted.local_questions is None else wanted.local_questions
    asked = tuple(one.settled for one in questions)
    return Amendment(typed_line(wanted.name), wanted.closes_on, colleges, wanted.letterhead, asked)


def _changes(campaign: Campaign, wanted: Amendment) -> Iterator[Change]:
    if wanted.name != campaign.name:
        yield Change("name", None, campaign.name, wanted.name)
    if wanted.closes_on != campaign.closes_on:
        yield Change("closes_on", None, _text(campaign.closes_on), _text(wanted.closes_on))
    for subject in OF_LETTERHEAD:
        old, new = (getattr(one, subject) or None for one in (campaign.letterhead, wanted.letterhead))
        if old != new:
            yield Change(subject, None, old, new)
    for before in campaign.colleges:
        after = wanted.colleges[before.code]
        for subject in OF_COLLEGES:
            old, new = _text(getattr(before, subject)), _text(getattr(after, subject))
            if old != new:
                yield Change(subject, before.code, old, new)
    yield from _question_changes(campaign.local_questions, wanted.local_questions or ())


def _question_changes(asked: Sequence[LocalQuestion], wanted: Sequence[LocalQuestion]) -> Iterator[Change]:
    for before, after in zip(asked, wanted, strict=False):
        if before != after:
            yield Change("question", None, _question_text(before), _question_text(after))


def _question_text(question: LocalQuestion) -> str:
    return " · ".join(text for text in (question.text, *question.choices, question.easy) if text)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _state_problems(campaign: Campaign) -> Iterator[str]:
    if campaign.status != "open":
        yield _("La collecte n’est plus ouverte : son nom, sa fin et ses collèges ne changent plus.")


def _problems(db: Database, campaign: Campaign, wanted: Amendment) -> Iterator[str]:
    if not wanted.name:
        yield _("La campagne n’a pas de nom : donnez-lui-en un.")
    yield from _day_problems(campaign, wanted.closes_on)
    if wanted.letterhead:
        yield from wanted.letterhead.problems
    yield from _label_problems(db, campaign, wanted)
    for one in wanted.colleges.values():
        if one.target is not None and one.target < 1:
            yield _(
                "« %(label)s » : espérez au moins une réponse, ou laissez vide si vous n’avez pas d’objectif.",
                label=one.label,
            )
    sizes = {code: one.size for code, one in wanted.colleges.items()}
    yield from size_problems(campaign, participation(db, campaign), sizes)
    yield from _question_problems(campaign.local_questions, wanted.local_questions or ())


def _question_problems(asked: Sequence[LocalQuestion], wanted: Sequence[LocalQuestion]) -> Iterator[str]:
    if [_shape(one) for one in asked] != [_shape(one) for one in wanted]:
        yield _(
            "Le nombre des questions locales et des réponses proposées ne change plus : des gens y ont peut-être déjà "
            "répondu. Corrigez seulement leurs mots."
        )
    yield from (problem for _place, _field, problem in local_question_problems(wanted))


def _shape(question: LocalQuestion) -> tuple[bool, int]:
    return question.is_open, len(question.choices)


def _day_problems(campaign: Campaign, day: date | None) -> Iterator[str]:
    if day is None or day == campaign.closes_on:
        return
    if day < paris_day(now()):
        yield _(
            "La fin annoncée est déjà passée : choisissez aujourd’hui ou plus tard. Pour arrêter maintenant, "
            "clôturez la collecte."
        )
    elif campaign.opens_on and day < campaign.opens_on:
        yield _("La campagne se termine avant de commencer : vérifiez ses dates.")


def _label_problems(db: Database, campaign: Campaign, wanted: Amendment) -> Iterator[str]:
    labels = [one.label for one in wanted.colleges.values()]
    yield from label_problems(labels)
    taken = {label.casefold() for label in labels}
    groups = db.conn.execute("SELECT DISTINCT label FROM college_merges WHERE campaign_id = ?", (campaign.id,))
    for (label,) in groups:
        if label.casefold() in taken:
            yield _("« %(label)s » est déjà le nom d’un groupe de collèges : donnez un autre nom.", label=label)
