"""The rules that apply to grid files only; ``grille.validation`` has those of every grid."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from grille.additions.languages import not_a_language, well_formed
from grille.grid import LONGEST_SHORT_TITLE
from grille.messages import message as _
from grille.raw_values import Finding, Path, Values, is_empty, listed, skills_of

LONGEST_CODE = 40
LONGEST_WORDS = 240
_CODE = re.compile(r"\w[\w.-]{0,39}")


def refinements(data: Values) -> Iterator[Finding]:
    """Yield what is wrong in a grid file: empty parts, codes that cannot be used, unknown colleges or skills."""
    yield from _emptiness(data)
    yield from _written_codes(data)
    yield from _empty_texts(data)
    yield from _wording(data)
    yield from _correspondence(data)
    yield from _presentation(data)


def _presentation(data: Values) -> Iterator[Finding]:
    short = data.get("short_title")
    if isinstance(short, str) and len(short) > LONGEST_SHORT_TITLE:
        yield (
            ("short_title",),
            _(
                "le titre court a %(n)s signes : %(most)s au plus, pour tenir sur un graphique.",
                n=len(short),
                most=LONGEST_SHORT_TITLE,
            ),
        )
    language = data.get("language")
    if isinstance(language, str) and not well_formed(language):
        yield ("language",), not_a_language(language)
    words = data.get("words")
    for key, text in words.items() if isinstance(words, Mapping) else ():
        if isinstance(text, str) and len(text) > LONGEST_WORDS:
            yield (
                ("words", key),
                _("« %(key)s » a %(n)s signes : %(most)s au plus.", key=key, n=len(text), most=LONGEST_WORDS),
            )


def _emptiness(data: Values) -> Iterator[Finding]:
    for key, said in (
        ("families", _("la grille n’a aucune famille : ajoutez-en une au moins.")),
        ("colleges", _("la grille n’a aucun collège : ajoutez-en un au moins.")),
    ):
        if is_empty(data.get(key)):
            yield (key,), said
    for path, family in listed(data, "families"):
        if is_empty(family.get("skills")):
            said = _(
                "la famille « %(get)s » n’a aucun savoir-faire : ajoutez-en un ou retirez la famille.",
                get=family.get("code"),
            )
            yield (*path, "skills"), said


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
        yield from _blank(path, level, "label", "falc")
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
