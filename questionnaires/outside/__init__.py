"""Forms for other software (KoboToolbox, LimeSurvey), the recognition of what those export, grids in workbooks.

Knows how our codes, questions and answers are written there. Ignores workbooks and storage: forms are rows of text.
"""
