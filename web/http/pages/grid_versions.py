"""Two versions of a grid side by side: those of the library, or a draft beside the version that it continues."""

from dataclasses import dataclass

from markupsafe import Markup

from grille import Grid, continue_each_other
from restitution.charts.versions_chart import PHONE, versions_drawing
from restitution.findings.change.versions import FamilyLinks, Versions, in_order, versions_of
from restitution.text.language import gettext as _
from web.http.heavy_requests import hand_over


@dataclass(frozen=True, slots=True)
class DrawnFamily:
    """A family with its drawing for wide screens, and for phones."""

    links: FamilyLinks
    wide: Markup
    phone: Markup


@dataclass(frozen=True, slots=True)
class VersionsShown:
    """What ``public/versions_shown.html`` shows of two versions."""

    versions: Versions
    families: tuple[DrawnFamily, ...]


def why_not_shown(one: Grid, other: Grid) -> str:
    """Return why two grids are not shown side by side, as a sentence; empty when they can be."""
    if one.id != other.id:
        return _("Ce sont deux grilles différentes, qui ne se continuent pas : il n’y a rien à relier.")
    if one.version == other.version:
        return _("C’est deux fois la même version : rien n’y change. Choisissez-en une autre.")
    if continue_each_other(one, other):
        return _(
            "Ces deux versions disent chacune continuer l’autre : on ne sait pas laquelle vient d’abord. Une version "
            "continue une version plus ancienne : corrigez « from_version » dans l’une des deux."
        )
    return ""


def missing_version(version: str) -> str:
    """Return the sentence for a version that the library does not have."""
    return _("La bibliothèque n’a pas de version « %(version)s » de cette grille.", version=version[:60])


def shown_versions(one: Grid, other: Grid) -> VersionsShown:
    """Return two versions drawn, the earlier one first, whatever the order given; ``why_not_shown`` must be empty."""
    hand_over()  # which families are compared is the engine's to say
    versions = versions_of(*in_order(one, other))
    return VersionsShown(versions, tuple(_drawn(place, family) for place, family in enumerate(versions.families)))


def _drawn(place: int, family: FamilyLinks) -> DrawnFamily:
    return DrawnFamily(
        family,
        versions_drawing(family, ident=f"famille-{place}", extra="wide"),
        versions_drawing(family, frame=PHONE, ident=f"famille-{place}-etroit", extra="phone"),
    )
