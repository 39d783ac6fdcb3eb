"""The language and the time zone of the pages: French and Paris, until another language is added."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, cast

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel, Domain, format_date, format_datetime, get_babel, get_locale
from jinja2 import Environment, pass_context, pass_eval_context
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context

from grille.messages import several
from restitution.text.language import all_localized, localized, ngettext
from restitution.text.names import first_of_month
from restitution.text.numbers import count, level_text


def init_app(app: Flask, selected: Callable[[], str | None] | None = None) -> None:
    """Give templates ``_()``, ``ngettext()`` and the filters for dates and numbers.

    ``selected`` returns the code of the reader's language. Templates print messages of the rooms below in that
    language.
    """
    app.jinja_options = {**app.jinja_options, "finalize": localized}  # before the first template is read
    babel = _Babel(app, default_locale="fr", default_timezone="Europe/Paris", locale_selector=selected)
    babel.domain_instance = _Catalogues()
    app.json = _SayingJSON(app)
    app.jinja_env.globals |= {"ngettext": ngettext, "gettext": _saying_values(app.jinja_env)}
    app.jinja_env.filters |= {"dateformat": _dateformat, "datetimeformat": _datetimeformat}
    app.jinja_env.filters |= {"grouped": count, "join": _join, "level": level_text}


def _saying_values(templates: Environment) -> Callable[..., str]:
    """Return the ``gettext`` of templates, which says the values that are sentences."""
    gettext: Any = templates.globals["gettext"]

    @pass_context
    def saying(context: Context, text: str, /, **values: object) -> str:  # a sentence may have a value named « text »
        return cast(str, gettext(context, text, **all_localized(values)))

    return saying


@pass_eval_context
def _join(context: EvalContext, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """The filter ``join`` of templates, which says what it joins."""
    return cast(str, do_join(context, map(localized, values), between, attribute))


class _SayingJSON(DefaultJSONProvider):
    """JSON for scripts, whose sentences are said in the reader's language."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Write it, the sentences of the rooms below said."""
        return super().dumps(_said_within(obj), **kwargs)


def _said_within(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said_within(part) for key, part in value.items()}
    return [_said_within(part) for part in value] if isinstance(value, list | tuple) else localized(value)


def reader() -> str:
    """Return the code of the reader's language: part of the key of whatever caches a page or a sentence."""
    return _code_of(get_locale())


@lru_cache(64)
def _code_of(locale: Locale | None) -> str:
    return str(locale)


def is_the_same_for_all(app: Flask) -> bool:
    """Whether the site speaks one language, so that no request has to say which."""
    return get_babel(app).locale_selector is None


def language_of(app: Flask, environ: dict[str, Any]) -> str:
    """Return the code of the language of a request that is not open yet."""
    selector = get_babel(app).locale_selector
    if selector is None:
        return ""
    with app.request_context(environ):
        return reader()


class _Babel(Babel):  # type: ignore[misc]  # flask_babel has no types
    """Babel, with its default language read once: it would parse its code again at each request."""

    @cached_property
    def default_locale(self) -> Locale:
        """French."""
        return Locale.parse("fr")


class _Source(NullTranslations):
    """French, in which sentences are written: nothing to translate, but plurals that begin at 2."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the singular or the plural, as French wants for ``n``."""
        return several(msgid1, msgid2, n)

    ungettext = ngettext


class _Catalogues(Domain):  # type: ignore[misc]  # flask_babel has no types
    """The catalogues of the languages; a sentence that one has not is said in French."""

    def __init__(self) -> None:
        super().__init__()
        self._completed: dict[str, Any] = {}

    def get_translations(self) -> Any:
        """Return the catalogue of the reader's language."""
        language = reader()
        if language not in self._completed:
            translations = super().get_translations()
            translations.add_fallback(_Source())
            self._completed[language] = translations
        return self._completed[language]


def _dateformat(day: date, written: str) -> str:
    """A day in that format, in the hour of Paris; the first of a month is « 1er »."""
    return first_of_month(format_date(day, written))


def _datetimeformat(moment: datetime, written: str) -> str:
    """A moment in that format, in the hour of Paris; the first of a month is « 1er »."""
    return first_of_month(format_datetime(moment, written))
