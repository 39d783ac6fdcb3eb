"""Where someone was in the questionnaire, to go on from there."""

from flask import url_for

from web.respond.pages.questions import answered, questionnaire_of
from web.respond.response_access import OpenResponse


def place_of(access: OpenResponse) -> str:
    """Return the address of the page where this person was: that of the last change, or the next if it is complete.

    Once every page is complete, or the response sent or closed, it is the review, which leads everywhere.
    """
    response, pages = access.response, questionnaire_of(access).pages
    if response.submitted_at or not response.campaign_open:
        return url_for("respond.review", key=access.key)
    stamps = response.document.content.get("stamps", {})
    last = max(pages, key=lambda page: max((stamps.get(code, 0) for code in page.codes), default=0))
    start = last.number - 1 if any(code in stamps for code in last.codes) else 0
    for page in [*pages[start:], *pages[:start]]:
        if answered(page, response.document.answers) < len(page.codes):
            return url_for("respond.answer", key=access.key, number=page.number)
    return url_for("respond.review", key=access.key)
