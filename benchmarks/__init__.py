"""What Grille costs, measured by commands that anybody can run after ``make run``: ``python -m benchmarks.NAME``.

Each of them creates its own data, and first prints the speed of the machine. Those that open a browser, or that use
modules of the tests, need the development tools: if these are missing, they are installed as ``make test`` does, and
the command starts again.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
WITH_TOOLS = {"disclosure": (), "published_cells": (), "legibility": ("chromium",), "session": ("chromium",)}


def _begin() -> None:
    """If Python was started with one of these commands, make sure that it can run."""
    asked = [one.partition(".")[2] for one in sys.orig_argv if one.startswith("benchmarks.")]
    for name in asked[:1]:
        if name in WITH_TOOLS and find_spec("hypothesis") is None:
            _bring_tools(name)
        if name != "calibration":
            from benchmarks import calibration

            print(calibration.line(), flush=True)


def _bring_tools(name: str) -> None:
    """Install the development tools, then start this command again."""
    print(f"benchmarks.{name} needs the tools of development: they are installed first.", file=sys.stderr, flush=True)
    subprocess.run(["scripts/environment.sh", "requirements-dev.txt"], cwd=ROOT, check=True)
    if programs := WITH_TOOLS[name]:
        subprocess.run(["scripts/test-tools.sh", *programs], cwd=ROOT, check=True)
    os.execv(sys.executable, sys.orig_argv)


_begin()
