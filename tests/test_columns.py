"""The columns of the tables that a request names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmsh.columns import columns_named


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "people.csv": "name,city,age\nAnn,Oslo,34\n", "cn.tsv": "\ufeff姓名\t年龄\n李\t3\n",
        "成绩.csv": "学号;分数\n1;2\n", "bare.csv": "1,2\n3,4\n",
        "config.json": '{"port": 1, "name": {"a": 1}}', "list.json": '[{"id": 1}, {"x": 2}]', "bad.json": "{",
        "wide.csv": ",".join(f"c{number}" for number in range(40)) + "\n", "empty.csv": "", "text.csv": "just words\n",
        "long.csv": f"a,{'b' * 99}\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        ("who is the oldest in people.csv?", {"people.csv": ("name", "city", "age")}),
        ("people.csv里谁最老", {"people.csv": ("name", "city", "age")}),
        ("把~/cn.tsv按年龄排序", {"~/cn.tsv": ("姓名", "年龄")}),
        ("看看成绩.csv", {"成绩.csv": ("学号", "分数")}),
        ("port in config.json, ids of ./list.json", {"config.json": ("port", "name"), "./list.json": ("id",)}),
        ("bare.csv bad.json wide.csv empty.csv text.csv long.csv folder.csv pipe.csv gone.csv people.csv.gz", {}),
        ("what time is it", {}),
    ],
)
def test_a_request_names_tables(request_: str, found: dict[str, tuple[str, ...]]) -> None:
    assert columns_named(request_) == found


def test_a_name_may_end_a_sentence() -> None:
    assert list(columns_named("List the names in people.csv.")) == ["people.csv"]


def test_what_may_not_be_read_unasked_is_not_looked_into() -> None:
    assert columns_named("people.csv config.json", lambda path: "people" not in path) == {
        "config.json": ("port", "name")
    }


def test_of_many_files_the_first_are_looked_at() -> None:
    assert list(columns_named("people.csv config.json list.json")) == ["people.csv", "config.json"]
