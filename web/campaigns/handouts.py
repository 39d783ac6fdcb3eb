"""What a campaign hands out to be answered: its posters and letters, and the text of its messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from restitution.text.language import gettext as _
from restitution.text.language import localized, ngettext
from restitution.text.names import in_words
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import ShareLink
from storage.core.database_errors import DatabaseUnavailable
from storage.core.timestamps import now, paris_day
from storage.core.tokens import spelled
from storage.responses.link_codes import link_codes
from storage.site.pictures import picture_content
from web.campaigns.pages import campaign_share_links, code_entrance, link_secret
from web.http.database import connection
from web.respond.pages.questions import questionnaire_for
from web.respond.pages.welcome import seconds_per_answer
from web.respond.pages.wording import Wording

if TYPE_CHECKING:
    from restitution.documents.pdf.poster import Poster
    from restitution.documents.pdf.sender import Sender


def sender_of(campaign: Campaign) -> Sender:
    """Return who hands out the documents of a campaign, as they print it."""
    from restitution.documents.pdf.sender import Sender  # its room loads typst, which few processes need

    said = campaign.letterhead
    logo = picture_content(connection(), said.logo, "large") if said.logo else None
    return Sender(said.introduction, said.organiser, said.contact, logo or b"")


def codes_of(links: list[ShareLink]) -> dict[int, str]:
    """Return the codes of these links, as they are printed; none when the database cannot store them now."""
    try:
        return {number: spelled(code) for number, code in link_codes(connection(), links, link_secret()).items()}
    except DatabaseUnavailable:
        return {}


def codes_by_college(campaign: Campaign) -> dict[str | None, str]:
    """Return the code of the link to each college that has one, and that of the link for everybody under None.

    Links of lent devices are left out: what begins there goes back to them.
    """
    links = [one for one in campaign_share_links(campaign) if not one.link.lent]
    codes = codes_of(links)
    return {one.link.college: codes[one.link.id] for one in links if one.link.id in codes}


def poster_of(campaign: Campaign, address: str, college: str | None, code: str = "", *, inked: bool = False) -> Poster:
    """Return the poster that leads to that address, for one college or for all; it is a letter too."""
    from restitution.documents.pdf.poster import Poster

    return Poster(
        territory=campaign.territory.name,
        campaign=campaign.name,
        address=address,
        minutes=_minutes(campaign, college),
        k=campaign.k,
        college=campaign.college(college).label if college else None,
        closes_on=campaign.closes_on,
        warning=localized(campaign.territory.warning),
        headline=campaign.grid.words.poster,
        sender=sender_of(campaign),
        code=code,
        entrance=code_entrance(),
        inked=inked,
        question=_question(campaign),
        colleges=[one.label for one in campaign.colleges],
    )


def _question(campaign: Campaign) -> str:
    """Return what is asked, in the words of its grid: no other subject may be announced."""
    return campaign.grid.words.welcome or _("Où en est-on, ici ?")


def _minutes(campaign: Campaign, college: str | None) -> int:
    """How long answering takes, as the welcome page says it: the longest of the colleges that are asked."""
    codes = [college] if college else [one.code for one in campaign.colleges]
    seconds = seconds_per_answer(campaign)
    return max(questionnaire_for(campaign, one, Wording(plain=False)).minutes_at(seconds) for one in codes)


@dataclass(frozen=True)
class ReadyText:
    """A text to copy: where it is sent, and what it says. ``name`` identifies it on its page."""

    name: str
    where: str
    text: str


def ready_texts(campaign: Campaign, address: str, college: str | None, code: str) -> list[ReadyText]:
    """Return the texts that invite people by a link, for each way of sending them, then the reminder of everybody.

    There is no reminder once the campaign is closed, or its announced end has passed: it would invite for nothing.
    """
    words = _words(campaign, address, college, code)
    texts = [
        ReadyText("message", _("Message électronique"), _joined(_("Bonjour,"), *_invitation(campaign, words))),
        ReadyText("sms", _("SMS"), _("%(place)s vous demande votre avis : %(minutes)s, anonyme. %(link)s", **words)),
        ReadyText(
            "discussion",
            _("Messagerie (groupe, réseau social)"),
            _(
                "%(place)s fait le point. %(question)s Cela prend %(minutes)s, c’est anonyme. %(end)s\n%(link)s",
                **words,
            ),
        ),
        ReadyText("bulletin", _("Bulletin municipal, site, panneau"), _bulletin(words)),
    ]
    ended = campaign.closes_on is not None and campaign.closes_on < paris_day(now())
    if campaign.status == "closed" or ended:
        return texts
    return [*texts, ReadyText("rappel", _("Rappel à tous"), _joined(_("Bonjour,"), *_reminder(campaign, words)))]


def _words(campaign: Campaign, address: str, college: str | None, code: str) -> dict[str, str]:
    minutes = _minutes(campaign, college)
    day = in_words(campaign.closes_on) if campaign.closes_on else ""
    return {
        "place": campaign.territory.name,
        "minutes": ngettext("environ %(n)s minute", "environ %(n)s minutes", minutes),
        "end": _("Jusqu’au %(day)s.", day=day) if day else "",
        "link": address,
        "door": code_entrance(),
        "code": code,
        "question": _question(campaign),
    }


def _invitation(campaign: Campaign, words: dict[str, str]) -> Iterator[str]:
    yield _("%(place)s fait le point. %(question)s Dites ce que vous voyez.", **words)
    yield campaign.letterhead.introduction
    yield _("Cela prend %(minutes)s, en une ou plusieurs fois. %(end)s", **words).strip()
    yield _("Pour répondre :\n%(link)s", **words)
    yield _("C’est anonyme : ni nom, ni compte. Rien n’est montré sur moins de %(k)s personnes.", k=campaign.k)
    yield campaign.letterhead.organiser


def _reminder(campaign: Campaign, words: dict[str, str]) -> Iterator[str]:
    yield _("Si vous avez déjà répondu, merci : ce message part à tous, car personne ne sait qui a répondu.")
    yield _("Sinon, il est encore temps : %(minutes)s. %(end)s", **words).strip()
    yield _("Pour répondre :\n%(link)s", **words)
    yield campaign.letterhead.organiser


def _bulletin(words: dict[str, str]) -> str:
    return _joined(
        _("%(place)s : qu’en dites-vous ?", **words),
        _(
            "%(question)s Chacun peut le dire : %(minutes)s, sans donner son nom.",
            **words,
        ),
        _("Sur %(door)s, écrivez le code %(code)s. %(end)s", **words).strip()
        if words["code"]
        else _("Sur %(link)s. %(end)s", **words).strip(),
    )


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def message_subject(campaign: Campaign) -> str:
    """Return the subject of the message that invites somebody."""
    return _("%(territory)s : votre avis (%(name)s)", territory=campaign.territory.name, name=campaign.name)


def message_text(campaign: Campaign, address: str) -> str:
    """Return the message that invites one person by that address."""
    said = campaign.letterhead
    asking = _(
        "%(territory)s fait le point (%(name)s). %(question)s Dites ce que vous voyez.",
        territory=campaign.territory.name,
        question=_question(campaign),
        name=campaign.name,
    )
    link = _("Votre lien, pour une seule personne :\n%(address)s", address=address)
    safe = _(
        "Personne ne sait qui a répondu quoi : votre adresse électronique n’est pas gardée, et le lien ne dit pas "
        "qui vous êtes. Aucun résultat n’est montré sur moins de %(k)s personnes.",
        k=campaign.k,
    )
    contact = _("Une question ? %(contact)s", contact=said.contact) if said.contact else ""
    parts = (_("Bonjour,"), asking, said.introduction, link, safe, contact, said.organiser)
    return _joined(*parts) + "\n"
