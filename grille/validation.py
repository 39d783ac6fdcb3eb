"""What makes a grid coherent, beyond the shape of its file.

Works on plain nested values, so that a half-broken file still gets every remark that can be made about it, and so
that a ``Grid`` built in code obeys the same essentials as one read from a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grille.messages import message as _

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
Values = Mapping[Any, Any]

RESERVED_COLLEGES = frozenset({"atelier", "territoire"})
RESERVED_SKILLS = frozenset({"college", "campaign", "territory", "mode", "respondent", "nsp", "so"})
FURTHEST_LEVEL = 1_000
HEAVIEST = 1_000_000
LONGEST_CODE = 40
_CODE = re.compile(r"\w[\w.-]{0,39}")


def essentials(data: Values) -> Iterator[Finding]:
    """What no grid may break, wherever it comes from: its scale, its codes, its weights."""
    yield from _scale(data)
    yield from _repeated_codes(data)
    yield from _reserved_codes(data)
    yield from _described_levels(data)
    yield from _weights(data)


def refinements(data: Values) -> Iterator[Finding]:
    """What a grid file must also respect: something in each part, writable codes, known colleges and skills."""
    yield from _emptiness(data)
    yield from _written_codes(data)
    yield from _empty_texts(data)
    yield from _wording(data)
    yield from _correspondence(data)


def listed(data: Values, key: str, path: Path = ()) -> list[tuple[Path, Values]]:
    """The mappings found in ``data[key]``, each with its path; whatever is not a mapping is somebody else's remark."""
    items = data.get(key)
    if not isinstance(items, tuple | list):
        return []
    return [((*path, key, index), item) for index, item in enumerate(items) if isinstance(item, Mapping)]


def skills_of(data: Values) -> list[tuple[Path, Values]]:
    """Every skill of every family, with its path."""
    return [found for path, family in listed(data, "families") for found in listed(family, "skills", path)]


def _scale(data: Values) -> Iterator[Finding]:
    items = data.get("levels")
    if isinstance(items, tuple | list) and len(items) < 2:
        yield ("levels",), _("une échelle a au moins deux niveaux : ajoutez les niveaux qui manquent.")
    previous = None
    for path, level in listed(data, "levels"):
        value = level.get("value")
        if value is None or not _is_integer(value):
            continue
        if abs(value) > FURTHEST_LEVEL:
            yield (
                (*path, "value"),
                _("le niveau %(value)s est démesuré : numérotez à partir de 0 ou de 1.", value=value),
            )
        elif previous is not None and value != previous + 1:
            yield (
                (*path, "value"),
                (
                    _(
                        "le niveau %(value)s suit le niveau %(previous)s : les niveaux se suivent un par un, "
                        "en montant ; "
                        "écrivez %(expected)s ou remettez-les dans l’ordre.",
                        value=value,
                        previous=previous,
                        expected=previous + 1,
                    )
                ),
            )
        previous = value


def _emptiness(data: Values) -> Iterator[Finding]:
    for key, said in (
        ("families", _("la grille n’a aucune famille : ajoutez-en une au moins.")),
        ("colleges", _("la grille n’a aucun collège : ajoutez-en un au moins.")),
    ):
        if _is_empty(data.get(key)):
            yield (key,), said
    for path, family in listed(data, "families"):
        if _is_empty(family.get("skills")):
            said = _(
                "la famille « %(get)s » n’a aucun savoir-faire : ajoutez-en un ou retirez la famille.",
                get=family.get("code"),
            )
            yield (*path, "skills"), said


def _repeated_codes(data: Values) -> Iterator[Finding]:
    yield from _repeated(listed(data, "families"), _("la famille"))
    yield from _repeated(skills_of(data), _("le savoir-faire"))
    yield from _repeated(listed(data, "colleges"), _("le collège"))


