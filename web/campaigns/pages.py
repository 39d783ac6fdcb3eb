"""What the pages of a campaign show: participation by college, effects of closing, share links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import current_app, url_for

from restitution.findings import open_links
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.names import in_words
from restitution.text.numbers import count
from restitution.text.sentences import listed
from storage.campaigns.after_opening.amendments import Change, changes_of
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.college_merges import CollegeMerge
from storage.campaigns.participation import points, sent_by_day, shown_participation
from storage.campaigns.share_links import ShareLink, colleges_opened_by_link, share_links_of
from storage.core.timestamps import now, paris_day
from web.http.addresses import as_typed, public_address
from web.http.database import connection

if TYPE_CHECKING:
    from storage.responses.computed.closing_preview import ClosingPreview


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of a college have answered, beside its target and its size.

    ``count`` is ``None`` where it may not be shown.
    """

    college: CampaignCollege
    count: int | None
    k: int

    @property
    def aim(self) -> int | None:
        """What a full bar stands for: the target, else the size; None without either."""
        return self.college.target or self.college.size

    @property
    def sentence(self) -> str:
        """The participation of the college, in words."""
        if not self.college.target:
            return _("pas d’objectif fixé")
        missing = self.college.target - (self.count or 0)
        if missing <= 0:
            return _("objectif atteint")
        return _("encore %(n)s pour l’objectif de %(target)s", n=count(missing), target=count(self.college.target))

    @property
    def share(self) -> str:
        """The estimated share of the college that has answered; empty when its size is unknown."""
        size = self.college.size
        if not size:
            return _("effectif inconnu")
        if self.count is None:
            return self.published_count
        if self.count > size:
            return _("plus que l’effectif annoncé (%(size)s)", size=count(size))
        return _("environ %(percent)s %% de %(size)s", percent=round(100 * self.count / size), size=count(size))

    @property
    def exceeded(self) -> str:
        """A warning when more people answered than the college's size; else empty."""
        size = self.college.size
        if size is None or self.count is None or self.count <= size:
            return ""
        return _(
            "« %(label)s » : plus de réponses que l’effectif annoncé (%(size)s). Tant qu’il n’est pas corrigé, les "
            "résultats se calculent comme si cet effectif était inconnu.",
            label=self.college.label,
            size=count(size),
        )

    @property
    def nearly_all(self) -> str:
        """A warning when nearly as many people answered as the college has; else empty."""
        size = self.college.size
        if size is None or self.count is None or not 0.9 * size <= self.count <= size:
            return ""
        return ngettext(
            "« %(label)s » : %(n)s réponse pour un effectif de %(size)s. Si cela vous étonne, vérifiez "
            "l’effectif, et par où l’on répond.",
            "« %(label)s » : %(n)s réponses pour un effectif de %(size)s. Si cela vous étonne, vérifiez "
            "l’effectif, et par où l’on répond.",
            self.count,
            label=self.college.label,
            size=count(size),
        )

    @property
    def published_count(self) -> str:
        """The count as results publish it, once the campaign is closed."""
        return count(self.count) if self.count is not None and self.shown else _("moins de %(k)s", k=self.k)

    @property
    def shown(self) -> bool:
        """Whether enough people answered for the college to appear in the results."""
        return self.count is not None and self.count >= self.k


def shares(campaign: Campaign) -> list[Share]:
    """Return the participation of each college, in order."""
    counts = shown_participation(connection(), campaign)
    return [Share(college, counts[college.code], campaign.k) for college in campaign.colleges]


def collection_progress(campaign: Campaign) -> list[tuple[str, list[tuple[date, str]]]]:
    """Return when each college reached how many responses, no more finely than ``points`` allows; none says nothing."""
    sent, today = sent_by_day(connection(), campaign), paris_day(now())
    found = [
        (one.label, [(day, count(total)) for day, total in points(sent[one.code], campaign.k, today)])
        for one in campaign.colleges
    ]
    return [(label, reached) for label, reached in found if reached]


def about_open_links(campaign: Campaign, groups: list[CollegeMerge]) -> Iterator[str]:
    """Yield which colleges a reusable link leads to, which of them have no size, and why k does not protect there."""
    opened = colleges_opened_by_link(connection(), campaign, groups)
    if not opened:
        return
    yield open_links.opened_by_link([one.label for one in opened])
    if unknown := [one.label for one in opened if not one.size]:
        yield _(
            "Sans effectif déclaré : %(colleges)s ; un effectif borne ce qu’une personne peut ajouter.",
            colleges=listed(unknown),
        )
    yield open_links.repeated_by_link()


def shares_after_closing(apart: list[Share], groups: list[CollegeMerge], k: int) -> list[Share]:
    """Return the participation after closing: merged colleges count as one, in the place of the first."""
    group_of = {code: group for group in groups for code in group.members}
    result: dict[str, Share] = {}
    for share in apart:
        group = group_of.get(share.college.code)
        college = CampaignCollege(group.code, group.label) if group else share.college
        before = result[college.code].count if college.code in result else 0
        result[college.code] = Share(college, (before or 0) + (share.count or 0), k)
    return list(result.values())


@dataclass(frozen=True)
class Fate:
    """What becomes of a college once the campaign is closed, in a few words; ``whole`` if it appears everywhere."""

    words: str
    whole: bool = False


