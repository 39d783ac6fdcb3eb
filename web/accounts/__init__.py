"""Accounts: signing in and out, passwords, second steps, one's own profile, and the directory of all accounts.

Knows how a session begins and ends, and which roles somebody has on which territory.
Beside views, forms and pages: ``identity_provider/``, ``sign_in_flow``, ``password_links``, ``known_devices``,
``webhook_messages``.
Ignores how a password is hashed and what a role allows: it asks ``accounts``.
"""

from web.accounts import webhook_messages
from web.accounts.blueprint import blueprint
from web.accounts.views import (
    api_keys,
    choose_password,
    directory,
    oidc,
    profile,
    second_step,
    sign_in,
    webhooks,
)

BLUEPRINTS = (blueprint, directory.blueprint)

__all__ = [
    "BLUEPRINTS",
    "api_keys",
    "choose_password",
    "directory",
    "oidc",
    "profile",
    "second_step",
    "sign_in",
    "webhook_messages",
    "webhooks",
]
