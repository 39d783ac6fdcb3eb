"""The columns that KoboToolbox, ODK and LimeSurvey add to answers: by which tool a table was made, who each row is."""

import re
from collections.abc import Collection, Mapping
from typing import Final, Literal

from grille.messages import marked
from questionnaires.outside.wording import INTRODUCTION, read_as

Tool = Literal["KoboToolbox", "ODK", "LimeSurvey", ""]
Cells = Mapping[str, str]

# LimeSurvey's headings when they are no codes, in French
_FRENCH_NUMBER: Final = marked("id de la réponse")
_FRENCH_SENT: Final = marked("date de soumission")
_FRENCH_BEGUN: Final = marked("date de lancement")
_FRENCH_LAST: Final = marked("dernière page")
_FRENCH_LANGUAGE: Final = marked("langue de départ")

_MARKS: Final[tuple[tuple[Tool, frozenset[str], int], ...]] = (
    ("KoboToolbox", frozenset({"_uuid", "_submission_time", "_submitted_by", "__version__", "_index"}), 1),
    ("ODK", frozenset({"submissiondate", "key", "instanceid", "meta-instanceid"}), 2),
    ("LimeSurvey", frozenset({"submitdate", "lastpage", "startlanguage", "seed"}), 2),
    ("LimeSurvey", frozenset({"response id", "date submitted", "last page", "start language", "seed"}), 2),
    ("LimeSurvey", frozenset({_FRENCH_NUMBER, _FRENCH_SENT, _FRENCH_LAST, _FRENCH_LANGUAGE}), 2),
)
_UUIDS: Final = ("meta/rootuuid", "_uuid", "meta/instanceid", "meta-instanceid", "instanceid", "key")
_NUMBERS: Final = ("id", "response id", _FRENCH_NUMBER)
_SENT: Final = ("submitdate", "date submitted", _FRENCH_SENT)
_BEGUN: Final = ("seed", "startdate", "date started", _FRENCH_BEGUN)
_TECHNICAL: Final = frozenset(
    {"start", "end", "today", "deviceid", "username", "phonenumber", "intro", "formhub/uuid", "submissiondate", "key"}
    | {"submitterid", "submittername", "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "edits"}
    | {"formversion", "instanceid", "instancename", "lastpage", "last page", _FRENCH_LAST, "startlanguage", "seed"}
    | {"start language", _FRENCH_LANGUAGE, "startdate", "datestamp", "ipaddr", "refurl", "token", "interviewtime"}
    | {*_NUMBERS, *_SENT, *_BEGUN}
)


def tool_of(header: Collection[str]) -> Tool:
    """Return the tool that exported a table with these columns; "" when nothing tells.

    >>> tool_of(["college", "f_COO/COO_1", "_id", "_uuid"]), tool_of(["college", "COO-1"])
    ('KoboToolbox', '')
    """
    names = {name.casefold() for name in header}
    return next((tool for tool, marks, least in _MARKS if len(names & marks) >= least), "")


def technical(column: str, tool: Tool) -> bool:
    """Return whether a tool added this column by itself, so that nobody misses it when it is not read."""
    name = column.casefold()
    own = tool and name.startswith(("_", "meta/", "meta-", "grouptime", "intro_"))
    calculated = re.fullmatch(r"(?:.*\W)?t_\w+", name) is not None
    return bool(own) or calculated or name in _TECHNICAL or read_as(column).endswith(read_as(str(INTRODUCTION)))


def identifiers(cells: Cells, tool: Tool, college: str) -> tuple[str, ...]:
    """Return what identifies the person of a row, in this export and in those that will follow; () when nothing does.

    The names of ``cells`` have no capital. KoboToolbox gives another ``_uuid`` to an answer that is corrected there,
    but not another number.
    """
    if tool == "LimeSurvey":
        number = _first(cells, _NUMBERS)
        return (f"{number}/{_first(cells, _BEGUN) or college}",) if number else ()
    uuids = [cells[name].removeprefix("uuid:") for name in _UUIDS if cells.get(name)]
    number, moment = cells.get("_id", ""), re.sub(r"\D", "", cells.get("_submission_time", ""))[:14]
    numbers = [f"{number}/{moment}"] if number and moment else [number] if number and not uuids else []
    return tuple(dict.fromkeys([*uuids, *numbers]))


def unsent(cells: Cells, tool: Tool) -> bool:
    """Return whether a row of LimeSurvey was begun and not sent; never true when the table does not say."""
    said = [cells[name] for name in _SENT if name in cells]
    return tool == "LimeSurvey" and bool(said) and said[0] in ("", "N/A")


def _first(cells: Cells, names: Collection[str]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")
