"""The results of a campaign for a document: dated, with what readers need to understand any figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from restitution.chart_data.captions import weighting_name
from restitution.findings.method.how_to_read import how_to_read, warnings
from restitution.findings.method.rules import edition_name
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from restitution.text.numbers import level_text


@dataclass(frozen=True)
class TeamSlide:
    """A slide that the team of a session added: words, and a picture (PNG) or the address of a QR code."""

    title: str
    text: str
    picture: bytes = b""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Report(CampaignResults):
    """The results of one closed campaign; ``made`` is the day printed on the document, and its only date.

    ``arranged`` puts the keys of slides in the order of the session, without those that it hides; it may name slides of
    the team, which are in ``team_slides``.
    """

    made: date
    arranged: Callable[[Sequence[str]], Sequence[str]] = list
    team_slides: Mapping[str, TeamSlide] = field(default_factory=dict)

    @classmethod
    def of(cls, results: CampaignResults, made: date) -> Report:
        """Return the report of these results, dated that day."""
        values = {one.name: getattr(results, one.name) for one in fields(CampaignResults)}
        return cls(**values, made=made)

    @property
    def title(self) -> str:
        """The name of the territory and of the campaign."""
        return f"{self.territory} – {self.name}"

    @property
    def day(self) -> str:
        """The day of the document, in words."""
        return in_words(self.made)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What readers need to understand any figure (label and text); the same in every document."""
        return list(self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        grid, rules = self.grid, self.profile.rules
        yield _("Territoire"), self.territory
        if self.warning:
            yield _("À savoir"), self.warning
        yield _("Campagne"), f"{self.label} – {self.name}"
        yield _("Collecte"), self.collected
        yield _("Réponses"), self.answered
        yield _("Grille"), f"{grid.title} – {self.status}"
        yield (
            _("Échelle"),
            _("niveaux de %(low)s à %(high)s", low=level_text(grid.lowest), high=level_text(grid.highest)),
        )
        yield _("Méthode"), edition_name(rules.edition)
        if self.recomputed.lines:
            yield _("Recalcul"), self.recomputed.text
        yield _("Réunion des collèges"), weighting_name(rules.weighting)
        yield _("Confidentialité"), _("aucun chiffre sur moins de %(k)s personnes", k=rules.k)
        if self.adopted:
            yield _("Adoption"), self.adopted
        if self.adoption:
            yield _("Empreinte SHA-256"), self.adoption.sha256
        yield _("Document établi le"), self.day

    @property
    def how_to_read(self) -> list[str]:
        """The method in eight lines."""
        return how_to_read(self.profile)

    @property
    def _surface(self) -> list[str]:
        """What a radar must not be read as; nothing where there is none."""
        if self.radar.as_rows:
            return []
        return [_("La surface du radar ne veut rien dire\u00a0: lisez chaque axe, un par un.")]

    @property
    def cautions(self) -> list[str]:
        """The warnings about the figures of this campaign."""
        return [
            _(
                "Un score est un niveau moyen\u00a0: les mots qui l’accompagnent sont ceux du niveau le plus "
                "proche\u202f; des deux, quand le score affiché est à mi-chemin."
            ),
            _("Un chiffre qui manque n’est jamais un zéro."),
            _("«\u00a0Je ne sais pas\u00a0» et «\u00a0sans objet ici\u00a0» ne donnent pas de niveau."),
            *self._surface,
            *warnings(self.profile, self.colleges, compared=bool(self.previous)),
            *self.open_link_cautions,
        ]
