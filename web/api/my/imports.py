"""Importing a table of answers with a key: looked at, with all that is wrong in it, then taken."""

import binascii
from base64 import b64decode

from flask import Response

from accounts.audit_events import AuditEvent
from accounts.scopes import Scope
from grille import FileErrors
from grille.messages import message as _
from restitution.text.language import localized
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.responses.imports import Examined, SentFile, examine, import_answers
from web.api.blueprint import answer, blueprint, described
from web.api.my import bodies, models
from web.api.my.idempotency import idempotent
from web.api.my.reading import MY
from web.api.refusals import FieldProblem, wrong_fields
from web.campaigns.blueprint import while_collecting
from web.http.database import connection
from web.http.heavy_requests import computes
from web.http.security.api_keys import keyed
from web.http.security.audit import audit

LISTED = 100
"""Problems of a table that are said at once, before how many others there are."""


@blueprint.post(f"{MY}/campaigns/<slug>/imports")
@described(
    _("Regarder un tableau de réponses, puis l’importer (« take »)"),
    models.ImportDocument,
    errors=(400, 404, 409, 413, 422),
    body=bodies.ImportBody,
)
@computes
@keyed(Scope.ANSWERS)
@while_collecting
@idempotent(atomic=False)
def my_table_imported(campaign: Campaign) -> Response:
    """Look at a table; import it, whole or not at all, when that is asked for."""
    body = bodies.sent(bodies.ImportBody)
    file = _file("table", body.table)
    mapping = _file("mapping", body.mapping) if body.mapping else None
    if body.college and body.college not in {one.code for one in campaign.colleges}:
        raise wrong_fields([FieldProblem("/college", _("cette campagne n’a pas ce collège."))])
    try:
        examined = examine(connection(), campaign, file, mapping, body.college)
        if body.take:
            with writing(connection()):
                count = import_answers(connection(), campaign, examined)
                audit(AuditEvent.ANSWERS_IMPORTED, campaign, count=count)
    except FileErrors as errors:
        raise wrong_fields(FieldProblem("/table", one) for one in errors.lines(LISTED)) from errors
    return answer(_document(examined, taken=body.take))


def _file(field: str, sent: bodies.FileBody) -> SentFile:
    try:
        content = b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise wrong_fields([FieldProblem(f"/{field}/content", _("ce n’est pas du base64."))]) from error
    return SentFile(sent.name.replace("\\", "/").rpartition("/")[2], content)


def _document(examined: Examined, *, taken: bool) -> models.ImportDocument:
    counts = [
        models.ImportedCount(college=college, mode=mode, responses=count)
        for (college, mode), count in examined.counts.items()
    ]
    return models.ImportDocument(
        taken=taken,
        responses=len(examined.responses),
        counts=counts,
        silent=examined.silent,
        known=examined.known,
        left_out=list(examined.left_out),
        absent=list(examined.absent),
        unanswered=list(examined.unanswered),
        remarks=[str(localized(one)) for one in examined.remarks],
    )
