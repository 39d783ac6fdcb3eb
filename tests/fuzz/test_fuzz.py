"""Thousands of requests that no page makes: never a 500, a traceback, or data of another territory.

Half of them come over http, half over https.

A sample runs with the suite. The long run: ``pytest tests/fuzz --fuzz 20000``, ``--fuzz-seed 7`` for other requests.
"""

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from tests.fuzz.world import MARK, PEOPLE, UNKNOWN, Fields, World, filled, pools, world

NASTY = (
    *(
        "",
        " ",
        "0",
        "-1",
        "+1",
        "00",
        "1.5",
        "1e309",
        "NaN",
        "inf",
        "true",
        "null",
        "[]",
        "{}",
        "٣",
        "９９",
        "²",
        "½",
        "一",
    ),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809", "1" + "0" * 40, "1" * 5000),
    *("\x00", "a\x00b", "\ud800", "\x7f", "\u202e", "\ufeff", "\u2028", "🙂" * 30, "é" * 3000, "Z̸̢̛" * 40),
    *(
        "../../etc/passwd",
        "..%2f..",
        "//evil.example",
        "\\\\evil",
        "/" * 200,
        "%",
        "%00",
        "%zz",
        "a%0d%0aSet-Cookie: x=1",
    ),
    *(
        "'",
        '"',
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${7*7}",
        "%s%n%d",
        "=cmd()",
        "a\r\nX: y",
        "*",
        "?",
    ),
    *(
        "2026-02-30",
        "31/02/2026",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "10000-01-01",
        "NSP",
        "SO",
        "COO-1",
        "elus",
    ),
    *("https://[", "http://a b", "javascript:alert(1)", "mailto:", "a@b", "a@b.fr\nBcc: c@d.fr", "x" * 70, "y", "on"),
)
TYPES = (
    *("", "text/plain", "application/json", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data"),
    *(
        "multipart/form-data; boundary=frontier",
        "multipart/form-data; boundary=" + "b" * 300,
        "image/png",
        'a/b; c="',
        "é",
    ),
)
BODIES = (
    *(b"", b"{", b'{"a": [1, {"b": null}]}', b"[]", b"null", b"\xff\xfe\x00", b"a=1&a=2&=&&%ff=%00", b"\x00" * 2000),
    b"--frontier\r\nContent-Disposition: form-data; name=",
    b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncollege;COO-1\r\nelus;2',
    b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="../x\x00"\r\n\r\n%PDF\r\n--frontier--\r\n',
    b'--frontier\r\nContent-Disposition: form-data; name="table"; filename=""\r\n\r\n\xff\xfe\r\n--frontier--\r\n',
)
HEADERS = (
    *(
        ("Accept-Language", "xx-XX;q=9, *"),
        ("Accept-Language", "é"),
        ("Accept-Encoding", "gzip;q=x"),
        ("Range", "bytes=9-1"),
    ),
    *(("If-None-Match", '"'), ("If-Modified-Since", "0"), ("Cookie", "grille=eyJ.x.y"), ("Referer", "http://[")),
    *(("Origin", "null"), ("X-Forwarded-For", "<x>"), ("X-Requested-With", "fetch"), ("Accept", "application/json")),
    *(("Accept-Encoding", "gzip"), ("Authorization", "Basic x"), ("Content-Length", "5")),
)
# What names something here or elsewhere, where only a name of this page's own is expected.
IDENTIFIERS = (
    *("atelier", "territoire", "habitants", "elus-agents", "associations-entreprises", "*", "1", "2", "9", "a,b"),
    *("villeroche-2026", "val-de-brume-2026", "demonstration", "villeroche", "2024.1", "2026.1", "levels", "texte-1"),
    *("HAB-001", "COO", "INT", "CON-1", "programme", "pilot", "short", "full", "x" * 41, "É/lus\r\n'\"", "../elus"),
)
# How a field's name is changed: another row of a list, a form inside another, in capitals, cut, none.
RENAMED = (
    lambda name: re.sub(r"\d+", "7", name),
    lambda name: re.sub(r"\d+", "-1", name),
    lambda name: re.sub(r"\d+", "9" * 30, name),
    lambda name: re.sub(r"-\d+-", "-x-", name),
    lambda name: f"{name}-0-code",
    lambda name: f"{name}[]",
    lambda name: name.rpartition("-")[2],
    lambda name: name.rpartition(":")[0],
    lambda name: name.upper(),
    lambda name: name[:-1],
)
ARGUMENTS = (
    "vagues",
    "lecture",
    "q",
    "suite",
    "sujet",
    "du",
    "au",
    "page",
    "code",
    "vise",
    "vu",
    "college",
    "n",
    "filtre",
)
# What costs seconds and takes no input but its address.
SLOW = {"results.download": 0.1, "session.file": 0.2, "campaigns.all_printed": 0.1, "campaigns.printed": 0.2}


@dataclass(frozen=True)
class Wanted:
    """One request."""

    who: str
    method: str
    address: str
    query: tuple[tuple[str, str], ...]
    body: tuple[tuple[str, str], ...] | bytes
    content_type: str | None
    headers: tuple[tuple[str, str], ...]
    scheme: str = "http"

    @property
    def url(self) -> str:
        """The address and what follows it, as bytes would be sent."""
        query = urlencode(self.query, errors="surrogatepass")
        return f"{self.address}?{query}" if query else self.address


@pytest.fixture(scope="module")
def fuzzed(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("fuzz") / "data"))
    with world(folder) as found:
        yield found


