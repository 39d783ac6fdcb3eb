"""What a campaign hands out to be answered: its posters and letters, and the text of its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questionnaires import Questionnaire
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.completion_time import usual_completion_time
from storage.site.pictures import picture_content
from web.http.database import connection

if TYPE_CHECKING:
    from restitution.documents.pdf.poster import Poster
    from restitution.documents.pdf.sender import Sender


def sender_of(campaign: Campaign) -> Sender:
    """Return who hands out the documents of a campaign, as they print it."""
    from restitution.documents.pdf.sender import Sender  # its room loads typst, which few processes need

    said = campaign.letterhead
    logo = picture_content(connection(), said.logo, "large") if said.logo else None
    return Sender(said.introduction, said.organiser, said.contact, logo or b"")


def poster_of(campaign: Campaign, address: str, college: str | None) -> Poster:
    """Return the poster that leads to that address, for one college or for all; it is a letter too."""
    from restitution.documents.pdf.poster import Poster

    codes = [college] if college else [one.code for one in campaign.colleges]
    seconds = usual_completion_time(connection(), campaign.grid.id, campaign.form, retrospective=campaign.retrospective)
    asked = (Questionnaire(campaign.grid, campaign.form, one, retrospective=campaign.retrospective) for one in codes)
    return Poster(
        territory=campaign.territory.name,
        campaign=campaign.name,
        address=address,
        minutes=max(questionnaire.minutes_at(seconds) for questionnaire in asked),
        k=campaign.k,
        college=campaign.college(college).label if college else None,
        closes_on=campaign.closes_on,
        fictional=campaign.territory.fictional,
        headline=campaign.grid.words.poster,
        sender=sender_of(campaign),
    )


def message_subject(campaign: Campaign) -> str:
    """Return the subject of the message that invites somebody."""
    return _("%(territory)s : votre avis sur notre façon d’agir ensemble", territory=campaign.territory.name)


def message_text(campaign: Campaign, address: str) -> str:
    """Return the message that invites one person by that address."""
    said = campaign.letterhead
    asking = _(
        "%(territory)s fait le point : comment agit-on ensemble, ici ? Dites ce que vous voyez (%(name)s).",
        territory=campaign.territory.name,
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
    return "\n\n".join(filter(None, parts)) + "\n"
