"""Many people behind one address answer at once, through each proxy of deploy/ as it is installed."""

import http.client
import shutil
import ssl
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.load import Client, at_once, lost
from commands.demo_credentials import TRIAL_TOKEN
from tests.proxies import NAME, PROGRAMS, make_certificate, served_behind

PHONES = 60


class _Connection(http.client.HTTPSConnection):
    """A connection to this machine that asks for our name, as a browser does."""

    def connect(self) -> None:
        """Encrypted for that name."""
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=NAME)  # type: ignore[attr-defined]

    def putrequest(self, method: str, url: str, **_options: bool) -> None:
        """Ask for a page of that name."""
        super().putrequest(method, url, skip_host=True, skip_accept_encoding=True)
        self.putheader("Host", f"{NAME}:{self.port}")


class Phone(Client):
    """A phone of the hall: all of them come from one address."""

    def comes_from(self) -> str:
        """From the hall, which the proxy knows."""
        return ""

    def through(self, context: ssl.SSLContext) -> "Phone":
        """Connect through the proxy."""
        self._connection = _Connection("127.0.0.1", self.port, context=context, timeout=120)
        return self


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_sixty_phones_behind_one_address_answer_at_once(proxy: str, demo_folder: Path, tmp_path: Path) -> None:
    if not PROGRAMS[proxy]:
        pytest.skip(f"{proxy} is not installed")
    data, certificate = Path(shutil.copytree(demo_folder, tmp_path / "data")), make_certificate(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate.chain))
    with served_behind(proxy, data, certificate) as server:
        port = urlsplit(server.url).port or 443
        phones = [Phone(port).through(context) for _ in range(PHONES)]
        at_once(phones, lambda phone: phone.journey(TRIAL_TOKEN))
        assert [error for phone in phones for error in phone.errors] == []
        assert {len(phone.times) for phone in phones} == {15}
        acknowledged, missing = lost(server.database, phones)
        assert acknowledged >= PHONES * 15
        assert missing == 0
