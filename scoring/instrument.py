"""The measurement quality of a grid: figures about its questions, over a whole programme, for the grid's owner.

They are never computed for a single territory, where a few answers would show nothing and be read as a judgement. Each
figure has answers of several territories, none of which has most of them. Only published cells are counted: the total
of a programme, minus the published territories, must not disclose what another territory hides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grille.grid import Family, Grid
from grille.messages import Message
from grille.messages import message as _
from scoring import tables as frames
from scoring.cells import SkillTally, Tallies, blank_hidden, positions, published, tally
from scoring.coding import WORKSHOP, CodedAnswers, code
from scoring.errors import AnswersError, AnswersProblem
from scoring.rules import Rules
from scoring.statistics import reliability
from scoring.statistics.exact import exact

FORMS: Final = ("short", "full")


@dataclass(frozen=True, eq=False)
class Instrument:
    """The figures about a grid, from the answers of a programme.

    ``skills`` has the columns `skill, family, n, item_rest_short, item_rest_full, floor, ceiling`. ``families``, for
    the short form (core skills) and the full one: `family, form, items, n, alpha, alpha_low, alpha_high, alpha_within,
    omega, omega_low, omega_high`, where `n` counts complete answers. ``silence``, by skill and college: `skill, family,
    college, respondents, unknown, not_applicable, unanswered, cells, hidden`, where the last two count the campaigns in
    which the cell is published and hidden (many hidden cells are the first sign of a skill that people do not know).

    A figure with too few territories, or mostly from one, is null; its counts are still given.
    """

    grid: Grid
    rules: Rules
    territories: int
    campaigns: int
    respondents: int
    """The number of respondents in the colleges that reach k."""
    skills: pd.DataFrame
    families: pd.DataFrame
    silence: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain values for JSON."""
        return {
            "grid": {"id": self.grid.id, "version": self.grid.version},
            "rules": self.rules.to_dict(),
            "territories": self.territories,
            "campaigns": self.campaigns,
            "respondents": self.respondents,
            "skills": frames.records(self.skills),
            "families": frames.records(self.families),
            "silence": frames.records(self.silence),
        }


@dataclass(frozen=True, eq=False)
class _CampaignAnswers:
    """The answers of a campaign: skills and colleges asked, published cells, answers without the hidden ones."""

    territory: str
    asked: frozenset[str]
    colleges: tuple[str, ...]
    shown: Tallies
    answers: CodedAnswers


@dataclass(frozen=True, eq=False)
class _Complete:
    """The complete answers (respondents × items), the group of each (one per college and campaign), and the number of
    respondents by territory."""

    answers: reliability.Matrix
    groups: NDArray[Any]
    territories: Counter[str]


def instrument(
    answers: pd.DataFrame,
    grid: Grid,
    rules: Rules | None = None,
    *,
    colleges: Mapping[str, Collection[str]] | None = None,
) -> Instrument:
    """Return the figures about a grid, from the answers of a programme: a row per respondent, a column ``territory``.

    A column ``campaign`` distinguishes the campaigns of a territory; one per territory is best, since a person who
    answers twice is counted twice. A column ``form`` (``short`` or ``full``) says which skills a campaign asked: all of
    them by default. ``colleges`` has the colleges of each campaign, by default those of the grid. Workshops are left
    out, since they are not respondents.

    Raises ``AnswersError`` for answers that cannot be read, or that come from too few territories.
    """
    rules = rules or Rules()
    alone = replace(rules, sizes=None)
    campaigns = [_campaign(part, grid, alone, colleges or {}) for part in _campaigns(_checked(answers, grid, rules))]
    return Instrument(
        grid=grid,
        rules=rules,
        territories=answers["territory"].nunique(),
        campaigns=len(campaigns),
        respondents=sum(size for campaign in campaigns for size in _sizes(campaign) if size >= rules.k),
        skills=frames.build([_skill_row(skill.code, campaigns, grid, rules) for skill in grid.skills], frames.ITEMS),
        families=frames.build(list(_family_rows(campaigns, grid, rules)), frames.RELIABILITY),
        silence=frames.build(list(_silence_rows(campaigns, grid, rules)), frames.SILENCE),
    )


def _checked(answers: pd.DataFrame, grid: Grid, rules: Rules) -> pd.DataFrame:
    code(answers.drop(columns=["campaign", "form"], errors="ignore"), grid, Rules(colleges=rules.colleges))
    if "territory" not in answers.columns or answers["territory"].isna().any():
        raise AnswersError([AnswersProblem(_("chaque réponse doit nommer son territoire."), column="territory")])
    found = answers["territory"].nunique()
    if found < rules.instrument_territories:
        raise AnswersError([AnswersProblem(too_few_territories(found, rules))])
    return answers


def too_few_territories(found: int, rules: Rules) -> Message:
    """Return the sentence that refuses to judge a grid on so few territories.

    >>> too_few_territories(1, Rules())[:46]
    'la qualité de la grille se juge sur au moins 3'
    """
    return _(
        "la qualité de la grille se juge sur au moins %(least)s territoires d’un programme\u202f; il y en a %(found)s.",
        least=rules.instrument_territories,
        found=found,
    )


def stands(territories: Counter[str], rules: Rules) -> bool:
    """Return whether a figure may be given, from its number of answers by territory: several ones, none dominant.

    >>> [stands(Counter(found), Rules()) for found in ("aabbcc", "aaaaaaaaabc", "aab")]
    [True, False, False]
    """
    counts = [count for count in territories.values() if count]
    return len(counts) >= rules.instrument_territories and max(counts) <= exact(rules.instrument_share) * sum(counts)


