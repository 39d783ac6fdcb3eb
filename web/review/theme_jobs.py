"""Which comments speak of one thing, and the forms of their words, as a background job.

The dictionary loads where jobs are made, never in the process that people answer to. What is kept has marks and words
of the dictionary: no text of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import orjson

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_by_id
from storage.operations.jobs import Demand, Job
from storage.review.comments import Comment, comments_of
from web.http.database import connection
from web.http.pages import jobs
from web.http.pages.jobs import Tell
from web.http.pages.published_pages import code_version

KIND: Final = "themes"


@dataclass(frozen=True)
class ReadComments:
    """The groups of comments that were found, with the words they share; and the lemma of each form of their words."""

    groups: list[tuple[str, list[str]]]
    forms: dict[str, str]

    def matching(self, typed: str, comments: list[Comment]) -> list[Comment]:
        """Return the comments that have every word typed, whatever its form."""
        from restitution.comments.lemmas import words_of

        def lemmas(text: str) -> set[str]:
            return {self.forms.get(word, word) for word in words_of(text)}

        wanted = lemmas(typed)
        return [one for one in comments if wanted and wanted <= lemmas(one.text)]


def find_or_ask(campaign: Campaign, comments: list[Comment]) -> ReadComments | None:
    """Return what was read in these comments, by a job if need be; None for a person who has to wait."""
    if not jobs.are_apart():
        return _read(comments, lambda *_said: None)
    content = jobs.find_or_ask(demand(campaign, comments), lambda: None)
    return None if content is None else ReadComments(**orjson.loads(content))


def demand(campaign: Campaign, comments: list[Comment]) -> Demand:
    """Return the job that reads them. Its key changes with the comments."""
    texts = sorted((one.mark, one.text) for one in comments)
    return Demand(
        KIND, jobs.key_about((KIND, campaign.id), (code_version(), texts)), {"campaign": campaign.id}, campaign.id
    )


def make_themes(job: Job, tell: Tell) -> bytes | None:
    """Make what that job asks for, as long as the comments are the same."""
    campaign = campaign_by_id(connection(), job.parameters["campaign"])
    comments = comments_of(connection(), campaign) if campaign else []
    if campaign is None or demand(campaign, comments).key != job.key:
        return None
    read = _read(comments, tell)
    return orjson.dumps({"groups": read.groups, "forms": read.forms})


def _read(comments: list[Comment], tell: Tell) -> ReadComments:
    from restitution.comments.lemmas import forms_of, lemmas_of
    from restitution.comments.themes import groups_of

    tell(0, 2, _("Les commentaires se lisent."))
    groups = groups_of({one.mark: one.text for one in comments if not one.is_local})
    tell(1, 2, _("Les mots se rangent."))
    forms = forms_of({lemma for one in comments for lemma in lemmas_of(one.text)})
    return ReadComments([(", ".join(group.words), list(group.keys)) for group in groups], forms)
