"""Any framework that can be written as a grid works: one family or fourteen, two levels or ten, any scale."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.score import score


def framework(families: int, levels: range, colleges: str) -> dict:
    described = {str(value): f"Niveau {value}" for value in levels}
    skill = {"title": "Un", "definition": "d", "core": True, "levels": described}
    return {
        "id": "ailleurs",
        "version": "1",
        "title": "Une grille d’ailleurs",
        "status": "officielle",
        "levels": [{"value": value, "label": f"Niveau {value}"} for value in levels],
        "colleges": [{"code": code, "label": code.upper()} for code in colleges],
        "families": [
            {"code": f"F{n}", "title": f"Famille {n}", "skills": [{"code": f"F{n}-{i}"} | skill for i in range(2)]}
            for n in range(families)
        ],
    }


@pytest.mark.parametrize(
    ("families", "levels", "colleges"),
    [
        (1, range(2), "a"),
        (2, range(6), "ab"),
        (3, range(-2, 3), "abc"),
        (8, range(1, 7), "abcdefgh"),
        (14, range(1, 11), "abcdefghij"),
    ],
)
def test_another_framework_is_scored_whole(tmp_path: Path, families: int, levels: range, colleges: str) -> None:
    grid = framework(families, levels, colleges)
    codes = [skill["code"] for family in grid["families"] for skill in family["skills"]]
    (tmp_path / "grid.yaml").write_text(json.dumps(grid))
    rows = [
        ",".join([college, *[str(levels[n % len(levels)])] * len(codes)]) for college in colleges for n in range(12)
    ]
    (tmp_path / "answers.csv").write_text("\n".join([",".join(["college", *codes]), *rows]))
    arguments = [tmp_path / "answers.csv", "--grid", tmp_path / "grid.yaml", "--out", tmp_path / "out"]
    result = CliRunner().invoke(score, list(map(str, arguments)))
    assert result.exit_code == 0, (result.stderr, result.exception)
    profile = json.loads((tmp_path / "out" / "profile.json").read_text())
    mean = sum(levels[n % len(levels)] for n in range(12)) / 12
    assert len(profile["families"]) == families * len(colleges)
    assert all(row["score"] == pytest.approx(mean) for row in profile["families"])
    assert all(len(row["distribution"]) == len(levels) for row in profile["skills"])
    assert all(f"Famille {n}" in (tmp_path / "out" / "radar.svg").read_text() for n in range(families))
