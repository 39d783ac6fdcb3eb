"""The server: it receives each request whole, gives it to a thread, and writes what happened.

Knows gunicorn, waitress and their workers.
Ignores what is answered: it is given the application.
"""
