"""Questionnaires to print, and the page where returned sheets are entered: one key per answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response as Download
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille.typed import too_long
from questionnaires import Answer, Questionnaire
from questionnaires.fields import Comment, FreeAnswer, cleaned
from questionnaires.questionnaire import Question
from questionnaires.sheet_numbers import SheetNumberRefused, next_number, normal_number, prefixes, sheet_number
from restitution.text.language import gettext as _
from restitution.text.language import localized, reason
from restitution.text.sentences import listed
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day
from storage.responses.paper_sheets import (
    enter_sheet,
    last_sheets,
    next_ranks,
    reserve_ranks,
    sheet_taken,
    sheets_entered,
    take_back,
)
from web.campaigns.blueprint import blueprint, while_collecting
from web.campaigns.handouts import codes_by_college, sender_of
from web.campaigns.pages import code_entrance
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.downloads import download
from web.http.security.audit import audited
from web.http.security.guards import for_campaign
from web.respond.blueprint import PLAIN, plain_wording
from web.respond.pages.wording import grid_read

MOST_COPIES = 50
FURTHEST_NUMBER = 9000
_SILENT = {"N": "NSP", "S": "SO", "NSP": "NSP", "SO": "SO"}


@blueprint.get("/<slug>/papier")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def paper(campaign: Campaign) -> str:
    """Show what to print for each college, what has just been numbered, and where to enter returned sheets."""
    return render_template(
        "campaigns/paper_sheets.html",
        campaign=campaign,
        territory=campaign.territory,
        entered=sheets_entered(connection(), campaign),
        following=_numbered(campaign, next_ranks(connection(), campaign)),
        ready=_ready(campaign),
        most=MOST_COPIES,
        most_each=_most_each(campaign),
    )


def _numbered(campaign: Campaign, ranks: Mapping[str, int]) -> dict[str, str]:
    begins = prefixes([one.code for one in campaign.colleges])
    return {code: sheet_number(begins[code], rank) for code, rank in ranks.items()}


@dataclass(frozen=True)
class Ready:
    """Sheets that have just been numbered: their file, and their numbers in words."""

    address: str
    words: str


def _ready(campaign: Campaign) -> Ready | None:
    """The sheets that the address names, once their numbers are reserved."""
    if "premier" not in request.args:
        return None
    college = request.args.get("college", "")
    colleges = [one.code for one in campaign.colleges if college in {"", one.code}]
    given: dict[str, Any] = {
        name: request.args[name] for name in ("copies", "premier", "lecture") if name in request.args
    }
    if not colleges:
        return None
    printed = "campaigns.printed" if college else "campaigns.all_printed"
    address = url_for(printed, slug=campaign.slug, college=college or None, **given)
    copies = _between(request.args.get("copies", ""), MOST_COPIES)
    first, last = (
        _numbered(campaign, dict(zip(colleges, _firsts(len(colleges), more), strict=True))) for more in (0, copies - 1)
    )
    return Ready(address, listed([_("%(first)s à %(last)s", first=first[code], last=last[code]) for code in colleges]))


@blueprint.post("/<slug>/papier")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
@once("campaigns.paper")
def number_sheets(campaign: Campaign) -> Response:
    """Reserve the numbers of copies that are about to be printed, after those printed or entered so far."""
    college, codes = request.form.get("college", ""), [one.code for one in campaign.colleges]
    if college and college not in codes:
        abort(404)
    colleges, typed = [college] if college else codes, request.form.get("copies", "").strip()
    most = MOST_COPIES if college else _most_each(campaign)
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= most):
        flash(_("Écrivez combien d’exemplaires imprimer, de 1 à %(most)s.", most=most))
        return redirect(url_for("campaigns.paper", slug=campaign.slug), 303)
    firsts = reserve_ranks(connection(), campaign, colleges, int(typed))
    plain = PLAIN if request.form.get("lecture") == PLAIN else None
    where: dict[str, Any] = {
        "college": college or None,
        "copies": typed,
        "premier": "-".join(map(str, firsts)),
        "lecture": plain,
    }
    return redirect(url_for("campaigns.paper", slug=campaign.slug, **where, _anchor="pretes"), 303)


@blueprint.get("/<slug>/papier/<college>.pdf")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def printed(campaign: Campaign, college: str) -> Download:
    """Download numbered copies of the questionnaire of a college, as PDF."""
    if college not in {one.code for one in campaign.colleges}:
        abort(404)
    return _printed(campaign, [college], MOST_COPIES)


@blueprint.get("/<slug>/papier.pdf")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def all_printed(campaign: Campaign) -> Download:
    """Download numbered copies for every college, one college after the other, as PDF."""
    codes = [one.code for one in campaign.colleges]
    return _printed(campaign, codes, _most_each(campaign))


def _most_each(campaign: Campaign) -> int:
    return max(1, MOST_COPIES // len(campaign.colleges))


def _printed(campaign: Campaign, colleges: list[str], most: int) -> Download:
    from restitution.documents.pdf.paper_form import PaperForm, PaperForms, numbers_from

    copies = _between(request.args.get("copies", ""), most)
    begins = prefixes([one.code for one in campaign.colleges])
    codes = codes_by_college(campaign)
    forms = PaperForms(
        forms=[
            PaperForm(
                _questionnaire(campaign, code, plain=plain_wording()),
                campaign.college(code).label,
                numbers_from(begins[code], first, copies),
                codes.get(code) or codes.get(None, ""),
            )
            for code, first in zip(colleges, _firsts(len(colleges)), strict=True)
        ],
        territory=campaign.territory.name,
        campaign=campaign.name,
        k=campaign.k,
        return_by=campaign.closes_on,
        warning=localized(campaign.territory.warning),
        sender=sender_of(campaign),
        entrance=code_entrance(),
    )
    name = "-".join(["questionnaire", campaign.slug, *(colleges if len(colleges) == 1 else [])])
    return download(forms.pdf(paris_day(now())), f"{name}.pdf")


def _questionnaire(campaign: Campaign, college: str, *, plain: bool = False) -> Questionnaire:
    grid = grid_read(campaign, plain=plain)
    return Questionnaire(grid, campaign.form, college, plain, local=campaign.local_questions)


def _firsts(colleges: int, more: int = 0) -> list[int]:
    """The first ranks that the address names, one per college or one for all (``21-1-6``), plus ``more``."""
    given = [_between(rank, FURTHEST_NUMBER) for rank in request.args.get("premier", "").split("-")]
    return [given[place if place < len(given) else -1] + more for place in range(colleges)]


def _between(typed: str, most: int) -> int:
    """A number of the query, brought back between 1 and that."""
    return min(max(int(typed[:9]) if typed.isascii() and typed.isdigit() else 1, 1), most)


@blueprint.get("/<slug>/feuilles")
@while_collecting
def sheet_known(campaign: Campaign) -> Response:
    """Say whether a sheet number was entered already or does not exist; asked by the page's script before typing."""
    codes = [one.code for one in campaign.colleges]
    college = request.args.get("college", "")
    try:
        number = normal_number(request.args.get("numero", ""), college if college in codes else codes[0], codes)
    except SheetNumberRefused as refusal:
        return jsonify(number="", taken=False, problem=reason(refusal))
    return jsonify(number=number, taken=sheet_taken(connection(), campaign, number), problem="")


