"""Preparing a session: the parts of its script, how long each lasts, the order of slides, and slides of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille.typed import too_long, typed_line, typed_number, typed_text
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.review.slide_moves import is_part
from storage.review.slide_order import SlideOrder, change_slide_order, read_slide_order
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.heavy_requests import computes
from web.http.security.access import may
from web.http.security.audit import audited
from web.results.session_parts import script_keys
from web.session.own_slide import LONGEST_TEXT, LONGEST_TITLE, too_long_for_a_slide
from web.session.pages.deck import led_deck
from web.session.views import blueprint, leading

MOST_MINUTES = 240


@blueprint.get("/<slug>/preparer")
@computes
@leading
def prepare(campaign: Campaign) -> ResponseReturnValue:
    """Show the script: each part with its duration and its slides, and the actions possible on them."""
    return _page(campaign)


def _page(campaign: Campaign, problem: str = "", at: str = "") -> str:
    from web.session.pages.script import script_of

    order = read_slide_order(connection(), campaign)
    script = script_of(led_deck(campaign, order)[1], order)
    return render_template(
        "session/prepare.html",
        campaign=campaign,
        script=script,
        lasts=sum(part.lasts for part in script),
        texts={one.key for one in order.texts},
        shared=order.parcours,
        problem=problem,
        at=at,
        typed=request.form,
        longest=(LONGEST_TITLE, LONGEST_TEXT, MOST_MINUTES),
    )


@blueprint.post("/<slug>/preparer")
@computes
@leading
@once("session.prepare")
def rearrange(campaign: Campaign) -> ResponseReturnValue:
    """Make one change: move, hide, show or time a part or a slide, delete a slide, or add one."""
    keys, do = slide_keys(campaign), request.form.get("do", "")
    if do not in _CHANGES:
        return _page(campaign, _("Choisissez ce que vous voulez faire, avec un bouton de la page.")), 422
    key = request.form.get("key", "")
    if key and key not in keys:
        abort(404)
    try:
        with audited(_event(campaign), campaign):
            change = _CHANGES[do]
            change_slide_order(connection(), campaign, current_user.account, lambda now: change(now, keys, key))
    except CampaignError as refusal:
        return _page(campaign, " ".join(map(str, refusal.problems)), "title" if do == "add" else f"duree-{key}"), 422
    place = "parcours" if do == "share" else key or "ajouter"
    return redirect(url_for("session.prepare", slug=campaign.slug, _anchor=place), 303)


def _event(campaign: Campaign) -> AuditEvent:
    """What is done; showing the parcours to everyone, or no longer, is for those who publish."""
    if request.form["do"] != "share":
        return AuditEvent.SLIDES_ARRANGED
    if not may(Action.PUBLISH_RESULTS, campaign.territory):
        abort(404)
    return AuditEvent.PARCOURS_KEPT if read_slide_order(connection(), campaign).parcours else AuditEvent.PARCOURS_SHOWN


def slide_keys(campaign: Campaign) -> list[str]:
    """Return the keys of the parts and slides of a session, in the order of its team."""
    order = read_slide_order(connection(), campaign)
    return script_keys([one.name for one in led_deck(campaign, order)[1]], order)


def _add(order: SlideOrder, keys: Sequence[str], _key: str) -> SlideOrder:
    title, text = request.form.get("title", ""), request.form.get("text", "")
    if not title.strip():
        raise CampaignError([_("Donnez un titre à la diapositive.")])
    long_text = too_long(typed_text(text), LONGEST_TEXT) or too_long_for_a_slide(typed_text(text))
    problems = (too_long(typed_line(title), LONGEST_TITLE, _("Ce titre")), long_text)
    if found := [one for one in problems if one]:
        raise CampaignError(found)
    return order.added(keys, title, text)


def _time(order: SlideOrder, _keys: Sequence[str], key: str) -> SlideOrder:
    """Plan another duration, unless somebody has planned one that the page did not show."""
    text, seen = request.form.get("minutes", "").strip(), request.form.get("seen", "")
    minutes = typed_number(text, MOST_MINUTES)
    if not is_part(key) or minutes is None:
        problem = _("Écrivez une durée en minutes, en chiffres, de 0 à %(most)s.", most=MOST_MINUTES)
        raise CampaignError([problem])
    stored = order.minutes.get(key)
    if stored is not None and str(stored) not in (seen, text):
        problem = ngettext(
            "Quelqu’un vient de prévoir %(n)s minute pour cette partie\u00a0: la page la montre maintenant. "
            "Choisissez de nouveau si ce n’est pas ce qu’il faut.",
            "Quelqu’un vient de prévoir %(n)s minutes pour cette partie\u00a0: la page les montre maintenant. "
            "Choisissez de nouveau si ce n’est pas ce qu’il faut.",
            stored,
        )
        raise CampaignError([problem])
    return order.timed(key, minutes)


def _placed(order: SlideOrder, keys: Sequence[str], key: str) -> SlideOrder:
    return order.placed(keys, key, request.form.get("place", 1, type=int))


def _dropped(order: SlideOrder, keys: Sequence[str], key: str) -> SlideOrder:
    return order.dropped(keys, key, request.form.get("before", ""))


_CHANGES: Mapping[str, Callable[[SlideOrder, Sequence[str], str], SlideOrder]] = {
    "place": _placed,
    "drop": _dropped,
    "up": lambda now, keys, key: now.moved(keys, key, -1),
    "down": lambda now, keys, key: now.moved(keys, key, 1),
    "toggle": lambda now, _keys, key: now.toggled(key),
    "remove": lambda now, _keys, key: now.without(key),
    "time": _time,
    "add": _add,
    "reset": lambda now, _keys, _key: replace(now, order=(), hidden=frozenset(), minutes={}),
    "share": lambda now, _keys, _key: replace(now, parcours=not now.parcours),
}
