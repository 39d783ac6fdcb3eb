"""The slides where the room takes part on its phones, and what each asks of it."""

from collections.abc import Iterator, Sequence

from restitution.findings.change.parcours_progress import skills_by_mean
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from restitution.text.sentences import UP
from storage.audience.questions import GUESS, POINTS, WORDS, Option, Question, Truth
from storage.review.slide_order import SlideOrder
from web.session.pages.slide import GUESS as GUESS_SLIDE
from web.session.pages.slide import Slide, cut

JOIN = "join"
MOST_OPTIONS, MOST_ACTIONS, LONGEST_OPTION = 5, 2, 44


def with_audience(slides: Sequence[Slide], results: CampaignResults, order: SlideOrder) -> list[Slide]:
    """Return the slides with those where the room takes part, if it does: joining first, points and words before the
    decisions.
    """
    if not order.audience or not slides:
        return list(slides)
    first, *others = slides
    made = [first, Slide(JOIN, _("Prenez votre téléphone"), {}, JOIN), *others]
    return [*made[:-1], *_asking(slides, results, order), made[-1]]


def _asking(slides: Sequence[Slide], results: CampaignResults, order: SlideOrder) -> Iterator[Slide]:
    if options := points_options(slides, results):
        yield Slide(POINTS, _("Par quoi commencer\u202f? Trois points chacun"), {"options": options}, POINTS)
    yield Slide(WORDS, words_question(order), {}, WORDS)


def words_question(order: SlideOrder) -> str:
    """Return what the room answers with words."""
    return order.words or _("En un mot, que retenez-vous de ce soir\u202f?")


def questions(slides: Sequence[Slide], results: CampaignResults, order: SlideOrder) -> list[Question]:
    """Return what the room is asked beside these slides of the results, with what they say of the guess."""
    guesses = (one for one in slides if one.kind == GUESS_SLIDE)
    asked = [*guesses, *_asking(slides, results, order)]
    return [_question(one, results) for one in asked]


def _question(slide: Slide, results: CampaignResults) -> Question:
    if slide.kind == GUESS_SLIDE:
        options = tuple(Option(one.code, one.title, one.hue, one.badge) for one in results.radar.axes)
        return Question(GUESS, slide.title, options, guessed(results))
    return Question(slide.kind, slide.title, slide.content.get("options", ()))


def guessed(results: CampaignResults) -> Truth:
    """Return what rose most, with its scores; that nothing clearly rose, where nothing did."""
    risen = [one for one in results.territory_changes if one.delta is not None and one.verdict == UP]
    if not risen:
        return Truth((), _("Rien n’a nettement progressé cette année."))
    most = max(risen, key=lambda one: one.delta or 0)
    right = [one for one in risen if one.delta_text == most.delta_text]
    said = [
        _(
            "%(family)s\u00a0: de %(before)s à %(after)s",
            family=one.axis.title,
            before=one.before_text,
            after=one.after_text,
        )
        for one in right
    ]
    return Truth(tuple(one.axis.code for one in right), "\u202f; ".join(said))


def points_options(slides: Sequence[Slide], results: CampaignResults) -> tuple[Option, ...]:
    """Return what points are shared among: the lowest skills, then actions of the parcours that are to come."""
    planned = [action for one in slides if one.content.get("kind") == "next" for action, _why in one.content["actions"]]
    actions = [
        Option(f"action-{place}", cut(one.title, LONGEST_OPTION), "ink", _("Action"), "action")
        for place, one in enumerate(planned[:MOST_ACTIONS], start=1)
    ]
    lowest = skills_by_mean(results.profile, results.colleges)[: MOST_OPTIONS - len(actions)]
    weak = [
        Option(one.skill.code, cut(one.skill.title, LONGEST_OPTION), one.axis.hue, one.axis.badge, "skill")
        for one in lowest
    ]
    return (*weak, *actions)
