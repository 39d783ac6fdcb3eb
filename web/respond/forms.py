"""The forms of a respondent beside the questions, and the problems of a page."""

from dataclasses import dataclass

from wtforms import Form, HiddenField, StringField


@dataclass(frozen=True)
class FormProblem:
    """A problem to correct: the sentence, and the id of its field (empty if it is about the whole form)."""

    sentence: str
    field: str = ""


class ButtonForm(Form):
    """A form with a button only: its one field is the CSRF token."""

    @property
    def refusal(self) -> str:
        """The sentence that says why this form is refused; empty if it is valid."""
        return "" if self.validate() else str(self["csrf_token"].errors[0])


class ChooseCollegeForm(ButtonForm):
    """The choice of another college."""

    college = StringField()


class GiveBackForm(ButtonForm):
    """Giving a device back; the link is the one that it was lent with, ``submit`` also sends the answers."""

    link = HiddenField(name="lien")
    submit = StringField(name="envoyer")


class StartForm(ButtonForm):
    """The choice of a college; the nonce makes a double click begin one response only."""

    college = StringField()
    nonce = HiddenField()
