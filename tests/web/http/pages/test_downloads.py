"""A file to keep says its kind, and its name whatever its signs: a grid gives its colleges the codes that it likes."""

import pytest

from web.http.pages.downloads import download


@pytest.mark.parametrize(
    ("name", "kind", "sent"),
    [
        ("affiche-villeroche-2026-tous.pdf", "application/pdf", "affiche-villeroche-2026-tous.pdf"),
        ("qr-v-élus.svg", "image/svg+xml; charset=utf-8", "qr-v-_lus.svg"),
        ("lettre-œuvre.csv", "text/csv; charset=utf-8", "lettre-_uvre.csv"),
        ('a"\r\nb: c.png', "image/png", "a___b__c.png"),
    ],
)
def test_a_download_says_its_kind_and_a_name_that_any_header_can_hold(name: str, kind: str, sent: str) -> None:
    answer = download(b"content", name)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f"attachment; filename={sent}"