def _campaigns(answers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    keys = [name for name in ("territory", "campaign") if name in answers.columns]
    for _keys, part in answers.groupby(keys, dropna=False, sort=False, observed=True):
        yield part


def _campaign(
    part: pd.DataFrame, grid: Grid, rules: Rules, colleges: Mapping[str, Collection[str]]
) -> _CampaignAnswers:
    short = "form" in part.columns and (part["form"] == "short").all()
    asked = frozenset(skill.code for skill in grid.skills if skill.core or not short)
    coded = code(part.drop(columns="form", errors="ignore"), grid, rules)
    cells = {place: cell for place, cell in tally(coded).items() if place[0] in asked and place[1] != WORKSHOP}
    shown = published(cells, rules)
    known = colleges.get(str(part["campaign"].iloc[0])) if "campaign" in part.columns else None
    people = tuple(one for one in coded.colleges if one != WORKSHOP and (known is None or one in known))
    return _CampaignAnswers(str(part["territory"].iloc[0]), asked, people, shown, blank_hidden(coded, shown))


def _sizes(campaign: _CampaignAnswers) -> list[int]:
    return [campaign.answers.size(college) for college in campaign.colleges]


def _skill_row(skill: str, campaigns: Sequence[_CampaignAnswers], grid: Grid, rules: Rules) -> frames.Row:
    cells = [
        (campaign.territory, cell)
        for campaign in campaigns
        for place, cell in campaign.shown.items()
        if place[0] == skill
    ]
    counts, family = _summed(cell.counts for _, cell in cells), grid.family_of(skill)
    n = sum(counts)
    shown = stands(_sums((territory, cell.n) for territory, cell in cells), rules)
    shares = {"floor": counts[0] / n, "ceiling": counts[-1] / n} if shown else {}
    rests = {f"item_rest_{form}": _item_rest(skill, family, form, campaigns, rules) for form in FORMS}
    return {"skill": skill, "family": family.code, "n": n} | shares | rests


def _summed(counts: Iterable[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)] or [0]


def _sums(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in counts:
        found[name] += count
    return found


def _items(family: Family, form: str) -> list[str]:
    return [skill.code for skill in family.skills if form == "full" or skill.core]


def _item_rest(
    skill: str, family: Family, form: str, campaigns: Sequence[_CampaignAnswers], rules: Rules
) -> float | None:
    items = _items(family, form)
    if skill not in items:
        return None
    found = _complete(campaigns, items)
    return float(reliability.item_rest(found.answers)[items.index(skill)]) if _enough(found, rules) else None


def _enough(found: _Complete, rules: Rules) -> bool:
    people, items = found.answers.shape
    return people >= rules.instrument_n and items > 1 and stands(found.territories, rules)


def _family_rows(campaigns: Sequence[_CampaignAnswers], grid: Grid, rules: Rules) -> Iterator[frames.Row]:
    for family in grid.families:
        for form in FORMS:
            items = _items(family, form)
            found = _complete(campaigns, items)
            row: frames.Row = {"family": family.code, "form": form, "items": len(items), "n": len(found.answers)}
            yield row | _coefficients(found, float(rules.confidence)) if _enough(found, rules) else row


def _coefficients(complete: _Complete, confidence: float) -> frames.Row:
    answers = complete.answers
    found = {
        "alpha": reliability.alpha_interval(answers, confidence),
        "omega": reliability.omega_interval(answers, confidence),
    }
    return {
        key: value
        for name, coefficient in found.items()
        for key, value in (
            (name, coefficient.value),
            (f"{name}_low", coefficient.low),
            (f"{name}_high", coefficient.high),
        )
    } | {"alpha_within": reliability.alpha(reliability.within(answers, complete.groups))}


def _complete(campaigns: Sequence[_CampaignAnswers], items: Sequence[str]) -> _Complete:
    blocks, groups = [np.empty((0, len(items)))], [np.empty(0, dtype=np.intp)]
    territories: Counter[str] = Counter()
    for campaign in campaigns:
        for college in campaign.answers.colleges:
            codes = campaign.answers.block(college, positions(campaign.answers, items))
            kept = codes[:, (codes >= 0).all(axis=0)].T
            groups.append(np.full(len(kept), len(groups) - 1, dtype=np.intp))
            blocks.append(kept.astype(np.float64))
            territories[campaign.territory] += len(kept)
    return _Complete(np.concatenate(blocks), np.concatenate(groups), territories)


def _silence_rows(campaigns: Sequence[_CampaignAnswers], grid: Grid, rules: Rules) -> Iterator[frames.Row]:
    for skill in grid.skills:
        asking = [campaign for campaign in campaigns if skill.code in campaign.asked]
        for college in (college.code for college in grid.colleges):
            place = (skill.code, college)
            shown = [(campaign.territory, campaign.shown[place]) for campaign in asking if place in campaign.shown]
            asked = sum(college in campaign.colleges for campaign in asking)
            row = {"skill": skill.code, "family": grid.family_of(skill.code).code, "college": college}
            yield row | _silence(shown, rules) | {"cells": len(shown), "hidden": asked - len(shown)}


def _silence(cells: Sequence[tuple[str, SkillTally]], rules: Rules) -> frames.Row:
    people = _sums((territory, cell.respondents) for territory, cell in cells)
    everyone = people.total()
    if not stands(people, rules):
        return {"respondents": everyone}
    names = ("unknown", "not_applicable", "unanswered")
    return {"respondents": everyone} | {name: sum(getattr(c, name) for _, c in cells) / everyone for name in names}
