"""All text of templates can be translated: it is inside ``_()``."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
_DRAWN = {WEB / "templates/public/example_radar.html"}  # made by restitution, not written
TEMPLATES = sorted({*(WEB / "templates").rglob("*.html")} - _DRAWN)

# A block of classes holds no words.
_JINJA = re.compile(r"\{% block \w*class %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
_NAMES = {"Grille"}  # the same in every language


class _Bare(HTMLParser):
    """Collects the text and the spoken attributes of a template whose expressions were taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in {"script", "style"}
        self.found += [(self.getpos()[0], value or "") for name, value in attrs if name in _SPOKEN]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser gives it
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append((self.getpos()[0], data))


def bare(template: str) -> Iterator[str]:
    """Each piece of text that no ``_()`` holds, with its line."""
    parser = _Bare()
    parser.feed(_JINJA.sub(lambda match: "\n" * match[0].count("\n"), template))
    for line, text in parser.found:
        if set(_WORD.findall(text)) - _NAMES:
            yield f"{line}: {text.strip()}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_word_is_left_outside_gettext(path: Path) -> None:
    assert not list(bare(path.read_text()))


def test_a_bare_word_is_seen() -> None:
    template = '<p>{{ _("Bonjour") }} à tous</p>\n<img alt="Une vue">{% if x %}</img>{% endif %}<script>let no</script>'
    assert list(bare(template)) == ["1: à tous", "2: Une vue"]
