"""How it is asked: which skills, to whom, in what order and words.

Knows forms (WTForms), the states of an answer and the answers table.
Ignores what answers add up to, where they are kept and how pages look.
"""

from questionnaires.answers import Answer, State
from questionnaires.questionnaire import Page, Question, Questionnaire

__all__ = ["Answer", "Page", "Question", "Questionnaire", "State"]
