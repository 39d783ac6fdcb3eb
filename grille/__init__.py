"""What is assessed: grids, their families, skills and levels.

Knows how to read and check a grid file, and which skills of two versions can be compared.
Ignores who answers, how it is asked and what the answers say: no web, no SQL, no chart.
"""

from grille.correspondence import IncomparableGridsError, NotComparable, Unit, comparable_units, not_comparable
from grille.errors import FileErrors, FileProblem, GridErrors
from grille.grid import College, Correspondence, Family, Grid, Level, Skill
from grille.loading import check, current, load, shipped, version_rank, versions

__all__ = [
    "College",
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
    "check",
    "comparable_units",
    "current",
    "load",
    "not_comparable",
    "shipped",
    "version_rank",
    "versions",
]
