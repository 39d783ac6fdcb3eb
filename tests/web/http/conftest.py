"""Test languages made of the sentences that « make messages » finds."""

import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

ROOT = Path(__file__).parents[3]
MESSAGES = re.search(r"-m (babel\.messages\.frontend extract) (.*) -o", (ROOT / "Makefile").read_text())


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What « make messages » finds."""
    assert MESSAGES
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    command = [sys.executable, "-m", *MESSAGES[1].split(), *MESSAGES[2].split(), "-o", str(template), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return read_po(BytesIO(template.read_bytes()))


@pytest.fixture(scope="session")
def translations(found: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language where each sentence stands between ⟦ and ⟧, and where only 1 is singular."""
    return compiled(found, tmp_path_factory.mktemp("translations"), lambda text: f"⟦{text}⟧")


def compiled(found: Catalog, folder: Path, say: Callable[[str], str]) -> Path:
    """Compile a language that says each text so."""
    catalogue = Catalog(locale="en")
    for one in found:
        if one.id:
            several = isinstance(one.id, tuple)
            catalogue.add(one.id, tuple(map(say, one.id)) if several else say(one.id), flags=one.flags)
    (folder / "en" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "en" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


def speak(app: Flask, translations: Path) -> None:
    """Have the pages speak that language."""
    babel: Any = app.extensions["babel"]
    babel.translation_directories = [str(translations)]
    babel.locale_selector = lambda: "en"


@pytest.fixture
def english(app: Flask, translations: Path) -> None:
    """The pages in that language."""
    speak(app, translations)