@blueprint.get("/<slug>/saisie")
@while_collecting
def entry(campaign: Campaign) -> str:
    """Show an empty sheet, its number guessed from the one before."""
    return _page(campaign, request.args.get("college", ""), cleaned(request.args.get("numero", "")))


def _page(campaign: Campaign, college: str, number: str, problems: list[tuple[str, str]] | None = None) -> str:
    codes = [one.code for one in campaign.colleges]
    college = college if college in codes else codes[0]
    questionnaire = _questionnaire(campaign, college)
    return render_template(
        "campaigns/paper_entry.html",
        campaign=campaign,
        territory=campaign.territory,
        questionnaire=questionnaire,
        keys=[*(str(level.value) for level in campaign.grid.levels), "N", "S"],
        levels=campaign.grid.levels,
        college=college,
        number=number,
        problems=problems or [],
        wrong=dict(problems or []),
        typed=request.form,
        longest=_longest,
        last=last_sheets(connection(), campaign),
        labels={one.code: one.label for one in campaign.colleges},
        colleges_by_prefix={prefix: code for code, prefix in prefixes(codes).items()},
        entered=sheets_entered(connection(), campaign),
    )


@blueprint.post("/<slug>/saisie")
@while_collecting
def enter(campaign: Campaign) -> Response | tuple[str, int]:
    """Record a sheet and go to the next; what was typed comes back when something is wrong."""
    college, number = request.form.get("college", ""), cleaned(request.form.get("number", ""))
    problems = list(_problems(campaign, college))
    if not problems:
        try:
            with audited(AuditEvent.ANSWERS_ENTERED, campaign):
                number = enter_sheet(connection(), campaign, number, college, _answers(campaign, college))
        except CampaignError as refusal:
            problems = [("number", sentence) for sentence in refusal.problems]
    if problems:
        return _page(campaign, college, number, problems), 422
    flash(_("Feuille %(number)s enregistrée.", number=number))
    following = url_for("campaigns.entry", slug=campaign.slug, college=college, numero=next_number(number))
    return redirect(following, 303)


