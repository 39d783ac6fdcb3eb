"""The files of deploy/: proxies in front of the real server, systemd units, the content of a container."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from settings import Settings, SettingsErrors
from tests.proxies import CADDY, DEPLOY, NAME, NGINX, behind_caddy, behind_nginx, make_certificate
from tests.serving import ROOT, LiveServer

SYSTEMD = shutil.which("systemd-analyze")
UNITS = (
    "grille.service",
    *("grille-backup.service", "grille-backup.timer"),
    *("grille-digest.service", "grille-digest.timer"),
)

Proxy = Callable[..., http.client.HTTPSConnection]


@contextmanager
def proxied(folder: Path, upstream: str) -> Iterator[tuple[Proxy, int]]:
    """Nginx with our configuration in front of that server: how to connect to it, and its port without encryption."""
    certificate = make_certificate(folder)
    context = ssl.create_default_context(cafile=str(certificate.chain))
    with behind_nginx(folder, upstream, certificate) as ports:
        yield lambda: http.client.HTTPSConnection("127.0.0.1", ports.port, context=context, timeout=60), ports.plain


def ask(
    proxy: Proxy, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request: its status, its headers by their names in small letters, its body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(proxy()) as connection:
        connection.request(method, path, body or None, named)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


@needs_nginx
def test_the_proxy_serves_caches_and_keeps_no_address(live_server: LiveServer, tmp_path: Path) -> None:
    with proxied(tmp_path, live_server.url.partition("//")[2]) as (proxy, plain):
        assert ask(proxy, "/repondre/essai", Accept_Encoding="gzip")[0] == 200
        assert [ask(proxy, f"/{one}")[0] for one in ("healthz", "livez", "readyz", "metrics")] == [200, 200, 200, 404]
        status, headers, page = ask(proxy, "/connexion", "POST", b"x" * 23_000_000)
        assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
        assert "Cet envoi est trop lourd" in page.decode()
        style = re.findall(r"/static/[^\"]+\.css", ask(proxy, "/")[2].decode())[0]
        for encoding in ("gzip", "identity"):
            status, headers, _ = ask(proxy, style, Accept_Encoding=encoding)
            assert status == 200
            assert headers.get("content-encoding", "identity") == encoding
            assert "immutable" in headers["cache-control"]
            assert headers["vary"] == "Accept-Encoding"
        assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == 2
        with closing(http.client.HTTPConnection("127.0.0.1", plain, timeout=60)) as redirection:
            redirection.request("GET", "/repondre/secret-address")
            moved = redirection.getresponse()
            assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/repondre/secret-address")
    logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert "/repondre" not in logs


class _Echo(BaseHTTPRequestHandler):
    """Says which headers it received."""

    def do_GET(self) -> None:
        """Answer with them."""
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echo() -> Iterator[HTTPServer]:
    """A server that says which headers it received, in a thread of its own."""
    with HTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@needs_nginx
def test_what_a_visitor_claims_is_not_passed_on_and_an_absent_server_is_said(tmp_path: Path) -> None:
    lies = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Host": "ailleurs.example", "X_Forwarded_Proto": "http"}
    lies |= {"X_Forwarded_Port": "1", "X_Forwarded_Prefix": "/x", "Forwarded": "for=192.0.2.7"}
    with echo() as server, proxied(tmp_path, f"127.0.0.1:{server.server_port}") as (proxy, _):
        received = json.loads(ask(proxy, "/", **lies)[2])
        assert received["X-Forwarded-For"] == "127.0.0.1"
        assert received["X-Forwarded-Host"] == "127.0.0.1"
        assert received["X-Forwarded-Proto"] == "https"
        assert not {"192.0.2.7", "ailleurs.example", "1", "/x", "for=192.0.2.7"} & set(received.values())
        server.shutdown()
        server.server_close()
        status, headers, page = ask(proxy, "/repondre/secret-address")
        assert (status, headers["retry-after"]) == (503, "10")
        assert "Revenez à la page précédente" in page.decode()
        asked = (ask(proxy, "/connexion") for _ in range(500))  # more than a slow machine is allowed meanwhile
        headers, page = next((headers, page) for status, headers, page in asked if status == 429)
        assert headers["retry-after"] == "60"
        assert "Beaucoup de demandes à la fois" in page.decode()
    assert "secret-address" not in "".join(path.read_text() for path in tmp_path.glob("*.log"))


def test_a_hall_of_sixty_phones_behind_one_address_answers_at_once() -> None:
    """Ten requests each to begin, static files apart; then a page every ten seconds is far below the rate."""
    text = (DEPLOY / "nginx.conf").read_text()
    rate = re.search(r"zone=grille:\S+ rate=(\d+)r/s", text)
    burst = re.search(r"limit_req zone=grille burst=(\d+) nodelay", text)
    assert rate
    assert burst
    assert int(burst[1]) >= 60 * 10
    assert 60 * 2 <= int(rate[1]) <= 300, "a third of what a server answers"
    static = text.partition("location /static/ {")[2].partition("}")[0]
    assert "proxy_cache grille_static" in static
    assert "limit_req" not in static + text.partition("server {")[2].partition("location")[0]


@pytest.mark.skipif(not CADDY, reason="Caddy is not installed")
def test_caddy_reads_forms_whole_limits_them_and_passes_no_lie_on(live_server: LiveServer, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate.chain))
    upstream = live_server.url.partition("//")[2]
    with behind_caddy(tmp_path, upstream, certificate) as ports:

        def proxy() -> http.client.HTTPSConnection:
            return _Named("127.0.0.1", ports.port, context=context, timeout=60)

        assert ask(proxy, "/repondre/essai", Host=NAME)[0] == 200
        assert ask(proxy, "/repondre/essai", "POST", b"a=b", Host=NAME)[0] in {400, 415, 422}
        assert ask(proxy, "/repondre/essai", "POST", b"x" * 1_000_000, Host=NAME)[0] in {400, 413, 415, 422}
        with proxy_silent(ports.port, context) as held:  # half a form: Grille hears nothing of it
            held.sendall(f"POST /repondre/essai HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 9\r\n\r\na".encode())
            assert ask(proxy, "/repondre/essai", Host=NAME)[0] == 200
    text = (DEPLOY / "Caddyfile").read_text()
    assert "request_buffers 64KB" in text, "for Caddy 2.6.4 and newer"


@contextmanager
def proxy_silent(port: int, context: ssl.SSLContext) -> Iterator[ssl.SSLSocket]:
    """A connection that says no more than it is told to."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as held,
    ):
        yield held


