"""The first steps of an installation, shown to whoever may act everywhere until its first campaign is there."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from accounts.permissions import Action
from storage.accounts.accounts import has_pilot
from storage.campaigns.campaigns import has_campaigns
from storage.campaigns.territories import some_territory
from web.http.database import connection
from web.http.security.access import may


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name, what it is for, where it is taken, whether it is done."""

    name: str
    words: str
    address: str
    done: bool


def first_steps() -> tuple[Step, ...]:
    """Return the steps of the installation, for whoever may take them all; none once a campaign is there."""
    db = connection()
    if not may(Action.RUN_CAMPAIGNS) or not may(Action.MANAGE_ACCOUNTS) or has_campaigns(db):
        return ()
    place = some_territory(db)
    plan = url_for("campaigns.plan", place=place.slug) if place else url_for("campaigns.choose_territory")
    return (
        Step(
            _("Un territoire"),
            _("une commune ou une intercommunalité de la liste officielle."),
            url_for("campaigns.choose_territory"),
            place is not None,
        ),
        Step(
            _("Un pilote"),
            _("la personne qui préparera les campagnes de ce territoire. Si c’est vous, passez ce pas."),
            url_for("directory.invite"),
            has_pilot(db),
        ),
        Step(_("Une campagne"), _("les collèges, le questionnaire, puis les liens et les affiches."), plan, done=False),
    )
