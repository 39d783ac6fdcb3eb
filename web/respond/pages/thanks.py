"""What the last page shows: the thanks, and the respondent's own profile.

Like a question page, it is compiled once for a campaign and what is on the page, then filled in for each person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from flask import Flask, current_app, render_template
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from restitution.chart_data.radar import axes_of
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings.profile.personal_profile import OwnProfile, own_profile
from restitution.text.numbers import decimal
from storage.campaigns.campaigns import Campaign
from storage.responses.next_person import token_to_share
from web.http.database import connection
from web.http.language import reader
from web.respond.blueprint import blueprint, plain_wording
from web.respond.pages.compiled import SOMEONE, CompiledPage
from web.respond.pages.questions import compiled
from web.respond.pages.welcome import result_promise
from web.respond.response_access import OpenResponse, code_entry_address, code_of, secret

_KEPT = 100  # pages, of about 5 kB
_NAME = "thanks_pages"
_SCORE = Markup('<td>{}</td><td class="number">{}</td>')
_EASY_SCORE = Markup('<td class="number">{}</td>')


@dataclass(frozen=True)
class Shown:
    """What is on the page: the code, the scores and their drawing, the link that anybody may be given.

    ``is_open`` says whether the answers may still change, ``lent`` whether the device goes to the next person,
    ``as_rows`` whether the drawing is no radar.
    """

    is_open: bool
    lent: bool
    code: bool
    scores: bool
    drawing: bool
    as_rows: bool
    shared: str | None


@blueprint.record
def _keep_pages(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).extensions[_NAME] = lru_cache(_KEPT)(_thanks_page)


def thanks_page(access: OpenResponse) -> str:
    campaign, is_open = access.campaign, access.response.campaign_open
    profile = own_profile(campaign.grid, access.response.document.answers)
    code = code_of(access) if is_open else None
    lent, drawn = access.response.lent_link is not None, profile.radar is not None
    as_rows = profile.radar is not None and profile.radar.as_rows
    shown = Shown(is_open, lent, bool(code), profile.answered, drawn, as_rows, _shared(access))
    make = current_app.extensions[_NAME]
    page: CompiledPage = make(campaign, shown, result_promise(campaign), plain_wording(), reader())
    return page.fill({"key": access.key, **_code(code), **dict(_scores(profile))})


def _thanks_page(campaign: Campaign, shown: Shown, promise: str, _plain: bool, _language: str) -> CompiledPage:
    html = render_template(
        "respond/end.html",
        campaign=campaign,
        key=SOMEONE,
        whose={"key": SOMEONE},
        here="respond.end",
        shown=shown,
        axes=axes_of(campaign.grid),
        promise=promise,
    )
    return compiled(html)


def _shared(access: OpenResponse) -> str | None:
    """The token of the link to hand on, while the campaign is open; on a lent device the next person just begins."""
    if access.response.campaign_open and not access.response.lent_link:
        return token_to_share(connection(), access.campaign, secret())
    return None


def _code(code: str | None) -> dict[str, str]:
    return {"code": code, "door": code_entry_address()} if code else {}


def _scores(profile: OwnProfile) -> Iterator[tuple[str, str]]:
    if profile.radar:
        yield "drawing", radar_drawing(profile.radar, layout=PHONE, ident="profil-dessin")
    easy = plain_wording()
    for score in profile.scores:
        if score.value is not None:
            note = decimal(score.value)
            yield f"score {score.axis.code}", _EASY_SCORE.format(note) if easy else _SCORE.format(score.word, note)
