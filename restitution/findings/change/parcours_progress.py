"""The parcours and the scores: weak skills that no action aims at, and the change of the skills worked on.

Both use published figures only. The mean of a skill is the plain mean of its published colleges.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grille import IncomparableGridsError, Skill, comparable_units
from restitution.chart_data.radar import Axis
from restitution.findings.profile import skills
from restitution.findings.proposals import clear_of, mean_of, middle_of
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import decimal, decimal_text, decimals, levels_in_words, rounded, short, signed, with_sign

if TYPE_CHECKING:
    from scoring import Profile
    from scoring.reading.progress import Progress


@dataclass(frozen=True)
class WeakSkill:
    """A skill with a low mean, and its family."""

    axis: Axis
    skill: Skill
    mean: Fraction
    places: int = 1

    @property
    def text(self) -> str:
        """The mean as printed."""
        return decimal(self.mean, self.places)


def weak_skills(profile: Profile, labels: Mapping[str, str]) -> list[WeakSkill]:
    """Return the skills ``Rules.clear_change`` of the scale or more below its middle, lowest first.

    Only skills published for as many colleges as a territory's score needs.
    """
    return [one for one in skills_by_mean(profile, labels) if one.mean <= _limit(profile)]


def skills_by_mean(profile: Profile, labels: Mapping[str, str]) -> list[WeakSkill]:
    """Return every skill published for as many colleges as a territory's score needs, lowest first."""
    needed = profile.rules.colleges_needed(len(profile.colleges))
    found = [
        WeakSkill(family.axis, view.skill, mean_of(view), decimals(len(profile.grid.levels)))
        for family in skills.families(profile, labels)
        for view in family.skills
        if len(view.published) >= needed
    ]
    return sorted(found, key=lambda one: one.mean)


def weak_rule(profile: Profile) -> str:
    """Return the rule of ``weak_skills`` in words."""
    places = decimals(len(profile.grid.levels))
    return ngettext(
        "Est dit faible un savoir-faire dont la moyenne des collèges ne dépasse pas %(limit)s (le milieu de l’échelle "
        "moins %(clear)s niveau). Il faut au moins %(n)s collège publié.",
        "Est dit faible un savoir-faire dont la moyenne des collèges ne dépasse pas %(limit)s (le milieu de l’échelle "
        "moins %(clear)s niveau). Il faut au moins %(n)s collèges publiés.",
        profile.rules.colleges_needed(len(profile.colleges)),
        limit=decimal(_limit(profile), places),
        clear=short(clear_of(profile)),
    )


def _limit(profile: Profile) -> Fraction:
    return middle_of(profile) - clear_of(profile)


@dataclass(frozen=True)
class ParcoursSkillMove:
    """The change of a skill: later minus earlier mean (``before``) of the colleges published in both campaigns."""

    code: str
    title: str
    delta: Fraction
    colleges: int
    places: int = 2
    before: Fraction = Fraction(0)

    @property
    def text(self) -> str:
        """The change as printed, with its sign."""
        return signed(self.delta, self.places)


