"""What people send: fields of forms, texts as they are typed, the same form sent twice.

Knows requests.
Ignores what is done with what they say.
"""
