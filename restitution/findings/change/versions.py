"""Two versions of a grid side by side: what becomes of each skill, and what is compared of two campaigns on them.

What is compared is asked of the code that computes changes (``grille.correspondence``, ``scoring.figures.compared``):
nothing is decided here but the words. Drafts are told like published versions: only grids are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grille import Continuation, Family, Grid, continuations
from grille.correspondence import continues, unknown_predecessors
from grille.enumerations import enumerated
from grille.loading import version_rank
from restitution.chart_data.colours import hue
from restitution.chart_data.radar import Axis, axes_of
from restitution.findings.change.skill_links import Link, Name, different_levels, link_of
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import share


@dataclass(frozen=True)
class FamilyLinks:
    """What becomes of the skills of a family; ``compared`` when two campaigns can be, on this family."""

    axis: Axis
    links: tuple[Link, ...]
    counts: str
    meaning: str
    compared: bool

    @property
    def still(self) -> bool:
        """Whether every skill went on as it was."""
        return all(link.kind == "same" for link in self.links)

    @property
    def caption(self) -> str:
        """What its drawing shows."""
        return _(
            "%(family)s : les savoir-faire des deux versions, reliés. Le tableau dit la même chose.",
            family=self.axis.title,
        )


@dataclass(frozen=True)
class Versions:
    """Two versions, the earlier one first, told for their page. ``warnings`` are what its author should look at."""

    before: Grid
    after: Grid
    families: tuple[FamilyLinks, ...]
    headline: str
    summary: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def in_order(one: Grid, other: Grid) -> tuple[Grid, Grid]:
    """Return two versions, the earlier one first: the one that the other continues, else the smaller version."""
    for before, after in ((one, other), (other, one)):
        if continues(after, before):
            return before, after
    before, after = sorted((one, other), key=lambda grid: version_rank(grid.version))
    return before, after


def versions_of(before: Grid, after: Grid) -> Versions:
    """Return what becomes of every skill from one version to the other, by family."""
    groups = continuations(before, after)
    levels = different_levels(before, after)
    links = {one: link_of(before, after, one, levels) for one in groups}
    families = tuple(_families(before, after, links, levels))
    return Versions(
        before,
        after,
        families,
        levels or _headline(after, groups),
        tuple(_summary(before, after, list(links.values()), families)),
        tuple(_warnings(before, after)),
    )


def _families(before: Grid, after: Grid, links: Mapping[Continuation, Link], levels: str) -> Iterator[FamilyLinks]:
    """The families of the later version, then those that are no more."""
    kept = {family.code: family for family in after.families}
    was = {family.code: family for family in before.families}
    gone = [axis for axis in axes_of(before) if axis.code not in kept]
    first = len(after.families)
    for axis in (*axes_of(after), *(replace(axis, hue=hue(first + place)) for place, axis in enumerate(gone))):
        old, new = was.get(axis.code), kept.get(axis.code)
        seen = tuple(_seen(link, axis.code, before, after) for link in _ordered(old, new, links))
        compared, meaning = _family_meaning(before, after, axis.code, seen, levels)
        yield FamilyLinks(axis, seen, _counts(before, after, old, new), meaning, compared)


def _ordered(old: Family | None, new: Family | None, links: Mapping[Continuation, Link]) -> list[Link]:
    """The links of a family in the order of its later skills, each retired one after what it followed."""
    codes = [[skill.code for skill in family.skills] if family else [] for family in (old, new)]
    was = {code: link for one, link in links.items() for code in one.before}
    now = {code: link for one, link in links.items() for code in one.after}
    placed = list(dict.fromkeys(now[code] for code in codes[1]))
    for rank, code in enumerate(codes[0]):
        if was[code] not in placed:
            placed.insert(placed.index(was[codes[0][rank - 1]]) + 1 if rank else 0, was[code])
    return placed


def _seen(link: Link, family: str, before: Grid, after: Grid) -> Link:
    """The link as that family tells it: the skills of other families are said to be there."""
    return replace(
        link,
        before=tuple(_seen_from(family, name, before) for name in link.before),
        after=tuple(_seen_from(family, name, after) for name in link.after),
    )


def _seen_from(family: str, name: Name, grid: Grid) -> Name:
    own = grid.family_of(name.code)
    return name if own.code == family else replace(name, elsewhere=own.title)


def _counts(before: Grid, after: Grid, old: Family | None, new: Family | None) -> str:
    was, now = (len(family.skills) if family else 0 for family in (old, new))
    return _(
        "%(was)s savoir-faire en %(before)s, %(now)s en %(after)s",
        was=was,
        before=before.version,
        now=now,
        after=after.version,
    )


def _family_meaning(before: Grid, after: Grid, code: str, seen: Sequence[Link], levels: str) -> tuple[bool, str]:
    """Whether a family is compared, and on what; or why it is not."""
    if levels:
        return False, _("Ne se compare pas : les niveaux ne sont pas les mêmes.")
    from scoring import Rules  # loads pandas, as what follows
    from scoring.figures.compared import in_common

    rules = Rules()
    common = in_common(before, after, code, rules)
    if common.before is None or common.after is None:
        gone = common.after is None
        return False, _("Famille retirée : sa courbe s’arrête là.") if gone else _("Famille nouvelle : sans passé.")
    if common.compared:
        return True, _compared_on(seen)
    least = min((common.before, before), (common.after, after), key=lambda one: one[0])
    if not least[0]:
        return False, _("Ne se compare pas : les deux versions n’y ont rien en commun qui compte.")
    return False, _(
        "Ne se compare pas : ce qui est commun ne fait que %(share)s du poids de la famille en %(version)s, et il en "
        "faut %(least)s.",
        share=share(least[0]),
        version=least[1].version,
        least=share(float(rules.coverage)),
    )


def _compared_on(seen: Sequence[Link]) -> str:
    shared = sum(len(link.after) for link in seen if link.compared)
    whole = sum(not name.elsewhere for link in seen for name in link.after)
    if all(link.compared for link in seen):
        return _("Se compare, sur tous ses savoir-faire.")
    if shared == whole:
        return _("Se compare, sur tous ses savoir-faire d’aujourd’hui.")
    return _("Se compare, sur %(n)s de ses %(whole)s savoir-faire d’aujourd’hui.", n=shared, whole=whole)


def _headline(after: Grid, groups: Sequence[Continuation]) -> str:
    kept = sum(len(one.after) for one in groups if not one.reason)
    whole = len(after.skills)
    if kept == whole:
        return _("Tous les savoir-faire gardent leur passé")
    if not kept:
        return _("Aucun savoir-faire ne garde de passé")
    fresh = ngettext("%(n)s part de zéro", "%(n)s partent de zéro", whole - kept)
    return _("%(kept)s savoir-faire sur %(whole)s gardent leur passé, %(fresh)s", kept=kept, whole=whole, fresh=fresh)


def _summary(
    before: Grid, after: Grid, links: Sequence[Link], families: Sequence[FamilyLinks]
) -> Iterator[tuple[str, str]]:
    """The rows of what is compared: a heading and a sentence each."""
    alone = [link for link in links if link.compared and len(link.before) == len(link.after) == 1]
    together = [link for link in links if link.compared and link not in alone]
    if alone:
        yield (
            _("Un à un"),
            ngettext("%(n)s savoir-faire, avec sa courbe.", "%(n)s savoir-faire, avec leur courbe.", len(alone)),
        )
    if together:
        yield (
            _("Ensemble"),
            _(
                "%(groups)s. Leur moyenne compte dans la famille, chacun n’a pas sa courbe.",
                groups=enumerated([_arrow(link) for link in together]),
            ),
        )
    apart = [*_apart(before, after, links)]
    if apart:
        yield _("Pas du tout"), " ".join(apart)
    compared = [family.axis.title for family in families if family.compared]
    if len(compared) == len(families):
        yield _("Les familles"), _("Toutes se comparent.")
    else:
        others = [family.axis.title for family in families if not family.compared]
        yield _("Les familles"), " ".join(_family_lists(compared, others))


def _family_lists(compared: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    if compared:
        yield _("Se comparent : %(families)s.", families=enumerated(compared))
    yield _("Ne se comparent pas : %(families)s.", families=enumerated(others))


def _apart(before: Grid, after: Grid, links: Sequence[Link]) -> Iterator[str]:
    fresh = [name.code for link in links if link.kind == "new" for name in link.after]
    gone = [name.code for link in links if link.kind == "retired" for name in link.before]
    across = [_arrow(link) for link in links if not link.compared and link.before and link.after]
    if fresh:
        yield _("Nouveaux en %(version)s : %(codes)s.", version=after.version, codes=enumerated(fresh))
    if gone:
        yield _("Retirés de %(version)s : %(codes)s.", version=before.version, codes=enumerated(gone))
    if across:
        yield _("Liés, mais sans comparaison possible : %(links)s.", links=enumerated(across))


def _arrow(link: Link) -> str:
    """The codes of a link: « FAC-6 → FAC-1 + FAC-2 »."""
    was, now = (" + ".join(name.code for name in side) for side in (link.before, link.after))
    return was if was == now else f"{was} → {now}"


def _warnings(before: Grid, after: Grid) -> Iterator[str]:
    if not continues(after, before) and not continues(before, after):
        yield _(
            "Aucune de ces deux versions ne dit comment elle continue l’autre. Les savoir-faire de même code se "
            "comparent un à un, les autres pas : pour dire ce qui est renommé, partagé ou réuni, il faut une version "
            "avec une « correspondance »."
        )
    unknown = unknown_predecessors(before, after) if continues(after, before) else ()
    if unknown:
        yield _(
            "La correspondance nomme des savoir-faire que la version %(version)s n’a pas : %(codes)s. Ces liens sont "
            "laissés de côté.",
            version=before.version,
            codes=enumerated(unknown),
        )
