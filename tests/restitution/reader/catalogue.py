"""The catalogue of every sentence about figures, generated from the code: what gettext is given in their rooms.

Two lists say what has no rule of its own. A new template is in neither: it needs a rule.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Where sentences about figures are made. The grid's quality (instrument), the names of conventions and the notice of
# what was recomputed and of what an edition changes (tests/web/results/test_editions.py) are not of them, nor is what
# becomes of a grid's skills in its next version (tests/restitution/findings/change/test_versions.py), the levels that a
# parcours aims at (tests/restitution/findings/test_targets.py), and what a programme learns of all its territories
# (tests/restitution/test_programme_findings.py).
ROOMS = ("restitution/text", "restitution/findings", "restitution/chart_data")
APART = {
    *(
        "restitution/findings/method/instrument.py",
        "restitution/findings/method/rules.py",
        "restitution/findings/method/editions.py",
    ),
    *("restitution/text/names.py", "restitution/findings/method/recomputed.py"),
    *("restitution/findings/change/versions.py", "restitution/findings/change/skill_links.py"),
    *("restitution/findings/change/targets.py", "restitution/findings/programme.py"),
}
_ONE, _COUNTED = {"_", "gettext", "N_"}, {"ngettext"}


def templates() -> dict[str, str]:
    """Every template, with the module that first uses it."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if name not in APART:
                for text in texts(ast.parse(path.read_text("utf-8"))):
                    found.setdefault(text, name)
    return found


def texts(tree: ast.AST) -> Iterator[str]:
    """What gettext is given in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = 1 if node.func.id in _ONE else 2 if node.func.id in _COUNTED else 0
            for argument in node.args[:count]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


# Parts of sentences, read by the rule of the whole: the ends of a profile, lists, levels, where the absent stand.
PARTS = {
    *("entre « {} » et « {} »", "au niveau « {} »", "{} et {}", "{} %", "Les {} familles", "Les {} familles comparées"),
    *(
        "{} familles sur {}",
        "est {}",
        "sont {}",
        "est",
        "sont",
        "reste",
        "restent",
        "{} sans niveau",
        "{} ne savent pas",
        "{} : {}",
    ),
    *("le moins avancé", "les moins avancés", "le plus avancé", "les plus avancés"),
    *("le point faible", "les points faibles", "le point fort", "les points forts"),
    *("au-dessous de ceux qui ont répondu", "au-dessus de ceux qui ont répondu", "autant, quel que soit", "selon"),
    *("{} niveau donné", "{} niveaux donnés", "{} niveau", "{} niveaux"),
    *("{} personne sur {}", "{} personnes sur {}", " (et {} de moins de {})"),
}
# Words that say no figure: names of series and columns, errors of whoever writes code, cautions without a number,
# and what is said of another grid, which the territories tried here never change (tests/restitution/findings does).
WORDS = {
    "On demande à chacun où en est la commune, et on fait la moyenne de chaque groupe.",
    "Si d’autres personnes du même groupe avaient répondu, la moyenne aurait été un peu différente : l’intervalle dit "
    "de combien.",
    "Il est large quand peu de gens ont répondu, ou quand ils ne sont pas d’accord. Il est étroit quand presque tout "
    "le groupe a répondu.",
    "Quelques personnes peuvent dire la même chose par hasard : on compte toujours une réponse au hasard en plus, pour "
    "ne pas être trop sûr.",
    "D’une année à l’autre, on regarde d’abord l’ensemble, puis les groupes là où il a bougé.",
    "« On ne peut pas dire » : trop peu de réponses pour trancher. Ce n’est ni une hausse, ni une baisse, ni une "
    "mauvaise note.",
    "L’intervalle ne dit rien de ceux qui se taisent : pour eux, il y a les silences, et la discussion.",
    *("Territoire", "Famille", "Profil", "Vous", "Toute la grille", "sans niveau", "sans réponse", "non publié"),
    *("Vos propres réponses, famille par famille", "L’an dernier, vu d’aujourd’hui", "l’an dernier, avec le recul"),
    "Ce que les mêmes personnes disent avoir changé : ni une preuve, ni une mesure d’il y a un an.",
    "Cela ne prouve pas que les actions en sont la cause. On travaille souvent ce qui est le plus bas, et ce qui est "
    "bas remonte plus facilement ; d’autres choses ont pu changer ; une bonne formation peut même faire baisser les "
    "scores, parce qu’on devient plus exigeant.",
    *("Un radar compare une à trois séries : au-delà, il ne se lit plus.", "Un radar demande au moins un axe."),
    "Chaque série d’un radar a un point par axe.",
    *("mesurée sur une autre échelle", "absente de la grille {}", "absent de cette campagne"),
    "posé autrement, ou pas encore posé, dans la grille {}",
    # The shapes of opinions that were simulated (tests/benchmarks/test_disclosure_tables.py holds their figures).
    *("la plupart au milieu de l’échelle", "plutôt en bas de l’échelle, ou plutôt en haut"),
    *("plutôt aux deux bouts, quelques-uns entre les deux", "presque tous à l’un ou l’autre bout"),
    "quatre sur cinq au plus bas, ou au plus haut",
    # What k cannot do; which colleges a link opened is held by tests/web/results/test_open_links.py.
    "Ouverts par un lien : {}.",
    "Rien n’empêche une personne de répondre plusieurs fois par ce lien : le seuil de k ne protège pas contre elle. "
    "Pour un collège fermé, préférez les invitations à usage unique.",
    "Rien n’empêche une personne de répondre plusieurs fois par ce code : le seuil de k ne protège pas contre elle.",
    *("Moyennes des savoir-faire", "Scores des familles", "Différences avec le recul"),
    # Names of rows and of reasons on the desk: its figures are read by tests/restitution/reader/rendered/heat_map.py.
    *("Moyenne", "Étendue", "Le plus", "En moyenne", "Point bas", "Désaccord", "Silence", "Aucune action"),
}
