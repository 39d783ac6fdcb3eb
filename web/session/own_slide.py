"""A slide as its team completes it: its own words, a picture or a QR code, and its own notes for whoever presents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from accounts.audit_events import AuditEvent
from restitution.text.language import gettext, ngettext
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.review.comments import passages_in, quoted_comments
from storage.review.slide_order import OwnSlide, SlideOrder, change_slide_order, quoted, read_slide_order
from web.http.database import connection
from web.http.forms.fields import AtMost, PageForm
from web.http.forms.pictures import LARGEST_FORM, PictureField
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.forms.submit_once import once
from web.http.heavy_requests import computes
from web.http.security.audit import audit
from web.session.pages.deck import led_deck
from web.session.views import blueprint, leading

if TYPE_CHECKING:
    from web.session.pages.slide import Slide

LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINK, LONGEST_NOTE, MOST_PICTURES = 90, 700, 300, 1000, 5


class NoteForm(PageForm):
    """The team's note on a slide that the product makes."""

    note = TextAreaField(_("Vos notes"), [AtMost(LONGEST_NOTE)])


class OwnSlideForm(NoteForm):
    """A slide of the team."""

    title = StringField(
        _("Titre"), [DataRequired(_("Donnez un titre à la diapositive.")), AtMost(LONGEST_TITLE, _("Ce titre"))]
    )
    text = TextAreaField(_("Texte"), [AtMost(LONGEST_TEXT)])
    picture = PictureField(_("Image"))
    link = StringField(_("Adresse du code QR"), [AtMost(LONGEST_LINK, _("Cette adresse"))])

    def validate_text(self, field: Field) -> None:
        """Refuse what nobody would read from the back of the room."""
        if problem := too_long_for_a_slide(field.data or "", beside=bool(self.picture.data or self.link.data)):
            raise ValidationError(problem)

    def validate_link(self, field: Field) -> None:
        """Refuse what no phone opens, and two pictures on one slide."""
        typed = (field.data or "").strip()
        if typed and (not typed.startswith(("https://", "http://")) or len(typed.split()) > 1 or len(typed) < 12):
            raise ValidationError(gettext("Écrivez l’adresse entière, par exemple https://www.exemple.fr/page."))
        if typed and self.picture.data:
            raise ValidationError(gettext("Une diapositive montre une image ou un code QR, pas les deux."))


class TestimonyForm(NoteForm):
    """A slide of the team that quotes a comment, ``said``: cut where it is too long, never changed."""

    title = StringField(
        _("Titre"), [DataRequired(_("Donnez un titre à la diapositive.")), AtMost(LONGEST_TITLE, _("Ce titre"))]
    )
    text = TextAreaField(_("Ce qui est cité"), [AtMost(LONGEST_TEXT)])
    said = ""

    def validate_text(self, field: Field) -> None:
        """Refuse other words than those of the comment, and what nobody would read from the back of the room."""
        if passages_in(self.said, field.data or "") is None:
            raise ValidationError(
                gettext(
                    "Gardez les mots de la personne, dans leur ordre\u00a0: enlevez ce qui est trop long et écrivez "
                    "[…] à sa place, sans rien ajouter ni changer."
                )
            )
        if problem := too_long_for_a_slide(quoted(field.data)):
            raise ValidationError(problem)


def too_long_for_a_slide(text: str, *, beside: bool = False) -> str:
    """Return the sentence that says how much to take out of a text; "" when it fits."""
    from restitution.charts.stage.own_text import words_too_many

    n = words_too_many(text, beside=beside)
    if not n:
        return ""
    return ngettext(
        "Ce texte ne tient pas sur une diapositive lue du fond de la salle\u00a0: enlevez %(n)s mot ou des retours à "
        "la ligne, ou faites-en deux diapositives.",
        "Ce texte ne tient pas sur une diapositive lue du fond de la salle\u00a0: enlevez %(n)s mots ou des retours à "
        "la ligne, ou faites-en deux diapositives.",
        n,
    )


