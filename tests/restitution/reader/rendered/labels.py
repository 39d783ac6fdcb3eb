"""The sentences of pages and documents, as they are extracted for translators; and those no figure contradicts.

A text without a placeholder, a number or a word that claims something is a label: a heading, a button. What claims
and has no rule stands in ``ALWAYS``, which may hold no placeholder: what is so whatever people answered.
"""

import ast
import re
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

from tests.restitution.reader.catalogue import ROOT, WORDS, texts
from tests.restitution.reader.french import plain
from tests.restitution.reader.rendered.always import ALWAYS

# The rooms of the pages and documents that are read.
TEMPLATES = (
    *("web/templates/results/show.html", "web/templates/results/page", "web/templates/results/components.html"),
    *("web/templates/results/residents.html", "web/templates/results/residents", "web/templates/results/compare.html"),
    *("web/templates/session/slides", "web/session/pages/radar_slides.py", "web/session/pages/change_slides.py"),
    *("restitution/charts", "restitution/story.py", "web/results/pages.py", "web/results/campaign_results.py"),
    *("restitution/documents/report.py", "restitution/shown.py", "restitution/documents/office/presentation.py"),
    *("restitution/documents/office/pptx_deck.py", "restitution/documents/office/presentation_figures.py"),
    *("restitution/documents/office/presentation_texts.py", "restitution/documents/pdf/report.py"),
    *(
        "web/templates/review/desk.html",
        "web/templates/review/heat_map.html",
        "web/templates/review/family.html",
        "web/templates/review/skill.html",
    ),
    *("web/review/pages/desk.py", "web/review/pages/skill.py", "web/review/forms.py", "restitution/findings/desk.py"),
    *("restitution/findings/heat_map.py", "restitution/findings/first_looks.py"),
    *("web/templates/review/disclosure.html", "web/review/pages/disclosure.py", "scoring/republication.py"),
    *("restitution/findings/open_links.py", "restitution/findings/method/measured_disclosure.py"),
    *("web/campaigns/visible_changes.py", "web/templates/campaigns/draft.html"),
    *("web/templates/campaigns/settings_summary.html", "web/templates/campaigns/closing.html"),
    *("web/templates/campaigns/exceeded_sizes.html", "web/templates/review/edition_changes.html"),
    *("restitution/findings/method/editions.py", "web/templates/review/diagnostic.html"),
    *("web/templates/programme/territories.html", "web/programme/pages.py"),
    *("web/templates/review/adopted_content.html", "restitution/adopted_diagnostic.py"),
    *("web/templates/review/adoption.html", "web/templates/open_data", "web/open_data/catalogue.py"),
    "restitution/documents/pdf/adopted.py",
)
CLAIMS = re.compile(
    r"%\(|\d|▲|▼|\b(?:hausses?|baisses?|stables?|plus|moins|aucune?s?|tous|toutes?|tout|chaque|chacune?|nette?s?|"
    r"nettement|jamais|toujours|trop|beaucoup|seule?s?|seulement|premi[eè]re?s?|rien|personne|peu|ne|n’\w+|un|une|deux|"
    r"trois|quatre|cinq|dix|quart|moitié|même|mêmes|changement|progressé|baissé)\b",
    re.IGNORECASE,
)


@cache
def page_templates() -> dict[str, str]:
    """Every sentence of those rooms, with the file that first says it."""
    found: dict[str, str] = {}
    for room in TEMPLATES:
        path = ROOT / room
        files = [path] if path.is_file() else sorted([*path.rglob("*.html"), *path.rglob("*.py")])
        for file in files:
            for text in _texts_of(file):
                found.setdefault(plain(text), str(file.relative_to(ROOT)))
    return found


def _texts_of(file: Path) -> list[str]:
    if file.suffix == ".py":
        return list(texts(ast.parse(file.read_text("utf-8"))))
    messages = extract_from_file("jinja2", file)
    return [
        text
        for _line, printed, _comments, _context in messages
        for text in ([printed] if isinstance(printed, str) else printed)
    ]


def claims(text: str) -> bool:
    """Whether a text says something that figures could contradict."""
    return bool(CLAIMS.search(text))


@cache
def _labels() -> frozenset[str]:
    return frozenset(text for text in page_templates() if not claims(text)) | ALWAYS | {plain(text) for text in WORDS}


def is_label(words: str) -> bool:
    """Whether that text says nothing of figures."""
    return words in _labels() or words.strip(" :") in _labels()
