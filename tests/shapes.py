"""Grids of every shape: other frameworks, other scales, long and foreign names. Their sentences are invented."""

from collections.abc import Sequence

from grille import Grid

SAMM = {
    "Governance": ("Strategy & Metrics", "Policy & Compliance", "Education & Guidance"),
    "Design": ("Threat Assessment", "Security Requirements", "Security Architecture"),
    "Implementation": ("Secure Build", "Secure Deployment", "Defect Management"),
    "Verification": ("Architecture Assessment", "Requirements-driven Testing", "Security Testing"),
    "Operations": ("Incident Management", "Environment Management", "Operational Management"),
}
CRITERIA = {
    "Images": 9, "Cadres": 2, "Couleurs": 3, "Multimédia": 13, "Tableaux": 8, "Liens": 2, "Scripts": 5,
    "Éléments obligatoires": 10, "Structuration de l’information": 4, "Présentation de l’information": 14,
    "Formulaires": 13, "Navigation": 11, "Consultation": 12,
}  # fmt: skip
LONG = "Faire vivre, dans la durée et avec toutes les personnes concernées, les engagements pris au commencement"
LONGEST = f"{LONG}, y compris celles qui ne viennent jamais aux réunions, et en rendre compte à la fin de chaque année"
ARABIC = ("الإصغاء إلى السكان", "القرار المشترك", "الشفافية", "المساءلة")


def shape(
    families: dict[str, Sequence[str]],
    values: Sequence[int] = (0, 1, 2, 3, 4),
    *,
    labels: Sequence[str] = (),
    colleges: Sequence[str] = ("Élus", "Agents", "Habitants"),
    core: bool = True,
    codes: str = "{family}-{skill}",
    worded: bool = True,
    name: str = "essai",
) -> Grid:
    """A grid of these families and skills. ``codes`` makes the code of a skill from the numbers of both."""
    called = list(labels) or [f"Niveau {value}" for value in values]
    groups = [
        {"code": f"c{n}", "label": label, "wording": f"Vous, {label}, voyez-vous :"} for n, label in _numbered(colleges)
    ]
    return Grid.model_validate(
        {
            "id": name,
            "version": "1",
            "title": f"Grille {name}",
            "status": "proposition",
            "levels": tuple({"value": value, "label": label} for value, label in zip(values, called, strict=True)),
            "colleges": tuple(groups),
            "families": tuple(
                {
                    "code": f"F{number}",
                    "title": title,
                    "description": f"Ce que veut dire {title}.",
                    "skills": tuple(
                        _skill(
                            codes.format(family=number, skill=rank), skill, values, core, groups[1:] if worded else []
                        )
                        for rank, skill in _numbered(skills)
                    ),
                }
                for number, (title, skills) in _numbered(families.items())
            ),
        }
    )


def _skill(code: str, title: str, values: Sequence[int], core: bool, worded: list[dict[str, str]]) -> dict[str, object]:
    return {
        "code": code,
        "title": title,
        "definition": f"Ce que l’on observe de « {title} ».",
        "core": core,
        "levels": {value: f"Ce que l’on voit au niveau {value} de {code}." for value in values},
        "wording": {college["code"]: f"En tant que {college['label']} : {title} ?" for college in worded},
        "falc": f"Est-ce que c’est fait ? ({title})",
        "falc_levels": {value: f"On voit {value} pour {code}." for value in values},
        "facts": ("Un compte rendu, affiché.",),
    }


def _numbered(items):  # type: ignore[no-untyped-def]
    return list(enumerate(items, 1))


def many(families: int, skills: int, title: str = "Savoir-faire") -> dict[str, tuple[str, ...]]:
    """So many families of so many skills."""
    return {
        f"Famille {n}": tuple(f"{title} {n}.{rank}" for rank in range(1, skills + 1)) for n in range(1, families + 1)
    }


def samm() -> Grid:
    """The names of OWASP SAMM: five functions of three practices."""
    return shape(SAMM, (0, 1, 2, 3), labels=("Absent", "Initial", "Structured", "Optimised"), name="samm")  # type: ignore[arg-type]