def _problems(campaign: Campaign, college: str) -> Iterator[tuple[str, str]]:
    if college not in {one.code for one in campaign.colleges}:
        yield "college", _("Choisissez l’un des collèges proposés.")
        return
    for rank, question in enumerate(_questionnaire(campaign, college).questions, 1):
        if (typed := _typed(question)) and typed not in _values(question):
            sentence = _("Question %(rank)s : « %(typed)s » n’est pas une réponse.", rank=rank, typed=typed[:20])
            yield f"a_{question.code}", sentence
        if problem := too_long(_comment(question), _longest(question), _("Question %(rank)s : ce texte", rank=rank)):
            yield f"c_{question.code}", problem


def _typed(question: Question) -> str:
    return request.form.get(f"a_{question.code}", "").strip().upper()


def _comment(question: Question) -> str:
    """What was written by hand; nothing where the question asks for no text."""
    return cleaned(request.form.get(f"c_{question.code}", "")) if {"comment", "text"} & {*question.asks} else ""


def _longest(question: Question) -> int:
    return FreeAnswer.limit if "text" in question.asks else Comment.limit


def _values(question: Question) -> dict[str, int | str]:
    return {**{str(level.value): level.value for level in question.levels}, **(_SILENT if question.silent else {})}


def _answers(campaign: Campaign, college: str) -> dict[str, Answer]:
    ticked, asked = bool(request.form.get("quotable")), _questionnaire(campaign, college).questions
    typed = ((one.code, _comment(one), _values(one).get(_typed(one))) for one in asked)
    answers = {code: Answer(value, comment=text, quotable=ticked and bool(text)) for code, text, value in typed}  # type: ignore[arg-type]
    return {code: answer for code, answer in answers.items() if answer.answered or answer.comment}


@blueprint.post("/<slug>/saisie/annuler")
@while_collecting
def undo_entry(campaign: Campaign) -> Response:
    """Undo the entry of a sheet: its answers are erased, and it can be entered again."""
    number = request.form.get("number", "")
    with audited(AuditEvent.ANSWERS_ERASED, campaign):
        undone = take_back(connection(), campaign, number)
    flash(
        _("Feuille %(number)s annulée : vous pouvez la saisir de nouveau.", number=number)
        if undone
        else _("La feuille %(number)s n’est plus là.", number=number)
    )
    following = url_for("campaigns.entry", slug=campaign.slug, numero=number, college=request.form.get("college"))
    return redirect(following, 303)