text = st.sampled_from(NASTY) | st.text(max_size=12)


def addresses(rule: Rule, known: dict[str, list[str]]) -> st.SearchStrategy[str]:
    """The rule's address with values that exist, most of the time, or not."""
    hostile = text.map(lambda value: quote(value, safe="", errors="surrogatepass") or "-")
    one = {
        name: st.integers(0, 9).flatmap(
            lambda n, name=name: hostile if n == 9 else st.sampled_from(known.get(name, UNKNOWN))
        )  # type: ignore[misc]
        for name in sorted(rule.arguments)
    }
    return st.fixed_dictionaries(one).map(lambda chosen: filled(rule.rule, chosen))


def bodies(forms: list[Fields]) -> st.SearchStrategy[tuple[tuple[str, str], ...] | bytes]:
    """A form of that page, some fields left out, said twice or given something else; or bytes that are no form."""
    wild = st.lists(st.tuples(text, text), max_size=4).map(tuple)
    return st.one_of(*(_fields(form) for form in forms * 2), wild, st.sampled_from(BODIES))


def _fields(form: Fields) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """The fields as the page gave them, but for a few: left out, blanked, said twice, renamed, or swapped."""
    names = sorted(form)
    one = st.sampled_from(names or [""])
    own = [value for values in form.values() for value in values]
    values = text | st.sampled_from([*IDENTIFIERS, *own])
    changes = st.dictionaries(one, st.lists(values, max_size=2), max_size=3)
    doubled = st.lists(st.tuples(one, values), max_size=2)
    renamed = st.just({}) | st.dictionaries(one, st.sampled_from(RENAMED), max_size=2)
    picks = st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names))

    def sent(picked: list[int], changed: dict[str, list[str]], more: list[tuple[str, str]], other: Any) -> Any:
        fields = [*_filled_in(form, names, picked, changed), *more]
        return tuple((other[name](name) if name in other else name, value) for name, value in fields)

    return st.builds(sent, picks, changes, doubled, renamed)


