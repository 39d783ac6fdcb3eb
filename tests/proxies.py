"""The proxies of deploy/ in front of a real server: the files as installed, but for the ports."""

import os
import re
import shutil
import socket
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address
from pathlib import Path
from secrets import token_urlsafe

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from tests.serving import ROOT, LiveServer, free_port, serving

DEPLOY = ROOT / "deploy"
NAME = "grille.exemple.fr"
_PLACES = "/usr/sbin:/usr/bin:/sbin:/bin"
NGINX, CADDY = shutil.which("nginx", path=_PLACES), shutil.which("caddy", path=_PLACES)
PROGRAMS = {"nginx": NGINX, "caddy": CADDY}


@dataclass(frozen=True)
class Certificate:
    """A certificate that nobody vouches for, in two files, and what a browser is told to know it by."""

    folder: Path
    fingerprint: str

    @property
    def chain(self) -> Path:
        """The certificate."""
        return self.folder / "fullchain.pem"

    @property
    def key(self) -> Path:
        """Its key."""
        return self.folder / "privkey.pem"


@dataclass(frozen=True)
class Proxied:
    """Where a proxy answers: over https, and the port without encryption that sends people there."""

    port: int
    plain: int

    @property
    def url(self) -> str:
        """The address of the site, for a browser that is told where its name is."""
        return f"https://{NAME}:{self.port}"


Behind = Callable[[Path, str, Certificate], AbstractContextManager[Proxied]]


def make_certificate(folder: Path) -> Certificate:
    """A certificate for our name and this machine, valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(IPv4Address("127.0.0.1"))])
    begun = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = begun.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = dated.add_extension(names, critical=False).sign(key, SHA256())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    made = Certificate(folder, b64encode(sha256(public).digest()).decode())
    made.chain.write_bytes(signed.public_bytes(Encoding.PEM))
    made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


@contextmanager
def behind_nginx(folder: Path, upstream: str, certificate: Certificate) -> Iterator[Proxied]:
    """Nginx with our file in front of that server (``127.0.0.1:8000``); its own files in that folder."""
    assert NGINX
    ports = Proxied(free_port(), free_port())
    file = folder / "nginx.conf"
    file.write_text(_around_nginx(folder, _nginx(folder, upstream, certificate, ports)))
    checked = subprocess.run([NGINX, "-t", "-c", str(file)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    with _running([NGINX, "-c", str(file)], ports):
        yield ports


def _nginx(folder: Path, upstream: str, certificate: Certificate, ports: Proxied) -> str:
    """Our file as it is, but for the ports and the names of files."""
    changes = {
        "127.0.0.1:8000": upstream,
        "listen 80;": f"listen 127.0.0.1:{ports.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports.port} ssl http2;",
        "/etc/letsencrypt/live/grille.exemple.fr": str(certificate.folder),
        "/var/cache/nginx/grille": str(folder / "cache"),
        "/var/log/nginx/grille-error.log": str(folder / "error.log"),
    }
    return re.sub(r"listen \[::\].*\n", "", _changed((DEPLOY / "nginx.conf").read_text(), changes))


def _around_nginx(folder: Path, text: str) -> str:
    """What stands around it in Debian's."""
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{name}_temp_path {folder}/{name};" for name in names)
    user = "user root;" if os.geteuid() == 0 else ""  # else root's nginx reads nothing of root's temporary folders
    around = f"{user} error_log {folder}/main.log; pid {folder}/pid; daemon off; events {{}}"
    return f"{around} http {{ {places} {text} }}"


@contextmanager
def behind_caddy(folder: Path, upstream: str, certificate: Certificate) -> Iterator[Proxied]:
    """Caddy with our file in front of that server; its own files in that folder."""
    assert CADDY
    ports = Proxied(free_port(), free_port())
    file = folder / "Caddyfile"
    file.write_text(_caddyfile(upstream, certificate, ports))
    command = [CADDY, "run", "--adapter", "caddyfile", "--config", str(file)]
    with _running(command, ports, {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}):
        yield ports


def _caddyfile(upstream: str, certificate: Certificate, ports: Proxied) -> str:
    """Our file as it is, but for the ports and a certificate that it need not ask for."""
    site = f"{NAME} {{\n"
    here = f"{site}\tbind 127.0.0.1\n\ttls {certificate.chain} {certificate.key}\n"
    text = _changed((DEPLOY / "Caddyfile").read_text(), {"127.0.0.1:8000": upstream, site: here})
    options = f"\tadmin off\n\thttp_port {ports.plain}\n\thttps_port {ports.port}\n"
    if re.search(r"^\{\n", text, re.MULTILINE):
        return re.sub(r"^\{\n", f"{{\n{options}", text, count=1, flags=re.MULTILINE)
    return f"{{\n{options}}}\n{text}"


BEHIND: dict[str, Behind] = {"nginx": behind_nginx, "caddy": behind_caddy}


@contextmanager
def served_behind(proxy: str, data: Path, certificate: Certificate) -> Iterator[LiveServer]:
    """A server over that folder with two processes, over https behind that proxy, set as deploy/grille.env is."""
    port, folder = str(free_port()), data.with_suffix(f".{proxy}")
    folder.mkdir()
    with BEHIND[proxy](folder, f"127.0.0.1:{port}", certificate) as proxied:
        site = {"PUBLIC_URL": proxied.url, "SECRET_KEY": token_urlsafe(48)}
        with serving(data, PORT=port, PROXIES="1", WORKERS="2", **site) as server:
            yield replace(server, url=proxied.url)


def _changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def _running(command: list[str], ports: Proxied, environment: dict[str, str] | None = None) -> Iterator[None]:
    """The proxy until the block ends, from the moment when it answers."""
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for port in (ports.port, ports.plain):
            assert _answers(process, port), f"{command[0]} stopped"
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            return True
    return False
