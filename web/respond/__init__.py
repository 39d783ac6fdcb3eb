"""The pages of respondents: welcome, college, one page per family, review, submission, own profile.

Knows that a respondent holds only the address of their page: no cookie, no account.
Ignores how answers are merged and stored, and everything about collective results.
Beside views, forms and pages: ``response_access``, ``saving``, ``request_queue``.
"""

from web.respond import request_queue
from web.respond.blueprint import blueprint
from web.respond.views import (
    export,
    lent_devices,
    lent_kit,
    manage_response,
    offline,
    questions,
    review,
    share,
    welcome,
)

__all__ = [
    "blueprint",
    "export",
    "lent_devices",
    "lent_kit",
    "manage_response",
    "offline",
    "questions",
    "request_queue",
    "review",
    "share",
    "welcome",
]
