"""What protects forms: the session's anti-forgery token, and limits on what may be tried again and again."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window", headers_enabled=False)


def init_app(app: Flask) -> None:
    """Refuse any form that does not carry the session's token, but for respondents' forms, which carry their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: pages stay open for a whole meeting
    csrf.init_app(app)
    limiter.init_app(app)
