"""The minutes of a session: made from the evening, corrected by its team, taken away as a PDF or a text document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from grille.typed import typed_number
from restitution.text.language import localized, ngettext
from restitution.text.names import in_words
from restitution.text.numbers import count
from restitution.text.possible_names import possible_names
from storage.audience.audiences import audience_of
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day
from storage.review.session_minutes import LONGEST_LINE, LONGEST_TEXT, TEXTS, Minutes, read_minutes, save_minutes
from storage.review.slide_order import read_slide_order
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.heavy_requests import computes
from web.http.security.audit import audited
from web.session.pages.deck import deck_of
from web.session.room_results import votes, words_kept
from web.session.views import blueprint, leading

SUFFIXES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
MOST_PEOPLE = 10_000
UNSEEN = {"opening", "levels", "question", "moment", "decide"}


@blueprint.get("/<slug>/compte-rendu")
@computes
@leading
def minutes(campaign: Campaign) -> ResponseReturnValue:
    """Show the minutes as they were saved; before, what the evening says."""
    saved = read_minutes(connection(), campaign)
    return _page(campaign, saved or _from_the_evening(campaign), saved=saved is not None)


@blueprint.post("/<slug>/compte-rendu")
@computes
@leading
@once("session.minutes")
def write_minutes(campaign: Campaign) -> ResponseReturnValue:
    """Save the minutes; what is typed comes back with every problem."""
    typed, problems = _typed(campaign)
    try:
        if problems:
            raise CampaignError(problems)
        with audited(AuditEvent.MINUTES_WRITTEN, campaign):
            save_minutes(connection(), campaign, typed, current_user.account)
    except CampaignError as refusal:
        said = [str(localized(one)) for one in refusal.problems]
        return _page(campaign, typed, problems=said, saved=False), 422
    return redirect(url_for("session.minutes", slug=campaign.slug), 303)


@blueprint.get("/<slug>/compte-rendu.<suffix>")
@computes
@leading
def minutes_file(campaign: Campaign, suffix: str) -> ResponseReturnValue:
    """Download the saved minutes as a PDF or a text document; before they are saved, go to their page."""
    saved = read_minutes(connection(), campaign)
    if saved is None or suffix not in SUFFIXES:
        return redirect(url_for("session.minutes", slug=campaign.slug), 303)
    content, name = _file(campaign, saved, suffix), f"compte-rendu-{campaign.slug}.{suffix}"
    return send_file(BytesIO(content), mimetype=SUFFIXES[suffix], as_attachment=True, download_name=name)


def _file(campaign: Campaign, saved: Minutes, suffix: str) -> bytes:
    # typst loads only where a document is made.
    from restitution.documents.minutes import MinutesDocument, MinutesSection
    from restitution.documents.office.docx_minutes import minutes_docx
    from restitution.documents.pdf.minutes import minutes_pdf

    sections = [MinutesSection(title, lines) for title, lines in _sections(campaign, saved) if lines]
    place = f"{campaign.territory.name} · {campaign.name}"
    warning = localized(campaign.territory.brief_warning)
    title = _("Compte rendu de la séance")
    document = MinutesDocument(title, place, saved.held, sections, paris_day(now()), warning)
    return minutes_pdf(document) if suffix == "pdf" else minutes_docx(document)


def _sections(campaign: Campaign, saved: Minutes) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each part with its lines; the same order in every file."""
    yield _("Qui était là"), present(campaign, saved)
    titles = {
        "seen": _("Ce qui a été vu"),
        "votes": _("Ce que la salle a choisi"),
        "said": _("Ce qui a été dit"),
        "decided": _("Ce qui a été décidé"),
        "unanswered": _("Resté sans réponse"),
    }
    for name in TEXTS:
        yield titles[name], [line.strip("-–•* ") for line in getattr(saved, name).splitlines() if line.strip("-–•* ")]
    yield _("Prochaine date"), [saved.next_date] if saved.next_date else []


def present(campaign: Campaign, saved: Minutes) -> list[str]:
    """Return how many people came, by college; those of a college under its threshold are counted with the others."""
    labels = {one.code: one.label for one in campaign.colleges}
    apart = {code: n for code, n in saved.people.items() if code in labels and n >= campaign.k}
    others = sum(saved.people.values()) - sum(apart.values())
    lines = [f"{labels[code]}\u00a0: {count(n)}" for code, n in apart.items()]
    if others:
        lines.append(ngettext("%(n)s autre personne", "%(n)s autres personnes", others))
    if len(lines) > 1:
        whole = sum(saved.people.values())
        lines.append(ngettext("%(n)s personne en tout", "%(n)s personnes en tout", whole))
    return lines


def _from_the_evening(campaign: Campaign) -> Minutes:
    """What the evening says by itself: the day, the slides that were shown, what the room answered, the decisions."""
    from web.session.pages.arrangement import projected_slides
    from web.session.pages.script import script_of

    order = read_slide_order(connection(), campaign)
    every = deck_of(campaign, order, parcours=False)[1]
    slides = projected_slides(script_of(every, order))
    titles = dict.fromkeys(one.title for one in slides if one.kind not in UNSEEN)
    audience = audience_of(connection(), campaign)
    decisions = [text for one in every for text in one.content.get("decisions", ())]
    return Minutes(
        in_words(paris_day(now())),
        seen="\n".join(titles),
        votes="\n".join(votes(audience) if audience else ()),
        said="\n".join(words_kept(audience, campaign.k) if audience else ()),
        decided="\n".join(decisions),
    )


def _typed(campaign: Campaign) -> tuple[Minutes, list[str]]:
    people: dict[str, int] = {}
    problems: list[str] = []
    for code, label in (*((one.code, one.label) for one in campaign.colleges), ("", _("Autres"))):
        text = request.form.get(f"people_{code}", "").strip()
        if not text:
            continue
        number = typed_number(text, MOST_PEOPLE)
        if number is not None:
            people[code] = number
        else:
            problems.append(_("%(college)s\u00a0: écrivez combien de personnes, en chiffres.", college=label))
    texts = {name: request.form.get(name, "") for name in ("held", "next_date", *TEXTS)}
    return Minutes(people=people, **texts), problems


def _page(campaign: Campaign, shown: Minutes, *, saved: bool, problems: Sequence[str] = ()) -> str:
    whole = "\n".join(getattr(shown, name) for name in TEXTS if name != "seen")
    return render_template(
        "session/minutes.html",
        campaign=campaign,
        shown=shown,
        saved=saved,
        problems=problems,
        names=possible_names(whole),
        typed=request.form if problems else None,
        longest=(LONGEST_LINE, LONGEST_TEXT),
        suffixes=SUFFIXES,
    )
