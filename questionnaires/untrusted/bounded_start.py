"""Starting a module of the project in a new, bounded interpreter that imports nothing else of the project.

Packages are declared without running their ``__init__``, which import modules too costly for such a process.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

UNBOUNDED: Final = 3
"""The status of a process that ended at once because the system offers no resource limits."""

_ROOT: Final = Path(__file__).parents[2]
_START: Final = """
import importlib, os, sys, types
root, module, must_bound, bounds, *arguments = sys.argv[1:]
for room in {"questionnaires", "grille", module.partition(".")[0]}:
    sys.modules[room] = package = types.ModuleType(room)
    package.__path__ = [os.path.join(root, room)]
limits = importlib.import_module("questionnaires.untrusted.limits")
try:
    limits.bound(**{name: int(most) for name, most in (one.split("=") for one in bounds.split())})
except limits.BoundsMissing:
    if must_bound:
        sys.exit(3)
limits.give_way(5)
importlib.import_module(module).main(*arguments)
"""


def bounded_command(
    module: str, *arguments: str, bounds: Mapping[str, int], must_bound: bool = True, installed: bool = False
) -> list[str]:
    """Return the command that calls the ``main`` of that module with these arguments, within these bounds.

    ``bounds`` are the arguments of ``limits.bound``. ``must_bound``: end with ``UNBOUNDED`` where there are no limits,
    instead of going on. ``installed``: the module needs installed libraries, not the standard one alone.
    """
    options = ["-I", "-B"] if installed else ["-I", "-S", "-B"]
    said = " ".join(f"{name}={most}" for name, most in bounds.items())
    return [sys.executable, *options, "-c", _START, str(_ROOT), module, "1" if must_bound else "", said, *arguments]
