"""Wires the rooms together, nothing else. ``python app.py`` serves; ``flask --app app`` commands."""

import sys

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
from commands.serve import serve
from settings import Settings, SettingsErrors
from web import (
    access,
    account,
    assets,
    campaigns,
    components,
    cookies,
    database,
    documents,
    errors,
    facilitation,
    forms,
    installation,
    instrument,
    journal,
    language,
    limits,
    navigation,
    once,
    parcours,
    people,
    public,
    published,
    requestlog,
    respond,
    review,
    security,
    session,
    strays,
    territories,
    typed,
    unshown,
    workshop,
)

SHARED = (
    *(typed, requestlog, security, cookies, strays, assets, database, language, access, forms, limits, errors),
    *(unshown, navigation, published, once, components),
)
ROOMS = (
    *(public, instrument, respond, workshop, campaigns, facilitation, review, documents, parcours, territories),
    *(session, account, people, journal, installation),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings; without any, for those of the environment, or one sentence and out."""
    settings = settings or read_settings()
    app = Flask("web", static_folder=None)
    app.config.from_mapping(settings.for_flask())
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
    for shared in SHARED:
        shared.init_app(app)
    for room in ROOMS:
        if hasattr(room, "blueprint"):
            app.register_blueprint(room.blueprint)
    for room in (respond, workshop):  # no cookie there: their forms carry a mark of their own address
        forms.csrf.exempt(room.blueprint)
    commands.register(app)
    return app


def read_settings() -> Settings:
    """The settings of the environment; leaves with the sentences that say what is wrong when they cannot be used."""
    try:
        return Settings.read()
    except SettingsErrors as errors:
        sys.exit(str(errors))


if __name__ == "__main__":
    chosen = read_settings()
    serve(create_app(chosen), chosen.host, chosen.port, workers=chosen.workers, threads=chosen.threads)
