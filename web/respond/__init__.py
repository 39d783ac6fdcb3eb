"""A respondent's way: welcome, college, one page per family, review, submission, own profile."""