def yes_no() -> Grid:
    """A hundred and six criteria that hold or not, for nine colleges; their codes are such as spreadsheets eat."""
    families = {title: tuple(f"{title}, critère {n}" for n in range(1, count + 1)) for title, count in CRITERIA.items()}
    colleges = [f"Équipe {n}" for n in range(1, 10)]
    return shape(
        families,
        (0, 1),
        labels=("Non", "Oui"),
        colleges=colleges,
        codes="{family}.{skill}0",
        core=False,
        name="criteres",
    )


def nine() -> Grid:
    """A scale of readiness from 1 to 9, whose levels are called by their numbers."""
    return shape(many(4, 3), range(1, 10), labels=[str(value) for value in range(1, 10)], name="maturite")


def signed() -> Grid:
    """From −2 to 2, one college, the same title in two families, words that markup and formulas would eat."""
    families = {
        "=Risques*": ("Déléguer", "Écouter <b>", "_Oser_ ${college}", 'Dire "non" et l\'assumer'),
        "Appuis {x}": ("Déléguer", "🎉 Fêter", "# Compter"),
    }
    return shape(
        families,
        (-2, -1, 0, 1, 2),
        labels=("Très mal", "Mal", "Ni l’un ni l’autre", "Bien", "Très bien"),
        name="ecarts",
    )


def one() -> Grid:
    """One family, one skill, two levels, one college."""
    return shape({"Une seule famille": ("Un seul savoir-faire",)}, (0, 1), labels=("Non", "Oui"), colleges=("Tous",))


def long_names() -> Grid:
    """Names of two hundred signs, a word of fifty, emoji, eleven levels, fifteen colleges."""
    families = {
        LONGEST: (LONGEST, LONG),
        LONG: (LONG, "Court"),
        "Aerodynamischeverwaltungsgemeinschaftsversammlung": ("Un", "Deux"),
        "🎉 Fête 👩‍👩‍👧": ("✅ Fait", "🚧 En cours"),
    }
    labels = [f"Niveau très avancé et partagé numéro {value}" for value in range(11)]
    colleges = [f"{LONG[:90]} {n}" for n in range(3)] + [f"Collège {n}" for n in range(12)]
    return shape(families, range(11), labels=labels, colleges=colleges, name="longs")


def arabic() -> Grid:
    """Names from right to left."""
    return shape({title: (title, f"{title} ٢") for title in ARABIC}, colleges=("السكان", "المنتخبون"), name="arabe")


def widest() -> Grid:
    """Fifteen families of forty skills, eleven levels, fifteen colleges."""
    return shape(many(15, 40), range(-5, 6), colleges=[f"Collège {n}" for n in range(1, 16)], name="large")


def twelve() -> Grid:
    """Twelve families, twelve colleges."""
    return shape(many(12, 3), colleges=[f"Collège {n}" for n in range(1, 13)], name="douze")


def seven() -> Grid:
    """Seven families, from 1 to 9: the first that are no radar any more."""
    return shape(many(7, 2), range(1, 10), name="sept")


def one_family() -> Grid:
    """One family of five skills."""
    return shape(many(1, 5), name="seule")


def two_families() -> Grid:
    """Two families of three skills."""
    return shape(many(2, 3), name="deux")


def fifteen() -> Grid:
    """Fifteen families of two skills."""
    return shape(many(15, 2), name="quinze")


SHAPES = {
    "one": one,
    "one family": one_family,
    "two families": two_families,
    "fifteen": fifteen,
    "two, -2 to 2": signed,
    "samm": samm,
    "one to nine": nine,
    "seven": seven,
    "twelve": twelve,
    "yes/no": yes_no,
    "long names": long_names,
    "arabic": arabic,
    "widest": widest,
}
"""The shapes that pages, slides and documents are looked at in; all of them before a release."""

SOME = ("one", "long names", "twelve")
"""Those that every run looks at: the fewest, the longest, more than a radar can show."""
