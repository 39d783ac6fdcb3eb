"""Error pages: what happened, what to do, and what was typed, given back."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, TooManyRequests

from accounts.passwords import TooManyAtOnce
from grille.messages import counted
from grille.messages import message as _
from storage.core.database_errors import DatabaseNotReady, DatabaseUnavailable, SQLError, reason
from web.http.problems import problem, typed_as_problem
from web.http.request_log import reference
from web.http.security.access import API, AnonymousVisitor
from web.http.security.origin import says_here

RETRY_AFTER = "10"  # seconds


@dataclass(frozen=True, slots=True)
class Explained:
    """The words of an error page: what happened, then what to do; said in the language of whoever reads them."""

    title: str
    sentence: str


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(CSRFError, resend_page)
    app.register_error_handler(DatabaseNotReady, unavailable_page)
    app.register_error_handler(DatabaseUnavailable, unavailable_page)
    app.register_error_handler(SQLError, unavailable_page)
    app.register_error_handler(TooManyAtOnce, crowded_page)
    app.after_request(typed_as_problem)


def error_page(error: HTTPException) -> ResponseReturnValue | HTTPException:
    """Return the page of an HTTP error, with its headers (``Allow``, ``Retry-After``…).

    A response that is not an error (a redirect) is returned unchanged.
    """
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, TooManyRequests) and isinstance(error.retry_after, int):
        return too_many(error.retry_after)
    text, code = page(explanation_of(code), code, reference=reference() if code >= 500 else "")
    return text, code, {name: value for name, value in error.get_headers() if name != "Content-Type"}


def too_many(seconds: int) -> ResponseReturnValue:
    """Return the 429 page: it says when to try again, in a sentence and in ``Retry-After``."""
    minutes = -(-seconds // 60)
    wait = counted("Attendez une minute, puis réessayez.", "Réessayez dans %(n)s minutes.", minutes)
    text, code = page(Explained(_("Trop d’essais en peu de temps"), wait), 429)
    return text, code, {"Retry-After": str(seconds)}


def crowded_page(_error: TooManyAtOnce) -> ResponseReturnValue:
    """Return the page for someone who signs in while too many others do."""
    words = _("Attendez quelques secondes, revenez à la page précédente avec votre navigateur, puis réessayez.")
    text, code = page(Explained(_("Beaucoup de personnes se connectent en ce moment"), words), 503)
    return text, code, {"Retry-After": "3"}


def unavailable_page(error: Exception) -> ResponseReturnValue:
    """Return the 503 page of a database that cannot be used for now, with what was typed, to be sent again.

    An error that is not an outage stays a 500. The header of the page shows no account: who is signed in is in the
    database.
    """
    if not is_outage(error):
        raise error
    explanation, kept = Explained(_("Le service est indisponible pour le moment"), _still_typed()), {}
    if request.method == "POST" and request.form and (g.get("csrf_valid") or says_here()):
        explanation = Explained(
            _("Votre saisie est là, mais elle n’est pas encore enregistrée"),
            _(
                "Le service ne peut rien enregistrer pour le moment. Gardez cette page ouverte, attendez un instant, "
                "puis envoyez de nouveau."
            ),
        )
        kept = {"fields": list(_typed()), "written": typed_sentences()}
    text, code = page(explanation, 503, current_user=AnonymousVisitor(), **kept)
    return text, code, {"Retry-After": RETRY_AFTER}


def is_outage(error: Exception) -> bool:
    """Whether the database failed for a reason outside the program; if so, it is logged."""
    if isinstance(error, SQLError) and reason(error) is None:
        return False
    current_app.logger.error("database: %s", error)
    return True


def typed_sentences() -> list[str]:
    """Return the sentences that the user typed; other submitted values are choices and numbers."""
    texts = (value.strip() for name, value in request.form.items(multi=True) if "password" not in name)
    return [text for text in texts if " " in text]


def resend_page(error: CSRFError) -> tuple[str, int]:  # noqa: ARG001  # the error says nothing that a person could use
    """Return a form whose token has expired, to be sent again with one click, if it came from our own pages."""
    explanation = Explained(
        _("Votre saisie est là, mais elle n’est pas encore enregistrée"),
        _("Cette page est restée ouverte trop longtemps, ou votre session a pris fin entre-temps."),
    )
    if not says_here():
        explanation = Explained(
            _("Cet envoi n’a pas été accepté"),
            _("Il ne vient pas d’une page de ce site. Revenez à la page du formulaire, puis envoyez-le de là."),
        )
        return page(explanation, 400)
    return page(explanation, 400, fields=list(_typed()))


def signed_out_page() -> tuple[str, int]:
    """Return what was typed by someone whose session ended, to be sent again once they have signed in elsewhere."""
    explanation = Explained(
        _("Votre saisie est là, mais elle n’est pas encore enregistrée"),
        _(
            "Vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis revenez ici envoyer votre saisie : "
            "ne fermez pas cette page."
        ),
    )
    return page(explanation, 401, fields=list(_typed()))


def _typed() -> Iterable[tuple[str, str]]:
    """What was typed, but for the old token and for secrets, which are never written in a page."""
    for name, value in request.form.items(multi=True):
        if name != current_app.config["WTF_CSRF_FIELD_NAME"] and "pass" not in name:
            yield name, value


def page(explanation: Explained, code: int, **content: object) -> tuple[str, int]:
    """Return the error page; to other software, a problem (RFC 9457).

    It makes no query: the database may be what failed.
    """
    if request.path.startswith(API):
        return problem(explanation.title, explanation.sentence, code), code
    return render_template("errors/error.html", explanation=explanation, code=code, **content), code


def explanation_of(code: int) -> Explained:
    """Return the words for the code of an HTTP error, for people who do not know what that is."""
    if code == 503:
        return Explained(_("Le service est indisponible pour le moment"), _still_typed())
    if code >= 500:
        return Explained(_("Quelque chose n’a pas marché de notre côté"), _again_or_never())
    words = {
        403: (_("Cette page ne vous est pas ouverte"), _("Connectez-vous avec un compte qui y a droit.")),
        404: (_("Cette page n’existe pas"), _not_found()),
        405: (_("Cette adresse ne s’utilise pas ainsi"), _("Revenez à la page précédente et passez par ses boutons.")),
        410: (
            _("Ces données ont été retirées"),
            _("Le territoire ne les publie plus. Elles reviendront là s’il change d’avis."),
        ),
        413: (_("Cet envoi est trop lourd"), _too_large()),
        429: (_("Trop d’essais en peu de temps"), _("Attendez quelques minutes, puis réessayez : rien n’est perdu.")),
    }
    other = (_("Cette demande n’a pas été comprise"), _("Revenez à la page précédente et recommencez."))
    return Explained(*words.get(code, other))


def _not_found() -> str:
    return _("L’adresse est peut-être incomplète, ou réservée à certaines personnes. Vérifiez-la lettre par lettre.")


def _too_large() -> str:
    return _(
        "Rien n’a été enregistré. Revenez à la page précédente avec votre navigateur : votre texte y est encore. "
        "Raccourcissez-le, puis envoyez de nouveau."
    )


def _again_or_never() -> str:
    """What broke may break again at each try: waiting longer is not promised to help."""
    return _(
        "Revenez à la page précédente avec votre navigateur\u00a0: ce que vous aviez tapé y est encore. Essayez une "
        "seconde fois\u202f; si cela recommence, attendre n’y changera rien\u00a0: prévenez la personne qui s’occupe "
        "de ce site."
    )


def _still_typed() -> str:
    return _(
        "Revenez à la page précédente avec votre navigateur : ce que vous aviez tapé y est encore. "
        "Attendez un instant, puis réessayez."
    )
