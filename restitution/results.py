"""What every document of a campaign says: campaigns, changes, who answered, what reviewers retained, and the rules.

Built from published figures alone, so that a document can show nothing that a page would hide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from grille import Grid
from restitution.chart_data.radar import Axis, Radar, answered, axes_of, grid_status, level_word, weighting_name
from restitution.chart_data.slope import Slope
from restitution.chart_data.table import TwinTable, radar_table
from restitution.findings import changes as changing
from restitution.findings import skills
from restitution.findings.changes import FamilyChange, NotComparableSkill
from restitution.findings.college_gaps import CollegesOnFamily, colleges_by_family, divergence
from restitution.review_texts import Adoption, NotePart, Retained
from restitution.text import sentences
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from restitution.text.numbers import number_or_none, respondents, share

if TYPE_CHECKING:
    from scoring import Profile


@dataclass(frozen=True)
class ComparedCampaign:
    """One campaign of the territory: what it is called, where it stands in time, what its answers say."""

    label: str
    year: float
    profile: Profile


@dataclass(frozen=True)
class Silence:
    """A skill that many people of a college cannot judge: a finding, not a low level."""

    axis: Axis
    title: str
    college: str
    share: float

    @property
    def text(self) -> str:
        """The share as people say it."""
        return share(self.share)


@dataclass(frozen=True)
class Report:
    """One closed campaign, ready to be written as any document.

    ``campaigns`` are oldest first and end with the campaign's own; ``colleges`` names the campaign's colleges by code;
    ``collected`` says when answers came in; ``made`` is the day printed on the document, the only date that it knows;
    ``draft`` says that the reviewers' texts are not adopted.
    """

    territory: str
    name: str
    campaigns: tuple[ComparedCampaign, ...]
    colleges: Mapping[str, str]
    collected: str
    made: date
    fictional: bool = False
    retained: tuple[Retained, ...] = ()
    note: tuple[NotePart, ...] = ()
    adoption: Adoption | None = None
    draft: bool = False

    @property
    def profile(self) -> Profile:
        """The campaign's own profile."""
        return self.campaigns[-1].profile

    @property
    def grid(self) -> Grid:
        """The campaign's own grid."""
        return self.profile.grid

    @property
    def label(self) -> str:
        """Return the label of the campaign, most often its year."""
        return self.campaigns[-1].label

    @property
    def previous(self) -> ComparedCampaign | None:
        """Return the campaign that changes are counted from; None for a first campaign."""
        return self.campaigns[-2] if len(self.campaigns) > 1 else None

    @property
    def since(self) -> str:
        """Return the label of the previous campaign; empty for a first campaign."""
        return self.previous.label if self.previous else ""

    @cached_property
    def shown(self) -> tuple[ComparedCampaign, ...]:
        """The campaigns of the radar, newest first: this one, the one before, the first."""
        first = self.campaigns[:1] if len(self.campaigns) > 2 else ()
        return (*reversed(self.campaigns[-2:]), *first)

    @property
    def title(self) -> str:
        """Which campaign of which territory."""
        return f"{self.territory} – {self.name}"

    @property
    def day(self) -> str:
        """The day of the document, in words."""
        return in_words(self.made)

    @property
    def status(self) -> str:
        """Which grid, and whether it is official."""
        return grid_status(self.grid)

    @cached_property
    def changes(self) -> list[FamilyChange]:
        """What changed since the previous campaign, for every college and for the territory."""
        return changing.changes(self.previous.profile, self.profile) if self.previous else []

    @property
    def territory_changes(self) -> list[FamilyChange]:
        """What changed for the territory, family by family."""
        return changing.of_territory(self.changes)

    @cached_property
    def not_comparable(self) -> list[NotComparableSkill]:
        """The skills that cannot be compared with the previous campaign, and why."""
        return changing.not_comparable_skills(self.previous.profile.grid, self.grid) if self.previous else []

    @cached_property
    def headline(self) -> str:
        """What is seen, in one sentence."""
        return sentences.headline(changing.readings(self.profile, self.changes), self.grid.levels, self.since)

    @cached_property
    def radar(self) -> Radar:
        """One to three campaigns on one radar."""
        profiles, labels = [campaign.profile for campaign in self.shown], [campaign.label for campaign in self.shown]
        return Radar.from_profiles(profiles, labels, title=self.headline, date=self.collected)

    @cached_property
    def table(self) -> TwinTable:
        """The radar's table twin, with the verdicts since the previous campaign."""
        verdicts = {change.axis.code: change.cell for change in self.territory_changes}
        since = _("Depuis %(year)s", year=self.since) if self.since else ""
        return radar_table(self.radar, verdicts, since=since)

    @cached_property
    def slope(self) -> Slope | None:
        """The families from campaign to campaign; ``None`` for a first campaign, or when the last one shows nothing."""
        if len(self.campaigns) < 2 or all(value is None for value in self.radar.series[0].values):
            return None
        campaigns = self.campaigns
        return Slope.from_profiles(
            [campaign.profile for campaign in campaigns],
            [campaign.label for campaign in campaigns],
            [campaign.year for campaign in campaigns],
        )

    @cached_property
    def panels(self) -> list[CollegesOnFamily]:
        """The colleges side by side, family by family."""
        return colleges_by_family(self.profile, self.colleges)

    @property
    def divergence(self) -> str:
        """What the colleges see alike or not."""
        return divergence(self.panels)

    @cached_property
    def families(self) -> list[skills.FamilyView]:
        """Every family in detail."""
        return skills.families(self.profile, self.colleges)

    @cached_property
    def silences(self) -> list[Silence]:
        """What a quarter of a college or more cannot judge, the most frequent first."""
        found = [
            Silence(family.axis, view.skill.title, cell.label, cell.unknown or 0)
            for family in self.families
            for view in family.skills
            for cell in view.published
            if (cell.unknown or 0) >= skills.HIGH_UNKNOWN
        ]
        return sorted(found, key=lambda one: -one.share)

    @property
    def participation(self) -> list[tuple[str, int | None, str]]:
        """Each college, how many of it answered (None when too few to be said), and the same in words."""
        k, known = self.profile.rules.k, self.profile.respondents
        numbers = {code: number_or_none(known.get(code)) for code in self.colleges}
        return [
            (label, None if (n := numbers[code]) is None else int(n), respondents(known.get(code), k))
            for code, label in self.colleges.items()
        ]

    @property
    def answered(self) -> str:
        """How many answered, as far as it may be said."""
        return answered(self.profile)

    def judgement(self, family: str) -> Retained:
        """What reviewers wrote of that family; nothing when they did not."""
        return next((one for one in self.retained if one.family == family), Retained(family))

    def retained_label(self, family: str) -> str:
        """The level that reviewers retained, in words; empty when they kept the score."""
        level = self.judgement(family).level
        return "" if level is None else f"{level} – {level_word(level, self.grid.levels)}"

    @property
    def adopted(self) -> str:
        """Which adopted diagnostic this is, or that its texts are not adopted; empty when there are none."""
        if self.adoption is None:
            return _("Textes du prestataire\u00a0: version de travail, non adoptée") if self.draft else ""
        return _(
            "Diagnostic adopté n°\u00a0%(number)s, le %(day)s, par %(author)s",
            number=self.adoption.number,
            day=in_words(self.adoption.day),
            author=self.adoption.author,
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What must be known to read any figure of the document: the same lines in each."""
        return list(self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        grid, rules = self.grid, self.profile.rules
        yield (
            _("Territoire"),
            self.territory + (f" ({_('fictif, données de démonstration')})" if self.fictional else ""),
        )
        yield _("Campagne"), f"{self.label} – {self.name}"
        yield _("Collecte"), self.collected
        yield _("Réponses"), self.answered
        yield _("Grille"), f"{grid.title} – {self.status}"
        yield _("Échelle"), _("niveaux de %(low)s à %(high)s", low=grid.lowest, high=grid.highest)
        yield _("Réunion des collèges"), weighting_name(rules.weighting)
        yield _("Confidentialité"), _("aucun chiffre sur moins de %(k)s personnes", k=rules.k)
        if self.adopted:
            yield _("Adoption"), self.adopted
        if self.adoption:
            yield _("Empreinte SHA-256"), self.adoption.sha256
        yield _("Document établi le"), self.day

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Every convention of the method, and its value here."""
        values = self.profile.rules.to_dict()
        return [(meaning, plain(values[name])) for name, meaning in self.profile.rules.meanings().items()]

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The families, in the order of the grid."""
        return axes_of(self.grid)

    @property
    def cautions(self) -> list[str]:
        """How to read a document of this campaign without being misled."""
        return [
            _("Un score est un niveau moyen\u00a0: les mots qui l’accompagnent sont ceux du niveau le plus proche."),
            _(
                "Sous %(k)s réponses, rien n’est montré\u00a0: ni le score, ni de quoi le retrouver. "
                "Un chiffre qui manque n’est jamais un zéro.",
                k=self.profile.rules.k,
            ),
            _("«\u00a0Je ne sais pas\u00a0» et «\u00a0sans objet ici\u00a0» ne donnent pas de niveau."),
            _("La surface du radar ne veut rien dire\u00a0: lisez chaque axe, un par un."),
        ]


def rules_in_words(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return each convention of the method and its value in words; names that are no convention are left out."""
    from scoring import Rules

    meanings = Rules().meanings()
    return [(meanings[name], plain(value)) for name, value in values.items() if name in meanings]


def _word(code: str) -> str:
    words = {"equal": _("égal"), "heads": _("selon les réponses"), "series": _("à part"), "all": _("ensemble")}
    return words.get(code, code.replace(".", ","))


def plain(value: object) -> str:
    """A rule's value as people read it.

    >>> plain(0.95), plain(2 / 3), plain(["elus", "agents"]), plain(None), plain({"elus": 7})
    ('0,95', '0,667', 'elus, agents', '–', 'elus 7')
    """
    if value is None or value in ([], {}, ()):
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}".replace(".", ",")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {size}" for name, size in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _word(str(value))
