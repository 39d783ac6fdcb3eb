"""What can still be done to a campaign once it is open: amended, or cancelled.

Knows what may change while people answer, and what is remembered of a campaign that was cancelled.
Ignores how answers are erased: ``storage.operations.cancellation`` does it.
"""
