"""Forms for other software, KoboToolbox (XLSForm) and LimeSurvey, and the recognition of what those export.

Knows how our codes, questions and answers are written there. Ignores workbooks and storage: forms are rows of text.
"""