def _filled_in(
    form: Fields, names: list[str], picked: list[int], changed: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    for name, pick in zip(names, picked, strict=True):
        if name in changed and name != "csrf_token":  # without the form's mark, nothing of what follows is tried
            yield from ((name, value) for value in changed[name])
        elif pick or len(form[name]) == 1:
            yield name, form[name][pick % len(form[name])]


def requests(found: World, known: dict[str, list[str]], rules: list[Rule]) -> st.SearchStrategy[Wanted]:
    """Any method of any rule, by anyone."""
    query = st.lists(st.tuples(st.sampled_from(ARGUMENTS) | text, text), max_size=2).map(tuple)
    return st.one_of(
        *(
            st.builds(
                Wanted,
                who=st.sampled_from(PEOPLE + PEOPLE[3:]),
                method=st.just(method),
                address=addresses(rule, known),
                query=st.just(()) | query,
                body=bodies(found.forms.get(rule.endpoint, [])) if method == "POST" else st.just(b""),
                content_type=st.just(None) | st.just(None) | st.sampled_from(TYPES),
                headers=st.just(()) | st.lists(st.sampled_from(HEADERS), max_size=2).map(tuple),
                scheme=st.sampled_from(("http", "https")),
            )
            for rule in rules
            for method in _methods(rule)
        )
    )


def _methods(rule: Rule) -> list[str]:
    """What the rule answers, and now and then what it does not."""
    own = sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
    return own * (2 if "POST" in own else 1) + (["PUT"] if rule.endpoint.startswith("s") else [])


NAMES_A_TERRITORY = "/mentions-legales/"
"""The legal texts of whoever collects answers are for everyone, whatever is published."""


def sent(found: World, wanted: Wanted) -> None:
    """Send it, and look at what came back."""
    found.errors.clear()
    data = wanted.body if isinstance(wanted.body, bytes) else urlencode(wanted.body, errors="surrogatepass")
    form = None if isinstance(wanted.body, bytes) else "application/x-www-form-urlencoded"
    answer = found.client(wanted.who).open(
        wanted.url,
        method=wanted.method,
        data=data,
        content_type=wanted.content_type or form,
        headers=wanted.headers,
        base_url=f"{wanted.scheme}://localhost",
    )
    content = answer.data
    if answer.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    assert not found.errors, f"{wanted}\n{found.errors}"
    assert answer.status_code < 500, f"{answer.status_code} for {wanted}"
    if wanted.who != "programme" and not wanted.address.startswith(NAMES_A_TERRITORY):
        assert MARK.encode() not in content, f"another territory's words: {wanted}"
        assert MARK not in str(answer.headers), f"another territory's words: {wanted}"
    if wanted.method == "POST" and answer.status_code in {200, 201, 204, 302, 303}:
        found.restore()


@pytest.mark.timeout(3600)
def test_nothing_breaks_and_nothing_leaks(fuzzed: World, request: pytest.FixtureRequest) -> None:
    count, start = request.config.getoption("--fuzz"), request.config.getoption("--fuzz-seed")
    known = pools(fuzzed)
    rules = sorted(fuzzed.app.url_map.iter_rules(), key=lambda rule: (rule.rule, str(rule.methods)))
    swift = [rule for rule in rules if rule.endpoint not in SLOW]

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(requests(fuzzed, known, swift if count < 5000 else rules))
    def each(wanted: Wanted) -> None:
        sent(fuzzed, wanted)

    each()


def test_the_marks_are_there_to_be_seen(fuzzed: World) -> None:
    assert MARK in fuzzed.client("programme").get("/campagnes/").text
    assert MARK in fuzzed.client("programme").get("/campagnes/villeroche-2026/revue/familles/INT").text
    assert MARK not in fuzzed.client("pilot").get("/campagnes/").text


def test_an_error_would_be_seen(fuzzed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fuzzed.app.view_functions, "public.grid", lambda: 1 / 0)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        sent(fuzzed, Wanted("anyone", "GET", "/grille", (), b"", None, ()))


def test_forms_were_learned(fuzzed: World) -> None:
    assert len(fuzzed.forms) >= 30, sorted(fuzzed.forms)
