"""Wires the rooms together, nothing else. ``python app.py`` serves; ``flask --app app`` commands."""

import sys

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
from commands.serving.serve import serve
from settings import Settings, SettingsErrors
from web import (
    accounts,
    admin,
    api,
    audience,
    campaigns,
    open_data,
    parcours,
    programme,
    public,
    respond,
    results,
    review,
    session,
    studio,
    styleguide,
)
from web.http import database, errors, heavy_requests, language, request_log, stray_signs
from web.http.forms import fields, submit_once, typed_text
from web.http.pages import assets, damaged_campaigns, jobs, known_answers, navigation, published_pages
from web.http.security import access, api_keys, cookies, headers, rate_limits
from web.respond import direct
from web.workshops import facilitator, participant

SHARED = (
    *(
        typed_text,
        request_log,
        heavy_requests,
        known_answers,
        direct,
        headers,
        cookies,
        stray_signs,
        assets,
        database,
        language,
        access,
        api_keys,
    ),
    *(fields, rate_limits, errors, damaged_campaigns, navigation, published_pages, submit_once),
    *(jobs, styleguide),
)
BLUEPRINTS = (
    *(*public.BLUEPRINTS, *programme.BLUEPRINTS, respond.blueprint, participant.blueprint, campaigns.blueprint),
    *(facilitator.blueprint, review.blueprint, results.blueprint, parcours.blueprint, session.blueprint),
    *(open_data.blueprint, api.blueprint, studio.blueprint, audience.phones.blueprint, audience.leading.blueprint),
    *(*accounts.BLUEPRINTS, admin.blueprint),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings; without any, for those of the environment, or one sentence and out."""
    settings = settings or read_settings()
    app = Flask("web", static_folder=None)
    app.config.from_mapping(settings.for_flask())
    for shared in SHARED:
        shared.init_app(app)
    if settings.proxies:  # around what answers before Flask
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # No cookie counts there: respondents' forms carry a token of their own address, other software a key.
    for room in (respond, participant, audience.phones, api):
        fields.csrf.exempt(room.blueprint)
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