def fate(share: Share, preview: ClosingPreview | None) -> Fate:
    """Return what becomes of a college once the campaign is closed."""
    if preview is None:
        return Fate(_("à vérifier après la clôture"))
    shown, families = preview.shown.get(share.college.code, ()), len(preview.families)
    if len(shown) == families:
        return Fate(_("apparaîtra"), whole=True)
    if shown:
        words = ngettext(
            "apparaîtra pour %(n)s famille sur %(all)s",
            "apparaîtra pour %(n)s familles sur %(all)s",
            len(shown),
            all=families,
        )
        return Fate(words)
    return Fate(_("sans score de famille") if preview.skills.get(share.college.code) else _("restera masqué"))


def warnings(read: list[Share], k: int, preview: ClosingPreview | None) -> Iterator[str]:
    """Yield a sentence for each thing that the results will hide, computed from the answers."""
    if preview is None:
        yield _("Ces réponses n’ont pas pu être calculées : ce qui restera masqué n’est pas connu.")
        return
    for share in read:
        yield from _college_warning(share, k, preview)
    yield from _territory_warning(preview)


def _college_warning(share: Share, k: int, preview: ClosingPreview) -> Iterator[str]:
    hidden = preview.hidden(preview.shown.get(share.college.code, ()))
    words = {"college": share.college.label, "count": answer_count(share.count or 0), "k": k}
    if not hidden:
        return
    if not share.shown:
        yield _("%(college)s : %(count)s. Ce collège n’apparaîtra pas.", **words)
    elif not preview.skills.get(share.college.code):
        yield _(
            "%(college)s : %(count)s, mais aucun savoir-faire n’a reçu %(k)s niveaux. Ce collège n’apparaîtra pas.",
            **words,
        )
    else:
        yield _(
            "%(college)s : %(count)s, mais trop peu de niveaux donnés pour un score de %(families)s.",
            families=listed(hidden),
            **words,
        )


def _territory_warning(preview: ClosingPreview) -> Iterator[str]:
    hidden = preview.hidden(preview.territory)
    if not preview.territory:
        yield ngettext(
            "Le profil du territoire n’apparaîtra pas : aucune famille n’y est publiée par au moins %(n)s collège.",
            "Le profil du territoire n’apparaîtra pas : aucune famille n’y est publiée par au moins %(n)s collèges.",
            preview.needed,
        )
    elif hidden:
        yield ngettext(
            "Le territoire n’aura pas de score pour %(families)s : il y faut au moins %(n)s collège publié.",
            "Le territoire n’aura pas de score pour %(families)s : il y faut au moins %(n)s collèges publiés.",
            preview.needed,
            families=listed(hidden),
        )


def answer_count(count: int) -> str:
    """Return a number of answers in words."""
    return ngettext("%(n)s réponse", "%(n)s réponses", count) if count else _("aucune réponse")


def campaign_share_links(campaign: Campaign) -> list[ShareLink]:
    """Return the share links of the campaign, with their tokens where this installation's secret can read them."""
    return share_links_of(connection(), campaign, link_secret())


def link_secret() -> str:
    """Return the secret with which this installation encrypts the tokens of its share links."""
    return str(current_app.config["SECRET_KEY"])


def address_of(token: str) -> str:
    """Return the whole address of a share link, as it is printed."""
    return public_address(url_for("respond.welcome", token=token))


def code_entrance() -> str:
    """Return the address where the code of a link is typed, as people type it."""
    return as_typed(public_address(url_for("respond.code_entry")))


def change_sentences(campaign: Campaign) -> list[tuple[Change, str]]:
    """Return what changed since the opening, the last change first, each with its sentence."""
    colleges = {one.code: one.label for one in campaign.colleges}
    return [(one, _change_sentence(one, colleges)) for one in changes_of(connection(), campaign)]


def _change_sentence(change: Change, colleges: Mapping[str, str]) -> str:
    before, after = _value(change.subject, change.before), _value(change.subject, change.after)
    words = {"what": _subject(change, colleges), "before": before, "after": after}
    if change.subject == "logo":
        return _("logo changé") if before and after else _("logo ajouté") if after else _("logo retiré")
    if before and after:
        return _("%(what)s : « %(after)s » au lieu de « %(before)s »", **words)
    if after:
        return _("%(what)s : « %(after)s », qui n’était pas donné", **words)
    return _("%(what)s : retiré (c’était « %(before)s »)", **words)


def _subject(change: Change, colleges: Mapping[str, str]) -> str:
    subjects = {
        "name": _("nom de la campagne"),
        "closes_on": _("fin annoncée"),
        "introduction": _("introduction"),
        "organiser": _("qui organise"),
        "contact": _("contact"),
        "logo": _("logo"),
        "label": _("nom d’un collège"),
        "size": _("effectif"),
        "target": _("objectif"),
        "question": _("question locale"),
    }
    said = subjects.get(change.subject, change.subject)
    if change.college is None or change.subject == "label":
        return said
    return _("%(what)s de « %(college)s »", what=said, college=colleges.get(change.college, change.college))


def _value(subject: str, value: str | None) -> str:
    if not value:
        return ""
    if subject == "closes_on":
        return in_words(date.fromisoformat(value))
    return count(int(value)) if subject in ("size", "target") else value
