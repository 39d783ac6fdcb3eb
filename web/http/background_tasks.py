"""Work done after the answer, one task at a time, so that the duration of an answer discloses nothing of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec

from flask import Flask, current_app
from flask_babel import force_locale

P = ParamSpec("P")

_queue = ThreadPoolExecutor(1, "behind")


def run_in_background(job: Callable[P, object], *arguments: P.args, **options: P.kwargs) -> None:
    """Run ``job`` soon, outside of the request: it may use the database, but not the current user."""
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
    """Wait until every task is done."""
    _queue.submit(lambda: None).result()
