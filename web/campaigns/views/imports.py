"""Importing a table of answers, perhaps with a mapping: a preview first, then all of it or nothing.

Nothing is kept between the preview and the import: the page of the preview carries the files, compressed, and sends
them again; they are read and checked again.
"""

import binascii
import zlib
from base64 import b64decode, b64encode
from contextlib import closing
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from grille import FileErrors
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.responses.imports import Examined, SentFile, examine, import_answers, imports_of, undo_import
from web.campaigns.blueprint import blueprint, while_collecting
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.security.audit import audit

LISTED: Final = 100
_HEAVIEST: Final = 1_400_000
"""What still fits in a request (``MAX_CONTENT_LENGTH``) once written in a page, even when it does not compress."""


def _sample(campaign: Campaign) -> str:
    """An example of a mapping, with a college and a skill of that campaign."""
    skill, college = campaign.grid.skills[0].code, campaign.colleges[0].code
    rows = ["profil;;college", f"profil;groupe_1;{college}", f"question_1;;{skill}", "*;ne_sait_pas;NSP"]
    return "\n".join(["colonne;valeur;devient", *rows])


@blueprint.get("/<slug>/import")
@while_collecting
def choose_table(campaign: Campaign) -> str:
    """Show the form for a table, and the tables imported so far."""
    return _form(campaign)


def _form(campaign: Campaign, problems: list[str] | None = None, total: int = 0) -> str:
    return render_template(
        "campaigns/import.html",
        campaign=campaign,
        territory=campaign.territory,
        problems=problems or [],
        total=total,
        typed=request.form,
        sample=_sample(campaign),
        imports=imports_of(connection(), campaign),
    )


@blueprint.post("/<slug>/import")
@computes
@while_collecting
def import_table(campaign: Campaign) -> Response | str | tuple[str, int]:
    """Preview a table, then import it once confirmed; or list all its problems."""
    file, mapping = _file("table"), _file("mapping")
    if file is None:
        return _form(campaign, [_("Choisissez un fichier : CSV ou XLSX.")], 1), 422
    if len(file.content) + len(mapping.content if mapping else b"") > _HEAVIEST:
        return _form(campaign, [_("Ce fichier est trop lourd : partagez-le en plusieurs.")], 1), 422
    try:
        examined = examine(connection(), campaign, file, mapping, _college(campaign))
        if not request.form.get("confirmed"):
            return _look(campaign, examined, file, mapping)
        with writing(connection()):
            count = import_answers(connection(), campaign, examined)
            audit(AuditEvent.ANSWERS_IMPORTED, campaign, count=count)
    except FileErrors as errors:
        return _form(campaign, [*errors.lines(LISTED)], errors.total), 422
    except CampaignError as refusal:
        return _form(campaign, [*refusal.problems], 1), 409
    flash(ngettext("%(n)s réponse importée.", "%(n)s réponses importées.", count))
    return redirect(url_for("campaigns.choose_table", slug=campaign.slug), 303)


@blueprint.post("/<slug>/import/annuler")
@while_collecting
def undo_table(campaign: Campaign) -> Response:
    """Undo the import of a table: its answers are erased, and it can be imported again."""
    with writing(connection()):
        count = undo_import(connection(), campaign, request.form.get("table", ""))
        if count:
            audit(AuditEvent.ANSWERS_ERASED, campaign, count=count)
    if not count:
        flash(_("Cet import n’est plus là : rien n’a été effacé."))
    else:
        flash(
            ngettext(
                "Import annulé : %(n)s réponse est effacée. Le tableau peut être importé de nouveau.",
                "Import annulé : %(n)s réponses sont effacées. Le tableau peut être importé de nouveau.",
                count,
            )
        )
    return redirect(url_for("campaigns.choose_table", slug=campaign.slug), 303)


def _look(campaign: Campaign, examined: Examined, file: SentFile, mapping: SentFile | None) -> str:
    return render_template(
        "campaigns/import_preview.html",
        campaign=campaign,
        territory=campaign.territory,
        examined=examined,
        labels={one.code: one.label for one in campaign.colleges},
        college=_college(campaign),
        kept=[(name, one.name, _packed(one.content)) for name, one in (("table", file), ("mapping", mapping)) if one],
    )


def _college(campaign: Campaign) -> str:
    """The college chosen for the whole table, if it is one of the campaign's."""
    chosen = request.form.get("college", "")
    return chosen if chosen in {one.code for one in campaign.colleges} else ""


def _file(field: str) -> SentFile | None:
    """A file of the form, or that which the page of the look has kept; None when none was chosen."""
    if kept := request.form.get(f"{field}_kept"):
        content = _unpacked(kept)
        return None if content is None else SentFile(request.form.get(f"{field}_name", ""), content)
    file = request.files.get(field)
    if file is None or not file.filename:
        return None
    with closing(file):
        return SentFile(file.filename.replace("\\", "/").rpartition("/")[2], file.read())


def _packed(content: bytes) -> str:
    return b64encode(zlib.compress(content)).decode()


def _unpacked(kept: str) -> bytes | None:
    """What was packed; None when it is not that, or more than we keep."""
    try:
        unfolding = zlib.decompressobj()
        content = unfolding.decompress(b64decode(kept, validate=True), _HEAVIEST)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return content if unfolding.eof else None
