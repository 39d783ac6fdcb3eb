"""Addresses copied from a sentence: punctuation around the key redirects to the address without it.

« https://…/repondre/TOKEN. », an address between brackets or quotes, or cut at the end of a line by a message. Nothing
is looked up, so nothing is disclosed of which keys exist.
"""

import re
from urllib.parse import quote

from flask import Flask, Response, redirect, request

# Where addresses hold what is given by hand: a link, a key, an invitation, the code of a workshop, a session's name.
_ROOMS = {"repondre", "atelier", "invitation", "connexion", "seance", "restitution"}

_NEVER = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_AROUND = re.compile(r"^[^0-9A-Za-z_-]+|[^0-9A-Za-z_-]+$")


def without_punctuation(text: str) -> str:
    """Return a key or a code without the punctuation around it.

    >>> without_punctuation("« Zk3vQ9-x7L_ ».\\n"), without_punctuation("(KDR-4TX)"), without_punctuation("…")
    ('Zk3vQ9-x7L_', 'KDR-4TX', '')
    """
    return _AROUND.sub("", _NEVER.sub("", text))


def code_at_end(typed: str) -> str:
    """Return the code in what someone typed: alone, or at the end of its address, which may have a query.

    >>> code_at_end("« https://grille.example/atelier/KDR-4TX?lecture=facile ».")
    'KDR-4TX'
    """
    return without_punctuation(re.split(r"[?#]", typed)[0]).rpartition("/")[2]


def init_app(app: Flask) -> None:
    """Redirect addresses with stray punctuation, before their view is called."""
    app.before_request(_without_strays)


def _without_strays() -> Response | None:
    """A redirection to the address that was meant, when it is another; it is as secret as the page."""
    if request.method not in {"GET", "HEAD"}:
        return None
    meant = _meant(request.path, known=request.url_rule is not None)
    if meant == request.path:
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    answer: Response = redirect(f"{request.script_root}{_written(meant)}{query}", 302)  # type: ignore[assignment]
    answer.headers |= {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return answer


def _meant(path: str, *, known: bool) -> str:
    _, room, *rest = [*path.split("/"), ""]
    if without_punctuation(room) not in _ROOMS or not rest[:-1]:
        return path
    parts = [without_punctuation(part) for part in rest[:-1]]
    if parts[0] != rest[0] and not any(sign.isalnum() for sign in parts[0]):  # nothing but signs: no key was meant
        return path
    ends_so = known and path.endswith("/")
    while len(parts) > 1 and not parts[-1] and not ends_so:  # TOKEN/ or TOKEN/.
        parts.pop()
    return "/".join(["", without_punctuation(room), *parts])


def _written(path: str) -> str:
    return quote(path.encode("utf-8", "surrogatepass"))
