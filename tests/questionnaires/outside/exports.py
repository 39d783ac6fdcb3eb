"""What KoboToolbox and LimeSurvey would export of forms that we made: read from those forms, not from our code."""

import csv
import html
import io
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Rows = Sequence[Sequence[str]]
Sheets = Mapping[str, Rows]


@dataclass
class Asked:
    """A question of a form: its name, its groups, its words, and the words of its answers."""

    name: str
    groups: list[tuple[str, str]]
    label: str
    choices: dict[str, str] = field(default_factory=dict)


def of_xlsform(sheets: Sheets) -> list[Asked]:
    """The columns that a form of KoboToolbox brings."""
    choices: dict[str, dict[str, str]] = {}
    for listed, name, label in sheets["choices"][1:]:
        choices.setdefault(listed, {})[name] = label
    asked, groups = [], list[tuple[str, str]]()
    for kind, name, label, *_ in sheets["survey"][1:]:
        if kind == "begin_group":
            groups.append((name, label))
        elif kind == "end_group":
            groups.pop()
        else:
            asked.append(Asked(name, [*groups], label, choices.get(kind.rpartition(" ")[2], {})))
    return asked


def kobo(
    asked: Sequence[Asked], people: Sequence[Mapping[str, str]], *, labels: bool = False, shuffled: int = 0
) -> bytes:
    """An export: a row per person, whose answers are codes of the form; ``labels`` writes words instead."""
    columns = [("start", ""), *((_header(one, labels), one.name) for one in asked)]
    columns += [("_id", "id"), ("_uuid", "uuid"), ("_submission_time", "time"), ("photo_URL", ""), ("_index", "")]
    random.Random(shuffled).shuffle(columns) if shuffled else None
    words = {one.name: one.choices for one in asked} if labels else {}
    rows = [
        [words.get(name, {}).get(person.get(name, ""), person.get(name, "")) for _, name in columns]
        for person in people
    ]
    return _csv([[header for header, _ in columns], *rows], ";")


def _header(one: Asked, labels: bool) -> str:
    return "/".join([*(group[labels] for group in one.groups), one.label if labels and one.label else one.name])


def of_limesurvey(content: bytes) -> list[Asked]:
    """The columns that a survey of LimeSurvey brings."""
    asked = list[Asked]()
    for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), dialect="excel-tab"):
        if line["class"] == "Q":
            asked.append(Asked(line["name"], [], html.unescape(line["text"])))
        elif line["class"] == "A":
            asked[-1].choices[line["name"]] = html.unescape(line["text"])
    return asked


def lime(asked: Sequence[Asked], people: Sequence[Mapping[str, str]], *, labels: bool = False) -> bytes:
    """An export: headings are codes, or codes and texts; answers are codes, or texts."""
    heads = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    heads += [f"{one.name}. {one.label}" if labels else one.name for one in asked]
    rows = [[*_technical(number, person), *_texts(asked, person, labels)] for number, person in enumerate(people, 1)]
    return _csv([heads, *rows], ",")


def _technical(number: int, person: Mapping[str, str]) -> list[str]:
    return [str(number), person.get("sent", "2026-04-01 10:00:12"), "5", "fr", person.get("uuid", str(number))]


def _texts(asked: Sequence[Asked], person: Mapping[str, str], labels: bool) -> Iterator[str]:
    for one in asked:
        said = person.get(one.name, "")
        yield one.choices.get(said, said) if labels else said


def _csv(rows: Rows, separator: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def answered(asked: Sequence[Asked], people: int, fixed: str = "") -> list[dict[str, str]]:
    """People who give every answer in turn, and now and then none."""
    chosen = random.Random(7)
    given = []
    for number in range(people):
        said = {one.name: chosen.choice([*one.choices, ""]) for one in asked if one.choices}
        college = next((one for one in asked if one.name == "college"), None)
        said["college"] = fixed or chosen.choice([*(college.choices if college else [])])
        stamp = {"id": str(7000 + number), "uuid": f"6f0c-{number}", "time": f"2026-04-01T08:09:{number:02}"}
        given.append({**said, **stamp})
    return given


def plain_code(name: str) -> str:
    """A level as it is stored, of LimeSurvey's code for it."""
    return re.sub(r"^M(\d+)$", r"-\1", name)
