"""Questionnaires: which skills are asked, to whom, in what order and words, and how answers are read.

Knows forms (WTForms), the states of an answer and tables of answers.
Ignores scores, storage and the look of pages.
"""

from questionnaires.answers import Answer, State
from questionnaires.questionnaire import Page, Question, Questionnaire

__all__ = ["Answer", "Page", "Question", "Questionnaire", "State"]