@blueprint.url_value_preprocessor
def let_pictures_in(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001  # Flask gives both
    """Raise the limit of the request's size for the form of a slide: 2 MB elsewhere. Runs before anything is read."""
    if endpoint == "session.complete":
        request.max_content_length = LARGEST_FORM


@blueprint.route("/<slug>/preparer/<slide>", methods=["GET", "POST"])
@computes
@leading
@once("session.prepare")
def complete(campaign: Campaign, slide: str) -> ResponseReturnValue:
    """Change a slide of the team, or the team's note on any slide; what somebody else changed meanwhile is shown."""
    order = read_slide_order(connection(), campaign)
    key, shown = slide, _slide(campaign, order, slide)
    form = _form(campaign, order, key)
    if not form.validate_on_submit():
        return _page(campaign, order, shown, form), 422 if request.method == "POST" else 200
    with writing(connection()):
        order = read_slide_order(connection(), campaign)
        if theirs := changed_meanwhile(form, _values(order, key)):
            return _page(campaign, order, shown, form, theirs), 409
        if problem := _too_many(order, key, form):
            form.picture.errors = [problem]
            return _page(campaign, order, shown, form), 422
        change_slide_order(connection(), campaign, current_user.account, lambda now: _completed(now, key, form))
        audit(AuditEvent.SLIDES_ARRANGED, campaign)
    return redirect(url_for("session.prepare", slug=campaign.slug, _anchor=key), 303)


def _slide(campaign: Campaign, order: SlideOrder, key: str) -> Slide:
    from web.session.pages.arrangement import all_slides

    found = next((one for one in all_slides(led_deck(campaign, order)[1], order) if one.name == key), None)
    if found is None:
        abort(404)
    return found


def _values(order: SlideOrder, key: str) -> dict[str, Any]:
    """What the form of a slide shows."""
    note = {"note": order.notes.get(key, "")}
    own = order.own(key)
    return note if own is None else {**note, **{name: getattr(own, name) for name in _fields(own)}}


def _fields(own: OwnSlide) -> tuple[str, ...]:
    return ("title", "text") if own.quote else ("title", "text", "picture", "link")


def _form(campaign: Campaign, order: SlideOrder, key: str) -> Any:
    own = order.own(key)
    kind = NoteForm if own is None else TestimonyForm if own.quote else OwnSlideForm
    form = kind(data=_values(order, key))
    if own and own.quote:
        said = (one.text for one in quoted_comments(connection(), campaign) if one.mark == own.quote)
        form.said = next(said, "")
    return form


def _completed(order: SlideOrder, key: str, form: Any) -> SlideOrder:
    noted = order.noted(key, form.note.data or "")
    own = order.own(key)
    if own is None:
        return noted
    typed: dict[str, Any] = {name: getattr(form, name).data or "" for name in _fields(own)}
    changed = replace(own, **typed)
    if own.quote:
        changed = replace(changed, passages=passages_in(form.said, form.text.data) or ())
    return noted.changed(changed)


def _too_many(order: SlideOrder, key: str, form: Any) -> str:
    """The sentence that refuses one more picture: the file of the session has to stay light."""
    others: list[OwnSlide] = [one for one in order.texts if one.picture and one.key != key]
    if "picture" not in form or not form.picture.data or len(others) < MOST_PICTURES:
        return ""
    return gettext(
        "Une séance montre %(most)s images au plus, pour que son fichier reste léger\u00a0: retirez-en une ailleurs.",
        most=MOST_PICTURES,
    )


def _page(campaign: Campaign, order: SlideOrder, slide: Slide, form: Any, theirs: Any = ()) -> str:
    return render_template(
        "session/complete.html",
        campaign=campaign,
        slide=slide,
        form=form,
        own=order.own(slide.name),
        theirs=theirs,
        problems=[(field, problems[0]) for field, problems in form.errors.items() if problems],
        version=version_mark(_values(order, slide.name), seen=bool(theirs)),
    )
