"""Why a figure is missing: a reason in a few words for each empty cell of each published table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import number_or_none

if TYPE_CHECKING:
    from scoring import Profile
    from scoring.change import Comparison

    Row = Mapping[str, Any]

TERRITORY, WORKSHOP = "territoire", "atelier"


def reason_of(row: Row, column: str, source: Profile | Comparison) -> str:
    """Return why that cell of a published table is empty, in a few words. All such reasons come from here.

    ``row`` is a row of ``skills``, ``families``, ``territory``, ``weightings``, ``hindsight`` or ``hindsight_skills``
    and ``source`` its profile; or a row of ``change`` and its comparison. Raises ``ValueError`` for another table.
    """
    for columns, reason in _TABLES:
        if columns <= row.keys():
            return reason(row, column, source)
    raise ValueError("no table has such a row")


def fewer_than(k: int) -> str:
    """Return the words shown in place of a figure on fewer than ``k`` people."""
    return _("moins de %(k)s réponses", k=k)


def mean_alone(k_detail: int) -> str:
    """Return the words about a small cell, of which only the mean and the share without level are shown."""
    return _("moins de %(n)s réponses\u00a0: la moyenne seule", n=k_detail)


def volunteers_alone() -> str:
    """Return why a figure of volunteers has no interval and a change of theirs no verdict."""
    return _("répondants volontaires")


def too_few() -> str:
    """Return why a figure has no interval, or a change no verdict, with so few answers."""
    return _("trop peu de réponses")


def _of_skill(row: Row, column: str, profile: Any) -> str:  # noqa: ARG001 — every reason is given the column
    if row["published"]:
        return mean_alone(profile.rules.k_detail)
    return _below_threshold(row["college"], profile)


def _below_threshold(college: str, profile: Profile) -> str:
    """Return the reason: too few people answered, or many did but too few of them gave a level."""
    if college == WORKSHOP:
        needed = profile.rules.threshold(workshop=True)
        return _("aucun atelier n’en a noté") if needed == 1 else _("moins de %(k)s ateliers", k=needed)
    if number_or_none(profile.respondents.get(college)) is None:
        return fewer_than(profile.rules.k)
    return _("moins de %(k)s niveaux donnés", k=profile.rules.k)


def _of_family(row: Row, column: str, profile: Any) -> str:
    if not row["published"]:
        few = number_or_none(row["n"]) is None
        return _below_threshold(row["college"], profile) if few else _("trop peu de savoir-faire")
    if column == "absent":
        return _no_gap(row, profile)
    if row["college"] == WORKSHOP:
        return _("atelier")
    return _no_margin(row["margin"]) if column in ("low", "high") else too_few()


def _no_margin(margin: str) -> str:
    words = {"volontaires": volunteers_alone(), "recensement": _("tout le collège a répondu")}
    return words.get(margin) or too_few()


def _no_gap(row: Row, profile: Profile) -> str:
    """Return why there is no « combien les absents devraient différer »: it needs volunteers and a known size."""
    college, size = row["college"], profile.size(row["college"])
    if college not in profile.rules.voluntary:
        return _("le collège n’est pas fait de volontaires")
    if size is None:
        return _("effectif inconnu")
    if size <= row["n"]:
        return _("tous ont donné un niveau")
    return _("aucun avis des absents ne changerait le niveau lu")


def _of_territory(row: Row, column: str, profile: Any) -> str:  # noqa: ARG001
    if not row["published"]:
        return _few_colleges(profile)
    if row["margin"] == "recensement":
        return _("tous les collèges ont répondu en entier")
    return volunteers_alone() if row["margin"] == "volontaires" else college_without_interval()


def college_without_interval() -> str:
    """Return why the territory has a score without interval: one is missing to a college of it."""
    return _("un collège n’a pas d’intervalle")


def _few_colleges(profile: Profile) -> str:
    return few_colleges(profile.rules.colleges_needed(len(profile.colleges)))


def few_colleges(needed: int) -> str:
    """Return why a family has no score for the territory: fewer colleges than it needs are published."""
    return ngettext("moins de %(n)s collège publié", "moins de %(n)s collèges publiés", needed)


def _of_weightings(row: Row, column: str, profile: Any) -> str:  # noqa: ARG001
    return _few_colleges(profile)


def _of_change(row: Row, column: str, comparison: Any) -> str:  # noqa: ARG001
    family, place = row["family"], row["college"]
    judged = comparison.row(family, place)
    if judged.delta is None:
        return _incomparable(family, place, comparison)
    if judged.reason == "atelier":
        return _("atelier")
    return volunteers_alone() if judged.reason == "volontaires" else too_few()


def _incomparable(family: str, place: str, comparison: Comparison) -> str:
    """Return the first thing that the two campaigns lack to be compared there."""
    if family not in {unit.family for unit in comparison.units}:
        return _("aucun savoir-faire de cette famille ne se compare d’une grille à l’autre")
    if place == TERRITORY:
        needed = max(one.rules.colleges_needed(len(one.colleges)) for one in (comparison.before, comparison.after))
        return ngettext(
            "moins de %(n)s collège publié les deux fois sur les mêmes savoir-faire",
            "moins de %(n)s collèges publiés les deux fois sur les mêmes savoir-faire",
            needed,
        )
    if place not in comparison.before.all_colleges:
        return _("absent de la campagne précédente")
    return _("trop peu de savoir-faire publiés les deux fois")


def _of_hindsight(row: Row, column: str, profile: Any) -> str:  # noqa: ARG001
    place, voluntary = row["college"], set(profile.rules.voluntary)
    if row["published"]:
        colleges = _paired_colleges(row["family"], profile) if place == TERRITORY else {place}
        return volunteers_alone() if colleges and colleges <= voluntary else too_few()
    if place == TERRITORY:
        needed = profile.rules.colleges_needed(len(profile.colleges))
        return ngettext(
            "moins de %(n)s collège publié avec le recul", "moins de %(n)s collèges publiés avec le recul", needed
        )
    shown = profile.hindsight_skills
    own = shown[(shown["college"] == place) & shown["published"].astype(bool)]["skill"]
    if any(skill in set(own) for skill in _skills_of(row["family"], profile)):
        return _("trop peu de savoir-faire")
    return _few_pairs(profile)


def _paired_colleges(family: str, profile: Profile) -> set[str]:
    rows = profile.hindsight
    found = rows[(rows["family"] == family) & rows["published"].astype(bool) & (rows["college"] != TERRITORY)]
    return set(found["college"])


def _skills_of(family: str, profile: Profile) -> list[str]:
    return [skill.code for one in profile.grid.families if one.code == family for skill in one.skills]


def _few_pairs(profile: Profile) -> str:
    return _("moins de %(k)s personnes ont donné les deux niveaux", k=profile.rules.k)


def _of_hindsight_skill(row: Row, column: str, profile: Any) -> str:  # noqa: ARG001
    return _few_pairs(profile)


# Each table by columns that it alone has; the narrower ones first.
_TABLES: tuple[tuple[set[str], Callable[[Any, str, Any], str]], ...] = (
    ({"skill", "mean"}, _of_skill),
    ({"skill", "delta"}, _of_hindsight_skill),
    ({"family", "coverage"}, _of_family),
    ({"family", "comparable_skills"}, _of_change),
    ({"family", "visible"}, _of_hindsight),
    ({"family", "equal"}, _of_weightings),
    ({"family", "score"}, _of_territory),
)
