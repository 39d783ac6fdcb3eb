"""Twelve respondents whose figures are computed by hand: three families, three colleges, k = 5.

a (6 people)  X-1: 0 1 2 3 4 2, mean 2       X-2 (weight 2): 1 1 2 2 3 NSP, mean 9/5     Y-1: all 4
              Z-1: 0 0 4 4 SO –, four valid answers: hidden
b (5 people)  X-1: all 1                     X-2: 3 3 3 3 4, mean 16/5                   Y-1: 0 0 2 4 4, mean 2
              Z-1: all 2
c (1 person)  everything hidden
"""

GRID = """\
id: essai
version: "1"
title: "Une grille d’essai"
status: proposition
levels:
  - {value: 0, label: Rien}
  - {value: 1, label: Peu}
  - {value: 2, label: Assez}
  - {value: 3, label: Bien}
  - {value: 4, label: Tout}
colleges: [{code: a, label: Les A}, {code: b, label: Les B}, {code: c, label: Les C}]
families:
  - code: X
    title: Premier
    skills:
      - {code: X-1, title: Un, definition: d, core: true, levels: {0: a, 1: b, 2: c, 3: d, 4: e}}
      - {code: X-2, title: Deux, definition: d, core: true, weight: 2, levels: {0: a, 1: b, 2: c, 3: d, 4: e}}
  - code: Y
    title: Second
    skills: [{code: Y-1, title: Trois, definition: d, core: true, levels: {0: a, 1: b, 2: c, 3: d, 4: e}}]
  - code: Z
    title: Tiers
    skills: [{code: Z-1, title: Quatre, definition: d, core: true, levels: {0: a, 1: b, 2: c, 3: d, 4: e}}]
"""

HEADER = "college;X-1;X-2;Y-1;Z-1\n"
PUBLISHED_A = ["a;0;1;4;", "a;1;1;4;", "a;2;2;4;", "a;3;2;4;", "a;4;3;4;", "a;2;NSP;4;"]
HIDDEN_A = ["0", "0", "4", "4", "SO", ""]
B = ["b;1;3;0;2", "b;1;3;0;2", "b;1;3;2;2", "b;1;3;4;2", "b;1;4;4;2"]
HIDDEN_C = ["c;4;4;0;0"]


def table(hidden_a: list[str] = HIDDEN_A, hidden_c: list[str] = HIDDEN_C) -> str:
    """The answers table, with other answers in the hidden cells if wanted."""
    rows = [row + cell for row, cell in zip(PUBLISHED_A, hidden_a, strict=True)]
    return HEADER + "\n".join([*rows, *B, *hidden_c]) + "\n"


SIZES = "code;size\nb;10\n"
