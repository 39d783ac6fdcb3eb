"""What a lent device needs for the next person to begin without a network, and the start that it then sends.

The device draws the nonce and derives the key from it as the server does (``storage.core.tokens.secret_from``), so that
sending the start twice begins one response.
"""

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field, ValidationError

from questionnaires.answers import ResponseDocument
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import Link
from storage.responses.responses import Response as StoredResponse
from web.respond.blueprint import blueprint
from web.respond.pages.questions import page_for, questionnaire_of
from web.respond.pages.review import review_page
from web.respond.pages.welcome import welcome_page
from web.respond.response_access import OpenResponse
from web.respond.views.lent_devices import here_page, return_page
from web.respond.views.offline import files_of, now_here, unreachable
from web.respond.views.welcome import begin, link_and_campaign, refuse_unknown

KEY_TO_COME = "cle-de-cet-appareil"
"""Stands in the pages for the key, which the device puts in its place."""


class SentStart(BaseModel):
    """A response begun on the device: the nonce that it drew and the college chosen."""

    nonce: str = Field(min_length=16, max_length=64)
    college: str = Field(max_length=64)


@blueprint.get("/<token>/pret")
def lent_kit(token: str) -> ResponseReturnValue:
    """Return the blank pages of each college that a lent link leads to, and its welcome."""
    link, campaign = _lent(token)
    pages = {
        url_for("respond.welcome", token=token): welcome_page(token, link, campaign, nonce=""),
        url_for("respond.unreachable"): unreachable(),
    }
    codes = [link.college] if link.college else [college.code for college in campaign.colleges]
    colleges = {code: _pages_of(link, campaign, code) for code in codes}
    html = [*pages.values(), *(page for own, _questions in colleges.values() for page in own.values())]
    return jsonify(
        pages=pages,
        colleges={code: {"pages": own, "questions": questions} for code, (own, questions) in colleges.items()},
        files=files_of(html),
        placeholder=KEY_TO_COME,
        campaign=str(campaign.id),
        now=now_here(),
    )


def _lent(token: str) -> tuple[Link, Campaign]:
    link, campaign = link_and_campaign(token)
    if link is None or not link.lent:
        refuse_unknown(token)
    return link, campaign


def _pages_of(link: Link, campaign: Campaign, college: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the pages of someone of that college who has answered nothing, and the questions of each."""
    blank = StoredResponse(
        *(0, campaign.id, college, "individuel", ResponseDocument("{}"), None),
        deleted=False,
        campaign_open=True,
        grid_sha256="",
        lent_link=link.id,
    )
    access = OpenResponse(KEY_TO_COME, blank)
    questionnaire = questionnaire_of(access)
    pages = {str(page.number): page_for(access, page.number, questionnaire.plain) for page in questionnaire.pages}
    pages |= {"relecture": review_page(access), "rendre": return_page(access), "ici": here_page(access)}
    return pages, {str(page.number): page.codes for page in questionnaire.pages}


@blueprint.post("/<token>/depart")
def start_from_device(token: str) -> ResponseReturnValue:
    """Begin the response of a lent device. Idempotent. No CSRF token: only our own scripts can send JSON here."""
    link, campaign = _lent(token)
    if request.mimetype != "application/json":
        abort(415)
    try:
        sent = SentStart.model_validate_json(request.get_data())
    except ValidationError:
        abort(400)
    return jsonify(key=begin(link, campaign, link.college or sent.college, sent.nonce, on_device=True))
