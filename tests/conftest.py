"""Fixtures for all tests: real migrations, the application, the demonstration, a real server, a real browser."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar
from unittest.mock import patch

import hypothesis
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule

from settings import Settings
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from tests.browsing import launched, launched_firefox, problems_of, trusting, watched_page
from tests.firefox import missing
from tests.proxies import PROGRAMS, Certificate, make_certificate, served_behind
from tests.serving import LiveServer, serving
from tests.tiers import everywhere, leave_out_long, mark_tiers

# The same examples at each run, and no deadline on a busy machine. To search further: --hypothesis-profile=default.
hypothesis.settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may ask for: pictures of the pages, the longest tests, and how much of what has no natural end."""
    parser.addoption("--pictures", action="store_true", help="photograph every page into tests/journeys/pictures/")
    parser.addoption("--fuzz", type=int, default=400, help="how many requests tests/fuzz makes (20000: the long run)")
    parser.addoption("--fuzz-seed", type=int, default=1, help="which requests tests/fuzz makes")
    parser.addoption(
        "--kills", type=int, help="how many writers and servers are killed in full flight (else 100 and 8)"
    )
    parser.addoption("--long", action="store_true", help="run the tests marked « long » too: before a release")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked ``everywhere`` go through other browsers and proxies too, before a release."""
    everywhere(metafunc)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say which tests need a browser or a server, and keep the longest for a release."""
    mark_tiers(items)
    leave_out_long(config, items)


def settings_for(data: Path) -> Settings:
    """The settings of a test: that folder, and a secret that needs no file."""
    return Settings(data=data, secret_key="a secret that only tests can know")


class CompiledTemplates(BytecodeCache):
    """Templates compiled once per run and not once per application: most tests make their own."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that is known, unless its source has changed."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template that was just compiled."""
        assert bucket.code is not None
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = CompiledTemplates()


class KnownRule(Rule):
    """An address whose builders are compiled once per run too: that is most of what an application costs."""

    _known: ClassVar[dict[object, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, tuple(self._trace), append_unknown)
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


def application(data: Path) -> Flask:
    """The application over that folder; loaded only by the tests that ask for it, the core's run without the web."""
    from app import create_app

    with patch.object(Flask, "url_rule_class", KnownRule):
        app = create_app(settings_for(data))
    app.jinja_env.bytecode_cache = TEMPLATES
    app.after_request(lead_to_a_page)
    return app


SHOWN_AFTER_A_POST = {
    "campaigns.import_table": "a look at a table, before anything is imported: nothing was done",
    "grid_library.add": "a look at a grid, before anything is added: nothing was done",
    "studio.open_table": "a look at a table, before a draft begins: nothing was done",
    "campaigns.plan": "one more row in a form that is not sent yet: nothing was done",
    "campaigns.settings": "the same",
    "accounts.forgotten": "where there is no mail server: nothing was done",
    "respond.delete": "no address is left to lead to; sent again, it finds nothing",
    "session.decide": "the list of decisions alone, for the slide's own script",
}


def lead_to_a_page(response: Response) -> Response:
    """Refuse a page as the answer to a form that did something: F5 would do it again."""
    page = request.method == "POST" and response.status_code == 200 and response.mimetype == "text/html"
    assert not page or request.endpoint in SHOWN_AFTER_A_POST, f"{request.endpoint} answers a form with a page"
    return response


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database built by the real migrations, once per run. Copy it to write."""
    path = settings_for(tmp_path_factory.mktemp("migrated")).database
    migrate(path)
    return path


@pytest.fixture
def database_path(migrated: Path, tmp_path: Path) -> Path:
    """A database built by the real migrations, empty."""
    path = settings_for(tmp_path / "data").database
    path.parent.mkdir()
    shutil.copy(migrated, path)
    return path


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    """That database, open: the one that ``app`` serves."""
    with closing(open_database(database_path)) as db:
        yield db


@pytest.fixture
def app(database_path: Path) -> Iterator[Flask]:
    """The application over that database."""
    app = application(database_path.parent)
    yield app
    app.extensions["database"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, on that application."""
    return app.test_client()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, made once per run by its own commands, however many workers there are. Copy it to write."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with (folder.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make_demo(folder.with_name("demo-unfinished"))
            folder.with_name("demo-unfinished").rename(folder)
    return folder


def make_demo(folder: Path) -> None:
    """Fill a folder with the demonstration, as its commands do."""
    commands = application(folder).test_cli_runner()
    for arguments in (["database", "migrate"], ["demo"]):
        result = commands.invoke(args=arguments)
        assert result.exit_code == 0, result.output


@pytest.fixture
def demo_database(demo_folder: Path, tmp_path: Path) -> Path:
    """The demonstration's database file, copied: a test may write in it."""
    return settings_for(Path(shutil.copytree(demo_folder, tmp_path / "demo"))).database


@pytest.fixture
def demo_app(demo_database: Path) -> Iterator[Flask]:
    """The application over a copy of the demonstration."""
    app = application(demo_database.parent)
    yield app
    app.extensions["database"].close()


@pytest.fixture
def demo_client(demo_app: Flask) -> FlaskClient:
    """A browser without a screen, on the demonstration."""
    return demo_app.test_client()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """The certificate of a site over https."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def live_server(
    request: pytest.FixtureRequest,
    demo_folder: Path,
    certificate: Certificate,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveServer]:
    """The demonstration (a copy) served by a process of its own; over https behind the proxy that a test names."""
    proxy = getattr(request, "param", "")
    if proxy and not PROGRAMS[proxy]:
        pytest.skip(f"{proxy} is not installed")
    data = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("live") / "data"))
    with served_behind(proxy, data, certificate) if proxy else serving(data) as server:
        yield server


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest, certificate: Certificate) -> Iterator[Browser]:
    """One Chromium for all the tests of a worker, or one Firefox where a test names it."""
    other = getattr(request, "param", "") == "firefox"
    if other and (why := missing()):
        pytest.skip(why)
    with launched_firefox() if other else launched(*trusting(certificate)) as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open watched pages on the live server, each in a context of its own: ``open_page(viewport=PHONE)``."""
    with ExitStack() as pages:

        def opened(**options: Any) -> Page:
            return pages.enter_context(watched_page(browser, live_server.url, **options))

        yield opened


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One watched page on the live server, in the width of a laptop."""
    return open_page()


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Fail when axe (WCAG 2.2 AA) finds anything, or the page scrolls sideways, or has no title or not one h1."""

    def check(page: Page) -> None:
        problems = problems_of(page)
        assert not problems, f"{page.url}\n" + "\n".join(problems)

    return check
