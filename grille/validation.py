"""The rules of coherence that every grid obeys, beyond its shape.

They work on nested dicts and lists, so that all the problems of an invalid file are found, and so that a ``Grid`` built
in code obeys the same rules as one read from a file. ``grille.refinements`` has the rules of files only.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grille.messages import message as _
from grille.raw_values import Finding, Path, Values, as_level, is_integer, is_number, listed, skills_of

RESERVED_COLLEGES = frozenset({"atelier", "territoire"})
RESERVED_SKILLS = frozenset({"college", "campaign", "territory", "mode", "respondent", "nsp", "so"})
FURTHEST_LEVEL = 1_000
HEAVIEST = 1_000_000


def essentials(data: Values) -> Iterator[Finding]:
    """Yield what is wrong in the scale, the codes and the weights of a grid."""
    yield from _scale(data)
    yield from _repeated_codes(data)
    yield from _reserved_codes(data)
    yield from _described_levels(data)
    yield from _weights(data)


def _scale(data: Values) -> Iterator[Finding]:
    items = data.get("levels")
    if isinstance(items, tuple | list) and len(items) < 2:
        yield ("levels",), _("une échelle a au moins deux niveaux : ajoutez les niveaux qui manquent.")
    previous = None
    for path, level in listed(data, "levels"):
        value = level.get("value")
        if value is None or not is_integer(value):
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
    scale = [level["value"] for _, level in listed(data, "levels") if is_integer(level.get("value"))]
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


def _weights(data: Values) -> Iterator[Finding]:
    for path, skill in skills_of(data):
        weight = skill.get("weight", 1)
        if is_number(weight) and weight > HEAVIEST:
            yield (
                (*path, "weight"),
                _("ce poids est démesuré : écrivez un nombre entre 0 et %(heaviest)s.", heaviest=HEAVIEST),
            )
    for path, family in listed(data, "families"):
        weights = [skill.get("weight", 1) for _, skill in listed(family, "skills")]
        if weights and all(is_number(weight) and weight == 0 for weight in weights):
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
