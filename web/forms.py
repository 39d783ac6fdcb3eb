"""What protects forms: the session's anti-forgery token."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Refuse any form that does not carry the session's token, but for respondents' forms, which carry their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: pages stay open for a whole meeting
    csrf.init_app(app)