@dataclass(frozen=True)
class ParcoursProgress:
    """The skills worked on and the others between two campaigns; figures are ``None`` if none compares."""

    since: str
    until: str
    worked: tuple[ParcoursSkillMove, ...]
    others: tuple[ParcoursSkillMove, ...]
    found: Progress | None
    places: int = 2

    @property
    def comparable(self) -> bool:
        """Whether at least one skill worked on and one other can be compared."""
        return self.found is not None and self.found.others is not None

    @property
    def worked_text(self) -> str:
        """The mean change of the skills worked on, as printed."""
        return signed(self.found.worked, self.places) if self.found else ""

    @property
    def others_text(self) -> str:
        """The mean change of the other skills, as printed."""
        return signed(self.found.others, self.places) if self.found and self.found.others is not None else ""

    @property
    def sentence(self) -> str:
        """Both means, with the number of skills of each."""
        if self.found is None:
            return _("Aucun savoir-faire travaillé ne se compare d’une campagne à l’autre.")
        worked = ngettext(
            "le savoir-faire travaillé a bougé de %(by)s",
            "les %(n)s savoir-faire travaillés ont bougé de %(by)s en moyenne",
            len(self.worked),
            by=levels_in_words(rounded(self.found.worked, self.places), sign=True),
        )
        words = {"since": self.since, "until": self.until, "worked": worked}
        if self.found.others is None:
            return _("De %(since)s à %(until)s, %(worked)s\u202f; aucun autre ne se compare.", **words)
        others = ngettext("l’autre de %(by)s", "les %(n)s autres de %(by)s", len(self.others), by=self.others_text)
        return _("De %(since)s à %(until)s, %(worked)s, %(others)s.", others=others, **words)

    @property
    def beyond(self) -> str:
        """The change beyond that of skills that began as low, or why it is not given."""
        found = self.found
        if found is None:
            return ""
        if found.expected is None or found.margin is None:
            return _(
                "Trop peu d’autres savoir-faire pour dire ce qu’auraient fait des savoir-faire partis d’aussi bas."
            )
        worked, expected, more = change_of(found.expected, found.worked, self.places)
        words = {"worked": with_sign(worked), "expected": with_sign(expected), "more": with_sign(more)}
        sentence = _(
            "Travaillés %(worked)s\u202f; des savoir-faire partis d’aussi bas\u00a0: %(expected)s\u202f; "
            "en plus\u00a0: %(more)s (± %(margin)s).",
            margin=_margin(found.margin, self.places),
            **words,
        )
        chance = _("C’est plus que le seul hasard.") if more > 0 else _("C’est moins, au-delà du seul hasard.")
        if not found.beyond_chance:
            chance = _("Le seul hasard peut l’expliquer.")
        return f"{sentence} {chance}"

    @property
    def caution(self) -> str:
        """The warning that the difference proves nothing by itself."""
        return _(
            "Cela ne prouve pas que les actions en sont la cause. On travaille souvent ce qui est le plus bas, "
            "et ce qui est bas remonte plus facilement\u202f; d’autres choses ont pu changer\u202f; une bonne "
            "formation peut même faire baisser les scores, parce qu’on devient plus exigeant."
        )


def change_of(expected: Fraction, worked: Fraction, places: int) -> tuple[Decimal, Decimal, Decimal]:
    """Return the observed change, the expected one and their difference, as printed."""
    seen, awaited = rounded(worked, places), rounded(expected, places)
    return seen, awaited, seen - awaited


def _margin(margin: float, places: int) -> str:
    """Return half an interval as printed, rounded up."""
    from scoring.display import rounded_up  # pandas loads only where it is needed

    return decimal_text(rounded_up(margin, places))


def progress(before: Profile, after: Profile, worked: Collection[str], since: str, until: str) -> ParcoursProgress:
    """Return the change of every comparable skill, those of ``worked`` (codes of the later grid) apart."""
    from scoring.reading.progress import progress as compared  # pandas loads only where it is needed

    try:
        found = compared(before, after, worked)
    except IncomparableGridsError:
        found = None
    moves = list(_moves(before, after)) if found else []
    ours, others = (tuple(move for move in moves if (move.code in worked) is side) for side in (True, False))
    return ParcoursProgress(since, until, ours, others, found, decimals(len(after.grid.levels)) + 1)


def _moves(before: Profile, after: Profile) -> Iterator[ParcoursSkillMove]:
    for unit in comparable_units(before.grid, after.grid):
        if len(unit.before) != 1 or len(unit.after) != 1:
            continue  # a skill that was split or merged has no difference of its own
        was, now = unit.before[0], unit.after[0]
        both = [one for one in after.colleges if (was, one) in before.cells and (now, one) in after.cells]
        if both:
            starts = [before.cells[was, one].mean for one in both]
            moved = [after.cells[now, one].mean - start for one, start in zip(both, starts, strict=True)]
            delta, start = (sum(some, Fraction(0)) / len(both) for some in (moved, starts))
            title, places = after.grid.skill(now).title, decimals(len(after.grid.levels)) + 1
            yield ParcoursSkillMove(now, title, delta, len(both), places, start)
