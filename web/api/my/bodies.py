"""What is sent to the API, as pydantic models: read as a whole, every problem said at once, with its place."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, get_args

from flask import request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from grille.messages import message as _
from grille.typed import typed_text
from questionnaires.local.questions import MOST_QUESTIONS
from storage.campaigns.college_merges import LONGEST_LABEL
from storage.campaigns.college_sizes import LARGEST_SIZE
from storage.campaigns.validation import DEFAULT_K
from storage.review.parcours.plans import DEAREST, LONGEST_TEXT, LONGEST_TITLE, Kind, Priority, Status, Support
from web.api.refusals import FieldProblem, wrong_fields
from web.campaigns.forms import MOST_COLLEGES

B = TypeVar("B", bound=BaseModel)

LONGEST_NAME = 80
Text = Annotated[str, AfterValidator(typed_text)]
Size = Annotated[int, Field(ge=1, le=LARGEST_SIZE)]


class Body(BaseModel):
    """What is sent: nothing else than what its schema says."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # each takes memory, once it is used


class CollegeBody(Body):
    """A college: ``code`` is empty for a new one, which is asked what ``like`` is asked."""

    code: Text = Field(default="", max_length=80)
    label: Text = Field(max_length=LONGEST_LABEL)
    size: Size | None = None
    target: Size | None = None
    like: Text = Field(default="", max_length=80)
    voluntary: bool = False


class QuestionBody(Body):
    """A local question: its choices, or none for a free answer (``open``)."""

    text: Text
    choices: list[Text] = Field(default_factory=list, max_length=50)
    easy: Text = ""
    open: bool = False


class SettingsBody(Body):
    """A campaign in preparation. ``grid`` is ``id/version``, one of ``/api/v1/grids`` that is not withdrawn."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Bilan 2027",
                    "year": 2027,
                    "grid": "ma-grille/2027.1",
                    "colleges": [{"code": "agents", "label": "Agents", "size": 27}],
                }
            ]
        },
    )

    name: Text = Field(max_length=LONGEST_NAME)
    year: int = Field(ge=0, le=9999)
    grid: Text = Field(max_length=200)
    form: Literal["short", "full"] = "short"
    k: int = Field(default=DEFAULT_K, ge=0, le=99)
    opens_on: date | None = None
    closes_on: date | None = None
    retrospective: bool = False
    introduction: Text = ""
    organiser: Text = ""
    contact: Text = ""
    colleges: list[CollegeBody] = Field(max_length=MOST_COLLEGES)
    local_questions: list[QuestionBody] = Field(default_factory=list, max_length=MOST_QUESTIONS)


class ClosingBody(Body):
    """The closing of a collection: ``sure`` says that whoever asks knows that it is for good."""

    sure: Literal[True]


class LinkBody(Body):
    """A link to make: to one college, or to all of them; ``lent`` for a device that several people use in turn."""

    college: Text | None = Field(default=None, max_length=80)
    lent: bool = False


class FileBody(Body):
    """A file: its name and its content, in base64."""

    name: Text = Field(min_length=1, max_length=200)
    content: str


class ImportBody(Body):
    """A table of answers (CSV or XLSX). It is looked at, and imported only if ``take`` is true.

    ``mapping`` says what foreign columns become; ``college`` is for rows that name none.
    """

    table: FileBody
    mapping: FileBody | None = None
    college: Text = Field(default="", max_length=80)
    take: bool = False


class ActionBody(Body):
    """An action of a parcours; ``campaign`` is the slug of the campaign expected to show its effect, without dates.

    ``version``, to change one, is the version that was read. What its page follows beside (who leads it, levels aimed
    at, indicator, steps, notes) is kept as it is.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "formation", "title": "Formation", "skills": ["ABC-1"], "starts_on": "2027-01-15"}]
        },
    )

    kind: Kind
    title: Text = Field(max_length=LONGEST_TITLE)
    skills: list[Text] = Field(max_length=200)
    purpose: Text = Field(default="", max_length=LONGEST_TEXT)
    starts_on: date | None = None
    ends_on: date | None = None
    campaign: Text | None = Field(default=None, max_length=200)
    provider: Text = Field(default="", max_length=LONGEST_TEXT)
    supports: list[Support] = Field(default_factory=list, max_length=len(get_args(Support)))
    status: Status = "prevue"
    partners: Text = Field(default="", max_length=LONGEST_TEXT)
    budget: int | None = Field(default=None, ge=0, le=DEAREST)
    funders: Text = Field(default="", max_length=LONGEST_TEXT)
    priority: Priority = ""
    version: int | None = Field(default=None, ge=1, le=10**9)


def sent(model: type[B]) -> B:
    """Return the body of the request. Raises ``Refused`` with every problem at once."""
    if request.mimetype != "application/json":
        raise wrong_fields([FieldProblem("", _("Envoyez du JSON, sous « Content-Type: application/json »."))])
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as errors:
        raise wrong_fields(_problem(one) for one in errors.errors()) from errors


def _problem(error: ErrorDetails) -> FieldProblem:
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in error["loc"])
    return FieldProblem(pointer[:200], _sentence(error["type"], error.get("ctx", {})))


def _sentence(kind: str, bounds: Mapping[str, Any]) -> str:
    """What is wrong, by the type of error of pydantic, and what to write instead."""
    known = {
        "json_invalid": _("ce qui est envoyé n’est pas du JSON."),
        "missing": _("ce champ manque : ajoutez-le."),
        "extra_forbidden": _("ce champ n’est pas connu ici : retirez-le."),
        "string_type": _("écrivez un texte."),
        "list_type": _("écrivez une liste."),
        "model_type": _("écrivez un objet."),
    }
    if kind in known:
        return known[kind]
    if kind in {"string_too_long", "too_long"}:
        return _("c’est trop long : %(most)s au plus.", most=bounds["max_length"])
    if kind in {"string_too_short", "too_short"}:
        return _("c’est vide : écrivez quelque chose.")
    if kind == "literal_error":
        return _("choisissez parmi %(choices)s.", choices=bounds["expected"].replace(" or ", ", "))
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _("ce nombre est trop petit.") if kind.startswith("greater") else _("ce nombre est trop grand.")
    return _other(kind)


def _other(kind: str) -> str:
    if kind.startswith("int"):
        return _("écrivez un nombre entier.")
    if kind.startswith("bool"):
        return _("écrivez true ou false.")
    if kind.startswith("date"):
        return _("écrivez un jour ainsi : 2027-03-31.")
    return _("cette valeur ne convient pas.")
