"""The forms of a respondent beside the questions: starting, one's college, buttons, and the problems of a page."""

from dataclasses import dataclass

from wtforms import Form, HiddenField, StringField


@dataclass(frozen=True)
class Problem:
    """Something to correct: the sentence, and the id of the field it is about when it is about one."""

    sentence: str
    field: str = ""


class ButtonForm(Form):
    """A button to press: nothing in it but the proof of where it comes from."""

    @property
    def refusal(self) -> str:
        """Why this form cannot be taken; empty when it can."""
        return "" if self.validate() else str(self["csrf_token"].errors[0])


class CollegeForm(ButtonForm):
    """The choice of another college."""

    college = StringField()


class StartForm(ButtonForm):
    """The choice of a college; the nonce makes a double click begin one response only."""

    college = StringField()
    nonce = HiddenField()
