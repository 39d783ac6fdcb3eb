"""Adoption: what would be adopted, read once more, then sealed as a numbered version."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.review.comments import pending_comments
from storage.review.printed_diagnostics import printed_diagnostic
from web.http.database import connection
from web.http.security.audit import audit
from web.review.blueprint import blueprint, reviewing

if TYPE_CHECKING:
    from storage.review.snapshots import Snapshot


@blueprint.route("/campagnes/<slug>/revue/adoption", methods=["GET", "POST"])
@reviewing(Action.ADOPT_DIAGNOSTIC)
def adoption(campaign: Campaign) -> Any:
    """Show what would be adopted; adopt it when it is sent with the box ticked."""
    from storage.review.snapshots import snapshots_of
    from web.review.forms import AdoptionForm

    form = AdoptionForm()
    earlier = snapshots_of(connection(), campaign)
    if form.is_submitted():
        if earlier and not (form.reason.data or "").strip():
            form.reason.validators = [*form.reason.validators, _reason_given]
        if form.validate() and (number := _adopted(campaign, form)):
            flash(_("Le diagnostic est adopté : c’est la version %(n)s.", n=number))
            return redirect(url_for("review.diagnostic", slug=campaign.slug, number=number), 303)
        earlier = snapshots_of(connection(), campaign)  # somebody else may have adopted meanwhile
    return _page(campaign, form, earlier), 422 if form.errors else 200


def _reason_given(_form: Any, _field: Any) -> None:
    from wtforms.validators import StopValidation

    raise StopValidation(_("Dites pourquoi cette nouvelle version corrige la précédente."))


def _adopted(campaign: Campaign, form: Any) -> int | None:
    """The number of the version that was adopted; None, and why on the form, when it could not be."""
    from restitution.documents.pdf.typst_pdf import Unprintable
    from storage.review.snapshots import DraftChanged, adopt_sealed, seal
    from web.results.campaign_results import print_diagnostic

    db, who = connection(), current_user.account
    try:
        sealed = seal(db, campaign, who, reason=form.reason.data or "", read=form.read.data)
        printed = print_diagnostic(campaign, sealed)  # before the transaction: nobody waits for it
        with writing(db):
            number = adopt_sealed(db, campaign, who, sealed, printed).number
            audit(AuditEvent.DIAGNOSTIC_ADOPTED, campaign, number=number)
            return number
    except DraftChanged:
        form.form_errors.append(
            _("Quelqu’un a modifié la revue pendant que vous la lisiez. Relisez ce qui suit, puis adoptez.")
        )
    except Unprintable:
        current_app.logger.exception("a diagnostic that cannot be printed")
        form.form_errors.append(
            _(
                "Le rapport de ce diagnostic ne peut pas être imprimé : rien n’est adopté, rien n’est perdu. "
                "Prévenez l’équipe du programme, qui en trouvera la cause."
            )
        )
    except CampaignError as refused:
        form.form_errors.extend(refused.problems)
    return None


def _page(campaign: Campaign, form: Any, earlier: "list[Snapshot]") -> str:
    from restitution.adopted_diagnostic import AdoptedDiagnostic
    from restitution.draft_changes import draft_changes
    from storage.review.snapshots import canonical, draft, problems_of, sha256_of

    db = connection()
    document = draft(db, campaign)
    form.read.raw_data, form.read.data = None, sha256_of(canonical(document))
    return render_template(
        "review/adoption.html",
        campaign=campaign,
        form=form,
        content=AdoptedDiagnostic(document),
        earlier=earlier,
        blocking=problems_of(document),
        waiting=pending_comments(db, campaign),
        changes=draft_changes(earlier[-1].document, document) if earlier else [],
    )


@blueprint.get("/campagnes/<slug>/revue/diagnostics/<int:number>")
@reviewing(Action.SEE_CLOSED_RESULTS)
def diagnostic(campaign: Campaign, number: int) -> str:
    """Show one adopted version, to everyone with a role on the territory."""
    from restitution.adopted_diagnostic import AdoptedDiagnostic
    from storage.review.snapshots import find_snapshot, snapshots_of

    adopted = find_snapshot(connection(), campaign, number) or abort(404)
    latest = snapshots_of(connection(), campaign)[-1].number
    content = AdoptedDiagnostic(adopted.document)
    printed = printed_diagnostic(connection(), adopted.id) is not None
    shown = {"adopted": adopted, "latest": latest, "content": content, "printed": printed}
    return render_template("review/diagnostic.html", campaign=campaign, **shown)


@blueprint.get("/campagnes/<slug>/revue/diagnostics/<int:number>/rapport.pdf")
@reviewing(Action.SEE_CLOSED_RESULTS)
def printed(campaign: Campaign, number: int) -> Response:
    """Download the report of that version: the file printed at its adoption, or a reprint for edition 1."""
    from storage.review.snapshots import find_snapshot
    from web.results.campaign_results import reprinted

    adopted = find_snapshot(connection(), campaign, number) or abort(404)
    kept = printed_diagnostic(connection(), adopted.id)
    content = kept.content if kept else reprinted(adopted) or abort(404)
    file = f"grille-{campaign.slug}-diagnostic-{number}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=file)
