"""From probability to confidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.backends.calibration import Calibration, calibration_path, read_calibration
from llmsh.errors import ConfigError

MAP = Calibration(((0.2, 0.1), (0.6, 0.5), (0.9, 0.95)))


@pytest.mark.parametrize(
    ("probability", "confidence"),
    [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.75, 0.725), (0.9, 0.95), (1, 0.95)],
)
def test_between_two_points_it_is_linear_and_beyond_them_it_stays(probability: float, confidence: float) -> None:
    assert MAP(probability) == pytest.approx(confidence)


@given(st.floats(0, 1), st.floats(0, 1))
def test_it_never_falls(one: float, other: float) -> None:
    assert MAP(min(one, other)) <= MAP(max(one, other)) + 1e-12


@given(st.floats(0, 1))
def test_without_points_it_is_the_probability_itself(probability: float) -> None:
    assert Calibration()(probability) == probability


def test_it_is_read_from_the_file_beside_the_adapter(tmp_path: Path) -> None:
    adapter = str(tmp_path / "mine.gguf")
    Path(calibration_path(adapter)).write_text(json.dumps({"points": MAP.points}), encoding="utf-8")
    assert calibration_path(adapter) == str(tmp_path / "mine.calibration.json")
    assert read_calibration(adapter) == MAP


def test_where_none_was_measured_there_is_none(tmp_path: Path) -> None:
    assert read_calibration(None) == read_calibration(str(tmp_path / "mine.gguf")) == Calibration()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "cannot be read"),
        ("nonsense", "cannot be read"),
        ('{"points": [[0.1]]}', "cannot be read"),
        ('{"points": [[0.1, 0.5], [0.2, 0.4]]}', "must rise from 0 to 1"),
        ('{"points": [[0.2, 0.1], [0.2, 0.4]]}', "must rise from 0 to 1"),
        ('{"points": [[0.2, 1.1]]}', "must rise from 0 to 1"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.calibration.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"{path}.*{message}"):
        read_calibration(str(tmp_path / "mine.gguf"))
