"""The calendar file: lines that every calendar reads, days that a calendar knows again, a bound."""

from datetime import UTC, date, datetime, timedelta

from restitution.documents.icalendar import MOST_EVENTS, Event, calendar_file

MADE = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)


def lines_of(content: bytes) -> list[str]:
    """The lines of a calendar, unfolded as RFC 5545 says."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_day_is_a_whole_day() -> None:
    lines = lines_of(calendar_file("Ici", [Event("a-1@ici", date(2027, 1, 31), "Voter", "Le fonds")], MADE))
    assert lines == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Grille//parcours//FR", "CALSCALE:GREGORIAN"),
        *("X-WR-CALNAME:Ici", "BEGIN:VEVENT", "UID:a-1@ici", "DTSTAMP:20261130T180000Z"),
        *("DTSTART;VALUE=DATE:20270131", "DTEND;VALUE=DATE:20270201", "SUMMARY:Voter", "DESCRIPTION:Le fonds"),
        *("TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR"),
    ]


def test_whatever_is_typed_makes_no_line_of_its_own() -> None:
    title = "Écrire ; voter, fêter\nEND:VCALENDAR\\ " + "é👩🌾" * 60
    lines = lines_of(calendar_file("Ici", [Event("a", date(2027, 1, 1), title)], MADE))
    assert lines.count("END:VCALENDAR") == 1
    (summary,) = (line for line in lines if line.startswith("SUMMARY:"))
    said = summary.removeprefix("SUMMARY:")
    assert said == "Écrire \\; voter\\, fêter\\nEND:VCALENDAR\\\\ " + "é👩🌾" * 60


def test_the_last_day_there_is_has_no_next_one() -> None:
    content = calendar_file("Ici", [Event("a", date.max, "Fin"), Event("b", date.min, "Début")], MADE)
    assert "DTSTART;VALUE=DATE:99991231" in lines_of(content)
    assert "DTSTART;VALUE=DATE:00010101" in lines_of(content)
    assert content.count(b"DTEND") == 1


def test_ten_thousand_days_are_the_nearest_thousand_and_it_is_said() -> None:
    events = [Event(f"a-{n}", date(2000, 1, 1) + timedelta(days=n), "Étape") for n in range(10_000)]
    lines = lines_of(calendar_file("Ici", events, MADE))
    days = [line.rpartition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert len(days) == MOST_EVENTS
    assert days == sorted(days)
    assert days[0] < "20261130" < days[-1]
    assert any("9\u202f000 dates plus lointaines" in line for line in lines if line.startswith("X-WR-CALDESC"))
