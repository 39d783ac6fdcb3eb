"""Trials: a pilot opens one on a territory and erases it, each in one gesture."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.campaigns.territories import Territory, trial_on
from storage.core.database import writing
from storage.grids.library import default_grid
from storage.operations.cancellation import prove_erased
from storage.operations.trials.erasing import erase_trial
from storage.operations.trials.opening import TrialNames, open_trial
from web.campaigns.blueprint import back_to, blueprint
from web.campaigns.pages import link_secret
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.security.audit import audit, current_account_id
from web.http.security.guards import for_territory


@blueprint.post("/territoires/<place>/essai")
@for_territory(Action.RUN_CAMPAIGNS)
@once("campaigns.index")
def try_out(territory: Territory) -> ResponseReturnValue:
    """Open a trial of the territory, or go on with the one that is there."""
    db = connection()
    if there := _opened(territory):
        return back_to(there, _("Un essai est déjà ouvert sur ce territoire : le voici."))
    with writing(db):
        campaign = open_trial(db, territory, default_grid(db).grid, link_secret(), _names(territory))
        audit(AuditEvent.TRIAL_OPENED, campaign)
    return back_to(campaign, _("Votre essai est ouvert : répondez-y, clôturez-le, lisez ses résultats."))


def _names(territory: Territory) -> TrialNames:
    return TrialNames(_("%(name)s (essai)", name=territory.name), _("Pour essayer"))


def _trial_of(territory: Territory) -> Territory | None:
    """The fictional territory of its trial; itself when it is one."""
    return territory if territory.trial_of else trial_on(connection(), territory)


def _opened(territory: Territory) -> Campaign | None:
    """The latest campaign of the trial of that territory."""
    trial = _trial_of(territory)
    found = campaigns_of(connection(), trial) if trial else []
    return found[-1] if found else None


@blueprint.post("/territoires/<place>/essai/effacer")
@for_territory(Action.RUN_CAMPAIGNS)
@once("campaigns.index")
def erase(territory: Territory) -> ResponseReturnValue:
    """Erase the trial of a territory and prove that nothing of it is left."""
    db, trial = connection(), _trial_of(territory)
    if trial is None:
        flash(_("Ce territoire n’a plus d’essai : il a déjà été effacé."))
    else:
        flash(_said(prove_erased(db, trial, erase_trial(db, trial, current_account_id()))))
    return redirect(url_for("campaigns.index"), 303)


def _said(problems: tuple[str, ...]) -> str:
    if problems:
        return _(
            "L’essai est effacé, mais cela n’a pas pu être vérifié. Dites-le à qui s’occupe de l’installation : "
            "%(problems)s",
            problems=listed(problems),
        )
    return _("L’essai est effacé : il n’en reste rien dans les fichiers de la base, c’est vérifié.")
