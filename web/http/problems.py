"""Problems (RFC 9457): what other software is answered, in French, or in English when a request prefers it.

Only problems and the description of the API are said in English: pages and figures know nothing of that language, so
that no copy of them has two. A sentence that has no English is said in French, under an English title.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import orjson
from babel.messages.pofile import read_po
from flask import Response, request

from grille.messages import Language, Message, several
from restitution.text.language import localized
from web.http.security.access import API

_FRENCH, _ENGLISH = "fr", "en"
_CATALOGUE: Final = Path(__file__).with_name("english.po")


def problem(title: str, detail: str, code: int, **more: object) -> str:
    """Return the document of a problem: its title and its detail in the language of the request, ``more`` as it is."""
    said = {"type": "about:blank", "title": _title(title, code), "status": code, "detail": translated(detail)}
    return orjson.dumps(said | more).decode()


def typed_as_problem(response: Response) -> Response:
    """Give an error that other software is answered the type of a problem, and its language."""
    if request.path.startswith(API) and response.status_code >= 400:
        response.mimetype = "application/problem+json"
        in_language_asked(response)
    return response


def in_language_asked(response: Response) -> Response:
    """Say in which language an answer is, and that another may be asked for."""
    response.headers["Content-Language"] = _asked()
    response.vary.add("Accept-Language")
    return response


def translated(sentence: str) -> str:
    """Return a sentence in the language of the request of other software; anything else as it is."""
    if isinstance(sentence, Message) and _asked() == _ENGLISH:
        return sentence.said(_english())
    return str(localized(sentence))


def _asked() -> str:
    return request.accept_languages.best_match([_FRENCH, _ENGLISH], _FRENCH)


def _title(title: str, code: int) -> str:
    unknown = not isinstance(title, Message) or title.code not in english_texts()
    return HTTPStatus(code).phrase if _asked() == _ENGLISH and unknown else translated(title)


@cache
def english_texts() -> Mapping[str, tuple[str, ...]]:
    """Return the English of each French text: its singular then its plural, for one that counts."""
    with _CATALOGUE.open("rb") as file:
        return {_forms(one.id)[0]: _forms(one.string) for one in read_po(file) if one.id}


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def _english() -> Language:
    texts = english_texts()

    def singular(text: str) -> str:
        return texts[text][0] if text in texts else text

    def plural(one: str, more: str, n: int) -> str:
        return texts[one][n != 1] if one in texts else several(one, more, n)

    return Language(singular, plural, "{:,}".format)
