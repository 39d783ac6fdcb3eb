"""The page of whoever looks after the installation."""

import platform

from flask import Blueprint, current_app, render_template

from accounts.rights import Action
from storage.condition import condition
from web import mail
from web.access import require, signed_in
from web.database import connection
from web.numbers import grouped

blueprint = Blueprint("installation", __name__, url_prefix="/installation")


@blueprint.get("")
@signed_in
def show() -> str:
    """What there is, what is worth a look, and what to do about it."""
    require(Action.OPERATE)
    config = current_app.config
    return render_template(
        "installation/show.html",
        state=condition(connection()),
        version=config["VERSION"],
        python=platform.python_version(),
        address=config["PUBLIC_URL"],
        read_at=config.get("READ_AT"),
        mail=mail.configured(),
        identity=bool(config.get("OIDC_ISSUER")),
        secure=config["SESSION_COOKIE_SECURE"],
        grouped=grouped,
        in_bytes=in_bytes,
        how="flask --app app database backup DOSSIER",
    )


def in_bytes(size: int) -> str:
    """A size in the unit that people know.

    >>> in_bytes(1_234_000), in_bytes(56_000_000_000), in_bytes(640)
    ('1,2\\xa0Mo', '56\\xa0Go', '1\\xa0ko')
    """
    for unit, weight in (("Go", 10**9), ("Mo", 10**6)):
        if size >= weight:
            figure = size / weight
            return f"{figure:.0f}\u00a0{unit}" if figure >= 10 else f"{figure:.1f}\u00a0{unit}".replace(".", ",")
    return f"{max(1, round(size / 1000))}\u00a0ko"
