"""Grids: what is assessed, their families, skills and levels.

Knows how to read and check a grid file, and which skills of two versions can be compared.
Ignores respondents, questionnaires and scores; uses no web framework, SQL or chart.
"""

from grille.correspondence import (
    Continuation,
    IncomparableGridsError,
    NotComparable,
    Unit,
    comparable_units,
    continuations,
    continue_each_other,
    not_comparable,
)
from grille.errors import FileErrors, FileProblem, GridErrors
from grille.formats.remarks import remarks
from grille.formats.yaml_text import as_yaml
from grille.grid import College, Correspondence, Family, Grid, Level, Skill
from grille.loading import check, current, load, shipped, shipped_grids, version_rank

__all__ = [
    "College",
    "Continuation",
    "Correspondence",
    "Family",
    "FileErrors",
    "FileProblem",
    "Grid",
    "GridErrors",
    "IncomparableGridsError",
    "Level",
    "NotComparable",
    "Skill",
    "Unit",
    "as_yaml",
    "check",
    "comparable_units",
    "continuations",
    "continue_each_other",
    "current",
    "load",
    "not_comparable",
    "remarks",
    "shipped",
    "shipped_grids",
    "version_rank",
]