def _repeated(items: Iterable[tuple[Path, Values]], what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, item in items:
        code = item.get("code")
        if not isinstance(code, str):
            continue
        if code in seen:
            yield (
                (*path, "code"),
                _("%(what)s « %(code)s » existe déjà : donnez un autre code à l’un des deux.", what=what, code=code),
            )
        seen.add(code)


def _reserved_codes(data: Values) -> Iterator[Finding]:
    for what, items, reserved in (
        (_("un collège"), listed(data, "colleges"), RESERVED_COLLEGES),
        (_("un savoir-faire"), skills_of(data), RESERVED_SKILLS),
    ):
        for path, item in items:
            if str(item.get("code")).lower() in reserved:
                said = _(
                    "le code « %(item)s » est réservé : %(what)s ne peut pas le porter, choisissez-en un autre.",
                    item=item["code"],
                    what=what,
                )
                yield (*path, "code"), said


def _described_levels(data: Values) -> Iterator[Finding]:
    scale = [level["value"] for _, level in listed(data, "levels") if _is_integer(level.get("value"))]
    if not scale:
        return
    for path, skill in skills_of(data):
        for key in ("levels", "falc_levels"):
            described = skill.get(key)
            if isinstance(described, Mapping) and (described or key == "levels"):
                levels = {as_level(value): value for value in described}
                yield from _same_levels((*path, key), skill.get("code"), levels, scale)


def _same_levels(path: Path, code: Any, described: dict[Any, Any], scale: list[int]) -> Iterator[Finding]:
    missing = [str(value) for value in dict.fromkeys(scale) if value not in described]
    if missing:
        which = (
            _("le niveau %(missing)s", missing=missing[0])
            if len(missing) == 1
            else _("les niveaux %(missing)s", missing=", ".join(missing))
        )
        yield (
            path,
            _(
                "le savoir-faire « %(code)s » ne décrit pas %(which)s : ajoutez-le sous « %(path)s ».",
                code=code,
                which=which,
                path=path[-1],
            ),
        )
    for level, key in described.items():
        if level not in scale:
            yield (
                (*path, key),
                (
                    _(
                        "le savoir-faire « %(code)s » décrit un niveau « %(key)s » que l’échelle de la grille "
                        "(%(scale)s à %(highest)s) n’a pas : retirez-le, ou ajoutez ce niveau à l’échelle.",
                        code=code,
                        key=key,
                        scale=scale[0],
                        highest=scale[-1],
                    )
                ),
            )


def as_level(key: Any) -> Any:
    """A level's value from a mapping's key: JSON and quotes make texts of them."""
    return int(key) if isinstance(key, str) and re.fullmatch(r"-?[0-9]{1,9}", key) else key


def _weights(data: Values) -> Iterator[Finding]:
    for path, skill in skills_of(data):
        weight = skill.get("weight", 1)
        if _is_number(weight) and weight > HEAVIEST:
            yield (
                (*path, "weight"),
                _("ce poids est démesuré : écrivez un nombre entre 0 et %(heaviest)s.", heaviest=HEAVIEST),
            )
    for path, family in listed(data, "families"):
        weights = [skill.get("weight", 1) for _, skill in listed(family, "skills")]
        if weights and all(_is_number(weight) and weight == 0 for weight in weights):
            yield (
                (*path, "skills"),
                (
                    _(
                        "tous les savoir-faire de la famille « %(get)s » ont un poids nul, "
                        "elle n’aurait jamais de score : donnez un poids à l’un d’eux au moins.",
                        get=family.get("code"),
                    )
                ),
            )


def _written_codes(data: Values) -> Iterator[Finding]:
    everything = [*listed(data, "families"), *skills_of(data), *listed(data, "colleges")]
    for path, item in everything:
        code = item.get("code")
        if isinstance(code, str) and code and not _CODE.fullmatch(code):
            yield (
                (*path, "code"),
                (
                    _(
                        "le code « %(code)s » ne convient pas : lettres, chiffres, points et traits d’union, "
                        "sans espace, 40 caractères au plus.",
                        code=code[:60],
                    )
                ),
            )


def _empty_texts(data: Values) -> Iterator[Finding]:
    yield from _blank((), data, "id", "version", "title")
    for path, level in listed(data, "levels"):
        yield from _blank(path, level, "label")
    for path, family in listed(data, "families"):
        yield from _blank(path, family, "code", "title")
    for path, college in listed(data, "colleges"):
        yield from _blank(path, college, "code", "label")
    for path, skill in skills_of(data):
        yield from _blank(path, skill, "code", "title", "definition")
        for key in ("levels", "falc_levels", "wording"):
            texts = skill.get(key)
            if isinstance(texts, Mapping):
                yield from _blank((*path, key), texts, *texts)
        facts = skill.get("facts")
        if isinstance(facts, tuple | list):
            yield from _blank((*path, "facts"), dict(enumerate(facts)), *range(len(facts)))


def _blank(path: Path, values: Values, *keys: Any) -> Iterator[Finding]:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and not value.strip():
            yield (*path, key), _("« %(key)s » est vide : écrivez son texte.", key=key)


def _wording(data: Values) -> Iterator[Finding]:
    colleges = [college.get("code") for _, college in listed(data, "colleges")]
    for path, skill in skills_of(data):
        wording = skill.get("wording")
        for code in wording if isinstance(wording, Mapping) else ():
            if colleges and code not in colleges:
                yield (
                    (*path, "wording", code),
                    (
                        _(
                            "le collège « %(code)s » n’existe pas dans la grille (%(map)s) : "
                            "corrigez ce code ou ajoutez le collège.",
                            code=code,
                            map=", ".join(map(str, colleges)),
                        )
                    ),
                )


def _correspondence(data: Values) -> Iterator[Finding]:
    correspondence = data.get("correspondence")
    if not isinstance(correspondence, Mapping):
        return
    path: Path = ("correspondence",)
    if correspondence.get("from_version") == data.get("version"):
        yield (
            (*path, "from_version"),
            _("une grille ne peut pas se succéder à elle-même : indiquez la version précédente."),
        )
    skills = correspondence.get("skills")
    known = {skill.get("code") for _, skill in skills_of(data)}
    for old, new in skills.items() if isinstance(skills, Mapping) else ():
        yield from _successors((*path, "skills", old), old, new, known)


def _successors(path: Path, old: Any, new: Any, known: set[Any]) -> Iterator[Finding]:
    codes = [code for code in new if isinstance(code, str)] if isinstance(new, tuple | list) else []
    for code in dict.fromkeys(codes):
        if code not in known:
            yield (
                path,
                (
                    _(
                        "« %(old)s » est dit continué par « %(code)s », que cette grille n’a pas : "
                        "corrigez ce code, ou laissez la liste vide si le savoir-faire est retiré.",
                        old=old,
                        code=code,
                    )
                ),
            )
        if codes.count(code) > 1:
            yield (
                path,
                _(
                    "« %(code)s » figure plusieurs fois dans la suite de « %(old)s » : gardez-le une seule fois.",
                    code=code,
                    old=old,
                ),
            )


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_empty(value: Any) -> bool:
    return isinstance(value, tuple | list) and not value
