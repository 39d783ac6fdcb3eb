"""A contractor's way: read the scored profile and add a judgement beside it."""
