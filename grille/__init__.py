"""What is assessed: grids, their families, skills and levels.

Knows how to read and check a grid file, and which skills of two versions can be compared.
Ignores who answers, how it is asked and what the answers say: no web, no SQL, no chart.
"""

from grille.model import College, Correspondence, Family, Grid, Level, Skill

__all__ = ["College", "Correspondence", "Family", "Grid", "Level", "Skill"]
