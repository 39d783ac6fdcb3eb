"""A page with a form about one's own response: its token, and what was wrong when it was sent."""

from flask import render_template

from web.respond.forms import FormProblem
from web.respond.response_access import OpenResponse, csrf_token


def response_page(template: str, access: OpenResponse, problem: FormProblem | None = None, **content: object) -> str:
    """Return the page that this template makes for a response, with this content."""
    return render_template(
        template,
        campaign=access.campaign,
        key=access.key,
        csrf_token=csrf_token(access.key),
        problems=[problem] if problem else [],
        **content,
    )
