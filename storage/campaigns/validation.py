"""The validation of a campaign before it is stored: its name, year, dates, k, colleges and their sizes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from grille.grid import Grid
from grille.messages import message as _
from grille.typed import too_long
from questionnaires.local.questions import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    MOST_CHOICES,
    MOST_QUESTIONS,
    LocalQuestion,
)
from questionnaires.questionnaire import Form
from storage.campaigns.campaigns import CampaignCollege
from storage.site.letterhead import link_in, link_refused

SMALLEST_K, DEFAULT_K, LARGEST_K = 3, 5, 11  # as in scoring/, which is too heavy to load here: a test compares


def campaign_problems(name: str, year: int, k: int, opens_on: date | None, closes_on: date | None) -> list[str]:
    """Return the problems of a campaign, as French sentences; empty if it can be stored."""
    checks = [
        (not name.strip(), _("La campagne n’a pas de nom : donnez-lui-en un.")),
        (
            not 2000 <= year <= 2100,
            _("L’année %(year)s n’est pas plausible : donnez une année entre 2000 et 2100.", year=year),
        ),
        (
            not SMALLEST_K <= k <= LARGEST_K,
            _(
                "Le seuil de confidentialité est de %(k)s : choisissez un nombre de %(smallest_k)s à %(largest_k)s.",
                k=k,
                smallest_k=SMALLEST_K,
                largest_k=LARGEST_K,
            ),
        ),
        (
            bool(opens_on and closes_on and closes_on < opens_on),
            _("La campagne se termine avant de commencer : vérifiez ses dates."),
        ),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def form_problems(grid: Grid, form: Form) -> list[str]:
    """Return why a grid cannot be asked in that form: the short one needs questions that the grid calls essential."""
    if form == "full" or any(skill.core for skill in grid.skills):
        return []
    return [
        _(
            "Le questionnaire court est impossible avec « %(title)s » : cette grille ne dit pas quelles questions sont "
            "essentielles. Choisissez le questionnaire complet.",
            title=grid.title,
        )
    ]


def label_problems(labels: Sequence[str]) -> Iterator[str]:
    """Yield the problems of the names of a campaign's colleges: one is empty, or two are the same but for capitals."""
    known = Counter(label.casefold() for label in labels)
    if "" in known:
        yield _("Un collège n’a pas de nom : donnez-lui-en un.")
    for label in dict.fromkeys(label for label in labels if label and known[label.casefold()] > 1):
        yield _("Deux collèges s’appellent « %(label)s » : donnez-leur des noms différents.", label=label)


def college_problems(colleges: tuple[CampaignCollege, ...], grid: Grid) -> Iterator[str]:
    """Yield the problems of these colleges on that grid, as French sentences."""
    if not colleges:
        yield _("La campagne n’a aucun collège : nommez-en au moins un.")
    known = [college.code for college in grid.colleges]
    for code, times in Counter(college.code for college in colleges).items():
        if times > 1:
            yield _(
                "Le collège « %(code)s » est donné %(times)s fois : ne le donnez qu’une fois.", code=code, times=times
            )
        if code not in known:
            yield _(
                "Le collège « %(code)s » n’est pas dans la grille : choisissez parmi %(known)s.",
                code=code,
                known=", ".join(known),
            )
    for college in colleges:
        if any(number is not None and number < 1 for number in (college.size, college.target)):
            yield _(
                "Le collège « %(code)s » : son effectif et son objectif doivent être d’au moins 1.", code=college.code
            )


def local_question_problems(questions: Sequence[LocalQuestion]) -> Iterator[tuple[int, str, str]]:
    """Yield the problems of local questions: the place of the question, the field concerned, and a French sentence."""
    for place, question in enumerate(questions):
        if place == MOST_QUESTIONS:
            yield place, "text", _("Trois questions au plus : retirez celle-ci, ou une autre.")
        if question.is_open and question is not questions[-1]:
            yield (
                place,
                "text",
                _("Une réponse libre ne se demande qu’en dernier : descendez cette question, ou proposez des choix."),
            )
        yield from ((place, field, problem) for field, problem in _text_problems(question))
        if not question.is_open:
            yield from ((place, "choices", problem) for problem in _choice_problems(question.choices))


def _text_problems(question: LocalQuestion) -> Iterator[tuple[str, str]]:
    if not question.text:
        yield "text", _("Écrivez cette question, ou retirez-la.")
    for field, text in (("text", question.text), ("easy", question.easy)):
        if problem := too_long(text, LONGEST_QUESTION, _("Cette question")):
            yield field, problem
        if link := link_in(text):
            yield field, link_refused(link)


def _choice_problems(choices: Sequence[str]) -> Iterator[str]:
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        yield _("Proposez de 2 à 8 réponses, une par ligne : il y en a %(n)s.", n=len(choices))
    known = Counter(choice.casefold() for choice in choices)
    for choice in dict.fromkeys(choices):
        if known[choice.casefold()] > 1:
            yield _("La réponse « %(choice)s » est proposée deux fois : gardez-la une fois.", choice=choice[:60])
        if problem := too_long(choice, LONGEST_CHOICE, _("La réponse « %(choice)s »", choice=choice[:20] + "…")):
            yield problem
        if link := link_in(choice):
            yield link_refused(link)
