"""Random responses drawn from a story; the same at each run.

Each person has a severity of their own, a bias for each family and some noise at each question, so that answers are
correlated as real ones are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from commands.demo.stories import COMMENTS, HARD_TO_SEE, NOT_HERE, OFFSET, REASONS, TINT, UNSEEN, DemoCampaign, Story
from grille.grid import Grid
from questionnaires.answers import Answer
from questionnaires.local.questions import CODES, is_local
from questionnaires.questionnaire import Page, Questionnaire
from storage.responses.recorded_responses import Recorded
from storage.responses.responses import Mode

WINDOW = timedelta(days=35)
SKIPPED = {"individuel": 0.015, "papier": 0.05}
GIVES_UP = 0.015
LEANING = 0.35
CHANCE = 0.5


def responses_of(story: Story, campaign: DemoCampaign, grid: Grid) -> list[Recorded]:
    """Return every response of a campaign, in the order of their arrival."""
    random = Random(f"{story.name} {campaign.closes_on.year}")  # noqa: S311  # a story, not a secret
    responses = [*_people(story, campaign, grid, random), *_workshops(story, campaign, grid, random)]
    commented = _commented(responses, _comments(story, campaign), random)
    local = _answering_locally(story, campaign, commented)
    dated = [_looking_back(response, campaign, random) for response in local]
    return sorted(dated, key=lambda response: response.on or campaign.closes_on)


def _people(story: Story, campaign: DemoCampaign, grid: Grid, random: Random) -> Iterator[Recorded]:
    modes: tuple[Mode, Mode] = ("individuel", "papier")
    for mode, counts in zip(modes, (campaign.online, campaign.paper), strict=True):
        for college, count in counts.items():
            pages = Questionnaire(grid, story.form, college).pages
            for _ in range(count):
                answers = dict(_person(story, campaign, college, mode, pages, random))
                yield Recorded(college, answers, mode, _day(campaign, random))


def _person(
    story: Story, campaign: DemoCampaign, college: str, mode: Mode, pages: Iterable[Page], random: Random
) -> Iterator[tuple[str, Answer]]:
    """One person's answers; some questions are skipped, and a few people stop after a page."""
    severity = random.gauss(0, story.spread)
    for page in pages:
        family = page.family.code
        mood = campaign.levels[family] + campaign.shift.get((college, family), 0) + TINT[college]
        mood += severity + random.gauss(0, LEANING)
        for code in page.codes:
            if random.random() >= SKIPPED[mode]:
                yield code, _answer(college, code, mood, random)
        if random.random() < GIVES_UP:
            return


def _answer(college: str, code: str, mood: float, random: Random) -> Answer:
    family = code.partition("-")[0]
    if random.random() < UNSEEN[college] * HARD_TO_SEE.get(code, HARD_TO_SEE.get(family, 1)):
        return Answer.dont_know()
    if random.random() < NOT_HERE.get(code, 0):
        return Answer.not_applicable(random.choice(REASONS))
    return Answer(_level(mood + OFFSET.get(code, 0) + random.gauss(0, CHANCE)))


def _level(mood: float) -> int:
    return min(4, max(0, round(mood)))


def _day(campaign: DemoCampaign, random: Random) -> date:
    """A day of the collection: many at the start, and a last rush after the reminder."""
    return campaign.closes_on - WINDOW * (random.betavariate(0.6, 0.8))


def _workshops(story: Story, campaign: DemoCampaign, grid: Grid, random: Random) -> Iterator[Recorded]:
    """What groups agreed on around a table, which is no person's answer."""
    for _ in range(campaign.workshops):
        answers = {
            code: Answer(_level(campaign.levels[page.family.code] + OFFSET.get(code, 0) + random.gauss(0, LEANING)))
            for page in Questionnaire(grid, story.form, "").pages
            for code in page.codes
        }
        yield Recorded(None, answers, "atelier", campaign.closes_on)


def _comments(story: Story, campaign: DemoCampaign) -> list[tuple[str, str, str]]:
    """The comments of a campaign; no territory reads the same one twice."""
    shuffled = list(COMMENTS)
    Random(story.name).shuffle(shuffled)  # noqa: S311
    return shuffled[story.campaigns.index(campaign) :: len(story.campaigns)][: campaign.comments]


def _commented(responses: list[Recorded], comments: Iterable[tuple[str, str, str]], random: Random) -> list[Recorded]:
    """The responses, with each comment given to someone whose answer goes with it; without anyone, it is left out."""
    responses = list(responses)
    for place, (code, tone, text) in enumerate(comments):
        authors = [i for i, response in enumerate(responses) if _goes_with(response, code, tone)]
        if authors:
            i = random.choice(authors)
            answer = replace(responses[i].answers[code], comment=text, quotable=place % 2 == 0)
            responses[i] = replace(responses[i], answers={**responses[i].answers, code: answer})
    return responses


def _answering_locally(story: Story, campaign: DemoCampaign, responses: Iterable[Recorded]) -> Iterator[Recorded]:
    """The responses, with answers to the campaign's own questions: drawn apart, they change no other answer."""
    random = Random(f"{story.name} {campaign.closes_on.year} ici")  # noqa: S311  # a story, not a secret
    for response in responses:
        said = {
            code: Answer(random.choices(range(len(shares) + 1), [1 - sum(shares), *shares])[0] or None)
            for code, shares in zip(CODES, campaign.local.values(), strict=False)
        }
        given = {code: answer for code, answer in said.items() if answer.answered and response.mode != "atelier"}
        yield replace(response, answers={**response.answers, **given})


def _looking_back(response: Recorded, campaign: DemoCampaign, random: Random) -> Recorded:
    """The same response, with how its author now sees the year before, when the campaign asks for it."""
    if not campaign.retrospective or response.mode != "individuel":
        return response
    before = {
        code: Answer(_level(answer.level + campaign.retrospective[code.partition("-")[0]] + random.gauss(0, CHANCE)))
        for code, answer in response.answers.items()
        if answer.level is not None and not is_local(code)
    }
    return replace(response, retrospective=before)


def _goes_with(response: Recorded, code: str, tone: str) -> bool:
    answer = response.answers.get(code)
    if answer is None or answer.level is None or response.mode == "atelier":
        return False
    return answer.level <= 1 if tone == "low" else answer.level >= 3
