"""Work done behind the answer, one piece after the other, so that the time an answer takes says nothing of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec

from flask import Flask, current_app
from flask_babel import force_locale

P = ParamSpec("P")

_queue = ThreadPoolExecutor(1, "behind")


def run_in_background(job: Callable[P, object], *arguments: P.args, **options: P.kwargs) -> None:
    """Do it soon, outside of the request: it may ask the database, not who is asking."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # for the thread
    _queue.submit(_done, app, lambda: job(*arguments, **options))


def _done(app: Flask, job: Callable[[], object]) -> None:
    with app.app_context(), force_locale("fr"):
        try:
            job()
        except Exception:
            app.logger.exception("behind an answer")
        finally:
            app.extensions["database"].close()


def wait_for_all() -> None:
    """Until all that was asked for is done."""
    _queue.submit(lambda: None).result()
