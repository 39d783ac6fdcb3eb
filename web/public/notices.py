"""Legal texts: shown to all, written by whoever looks after the installation, or by a territory for its own campaigns.

Apart from the other public pages, since forms carry a token and so are not compressed.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.site.notices import SITE, keep_notices, notices_of
from web.http.database import connection
from web.http.security.audit import audit
from web.http.security.guards import for_everywhere, for_territory
from web.public.forms import NoticesForm, SiteNoticesForm

blueprint = Blueprint("notices", __name__)


@blueprint.route("/installation/mentions", methods=["GET", "POST"])
@for_everywhere(Action.OPERATE)
def edit_site() -> ResponseReturnValue:
    """Write the texts of the site, its accessibility statement among them."""
    form = SiteNoticesForm(notices_of(connection()))
    if not form.validate_on_submit():
        return render_template("public/edit_site_notices.html", form=form), 422 if form.is_submitted() else 200
    _keep(form, None)
    return redirect(url_for("public.site_notices"), 303)


@blueprint.route("/campagnes/territoires/<place>/mentions", methods=["GET", "POST"])
@for_territory(Action.RUN_CAMPAIGNS)
def edit(place: Territory) -> ResponseReturnValue:
    """Write the texts of a territory; where one is left empty, that of the site holds."""
    form = NoticesForm(data=notices_of(connection(), place.id))
    if not form.validate_on_submit():
        page = render_template("public/edit_notices.html", form=form, territory=place, site=notices_of(connection()))
        return page, 422 if form.is_submitted() else 200
    _keep(form, place)
    return redirect(url_for("public.notices", place=place.slug), 303)


def _keep(form: NoticesForm, place: Territory | None) -> None:
    with writing(connection()):
        for subject in keep_notices(connection(), form.texts, place.id if place else SITE):
            audit(AuditEvent.NOTICE_WRITTEN, place, subject=subject)
    flash(_("Les textes sont enregistrés. Voici ce que chacun lit."))