class _Named(http.client.HTTPSConnection):
    """A connection to this machine that asks for our name, as a browser does."""

    def connect(self) -> None:
        """Encrypted for that name."""
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=NAME)  # type: ignore[attr-defined]


@pytest.mark.skipif(not SYSTEMD, reason="systemd is not installed")
def test_the_units_are_read_and_leave_little_exposed(tmp_path: Path) -> None:
    assert SYSTEMD
    for name in UNITS:
        (tmp_path / name).write_text(
            (DEPLOY / name).read_text().replace("/opt/grille/.venv/bin/python", sys.executable)
        )
    read = subprocess.run(
        [SYSTEMD, "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )
    assert (read.returncode, [line for line in read.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
    for name in UNITS[:2]:
        said = subprocess.run(
            [SYSTEMD, "security", "--offline=true", str(tmp_path / name)], capture_output=True, text=True
        )
        exposure = re.search(r"exposure level for \S+: ([\d.]+)", said.stdout)
        assert exposure, said.stderr
        assert float(exposure[1]) < 1.5


def test_commands_run_where_the_service_runs() -> None:
    script, unit = (DEPLOY / "grille").read_text(), (DEPLOY / "grille.service").read_text()
    assert subprocess.run(["sh", "-n", str(DEPLOY / "grille")], capture_output=True).returncode == 0
    for name in ("User", "DynamicUser", "WorkingDirectory", "EnvironmentFile", "UMask", "StateDirectoryMode"):
        value = re.search(rf"^{name}=(.+)$", unit, re.MULTILINE)
        assert value
        assert f"--property={name}={value[1]}" in script
    assert "DATA=/var/lib/grille" in unit
    assert "--setenv=DATA=/var/lib/grille" in script


def test_the_settings_of_the_service_are_settings() -> None:
    lines = [line.lstrip("#") for line in (DEPLOY / "grille.env").read_text().splitlines() if "=" in line]
    given = dict(line.split("=", 1) for line in lines)
    assert not given["SECRET_KEY"], "whoever installs draws their own"
    with pytest.raises(SettingsErrors, match="SECRET_KEY= manque"):
        Settings.read(given)
    given["SECRET_KEY"] = "Zk3vQ9-x7Lm2Rt8_Yb5Nw1Hc6Pd4Sf0Gj"
    assert {name.lower() for name in given} <= set(Settings.model_fields)
    read = Settings.read(given)
    assert read.proxies == 1
    assert not read.demo


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container's file, one by one."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_a_container_holds_all_that_it_serves(tmp_path: Path) -> None:
    """Its files, put where it would put them, make the application; nothing else of the checkout is needed."""
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                _copied(source, tmp_path / target.strip("/"), is_folder=target.endswith("/"))
    script = (
        "from pathlib import Path; from app import create_app; from settings import Settings;"
        "app = create_app(Settings(data=Path('data')));"
        "commands = app.test_cli_runner(); print(commands.invoke(args=['database', 'migrate']).exit_code);"
        "print(app.test_client().get('/').status_code, app.test_client().get('/grilles').status_code)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path / "grille", capture_output=True, text=True, env={"PYTHONUTF8": "1"})
    assert done.stdout.split() == ["0", "200", "200"], done.stderr


def _copied(source: str, target: Path, *, is_folder: bool) -> None:
    place = target / source if is_folder else target
    place.parent.mkdir(parents=True, exist_ok=True)
    if (ROOT / source).is_dir():
        shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(ROOT / source, place)


def test_a_container_is_not_root_keeps_its_data_and_says_how_it_is() -> None:
    found = instructions()
    names = [name for name, _ in found]
    last = dict(found)
    assert last["USER"] == "10001"
    assert names.index("USER") < names.index("CMD")
    assert last["VOLUME"] == "/data"
    assert "/healthz" in last["HEALTHCHECK"]
    assert json.loads(last["CMD"]) == ["python", "app.py"]
    settings = dict(word.split("=", 1) for word in last["ENV"].split())
    read = Settings.read({name: value for name, value in settings.items() if name.lower() in Settings.model_fields})
    assert (read.host, str(read.data), read.demo) == ("0.0.0.0", "/data", False)


def test_a_container_is_built_on_an_image_that_is_named_by_its_digest_and_on_hashed_packages() -> None:
    """No default could be the digest of next month's image, so whoever builds gives one."""
    found = instructions()
    assert [rest for name, rest in found if name == "ARG"] == ["BASE"]
    assert {rest.split()[0] for name, rest in found if name == "FROM"} == {"${BASE}"}
    assert all("--require-hashes" in rest for _, rest in found if "pip install" in rest)


def test_the_service_lets_its_processes_limit_themselves() -> None:
    """Files that people send are opened in a process that limits itself: the filter must not forbid it."""
    lines = (ROOT / "deploy/grille.service").read_text().splitlines()
    filters = [line.partition("=")[2] for line in lines if line.startswith("SystemCallFilter=")]
    assert filters[0] == "@system-service"
    assert filters.index("prlimit64 setrlimit setpriority") > filters.index("~@privileged @resources")
