"""What protects forms: the session's anti-forgery token."""

from flask import Flask, g
from flask_wtf.csrf import CSRFError, CSRFProtect

from web.origin import says_elsewhere


class Protection(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """The token, and a refusal of what says that it comes from another site.

    Flask-WTF wants a ``Referer`` over https. Pages whose address is a secret ask browsers to send none, and some people
    have theirs never send any: with the token alone, they must come in.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse the request (``CSRFError``) without its token, or with one but from elsewhere."""
        super().protect(apply_exemptions)
        if g.get("csrf_valid") and says_elsewhere():
            g.csrf_valid = False
            raise CSRFError("another site")


csrf = Protection()


def init_app(app: Flask) -> None:
    """Refuse any form that does not carry the session's token, but for respondents' forms, which carry their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: pages stay open for a whole meeting
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)
