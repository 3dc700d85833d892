from __future__ import annotations

from contextlib import closing

import pytest

from llmsh.errors import ToolFailed
from llmsh.sandbox.client import Worker
from llmsh.sandbox.ends import ends
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import request, unseen


def lines(count: int) -> list[tuple[str]]:
    return [(f"line {number}",) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 9, 10])
def test_what_fits_is_kept_whole(count):
    notes: list[str] = []
    assert list(ends(lines(count), notes, Limits(rows=10))) == lines(count)
    assert notes == []


def test_of_too_many_lines_the_first_and_the_last_are_kept_and_those_between_counted():
    notes: list[str] = []
    whole = lines(40)
    assert list(ends(whole, notes, Limits(rows=10))) == [*whole[:5], *whole[-5:]]
    assert notes == ["30 lines (205 B) in the middle are left out"]


def test_of_too_many_bytes_both_ends_are_kept():
    notes: list[str] = []
    whole = [("x" * 100,)] * 50
    kept = list(ends(whole, notes, Limits(output=16 * 300)))
    assert (len(kept), notes) == (6, ["44 lines (4.3 KB) in the middle are left out"])


def test_the_first_lines_go_out_before_the_others_are_there():
    def slow():
        yield ("one",)
        raise AssertionError("the second was asked for")

    assert next(ends(slow(), [], Limits())) == ("one",)


def test_what_does_not_come_to_an_end_is_stopped_with_both_ends_kept():
    def endless():
        number = 0
        while True:
            yield (str(number),)
            number += 1

    kept: list[object] = []
    notes: list[str] = []
    with pytest.raises(ToolFailed, match="it was stopped after 51 lines"):
        kept.extend(row for row in iter(ends(endless(), notes, Limits(rows=10)).__next__, None))
    assert notes == ["41 lines (77 B) in the middle are left out"]


def test_a_program_that_says_too_much_keeps_both_ends_and_a_count_of_it_is_right(tmp_path):
    with closing(Worker()) as worker:
        worker.start((), ("llmsh.tools.shell.run", "llmsh.tools.rows.count"))
        settings = {"cwd": str(tmp_path), "effects": Effects(runs=("seq",)), "limits": Limits(seconds=60, rows=1000)}
        said = worker.run(request(("run", {"command": "seq 5000"}), **settings), unseen)
        assert [row[0] for row in said.rows] == [str(n) for n in (*range(1, 501), *range(4501, 5001))]
        assert said.notes == ["4,000 lines (15 KB) in the middle are left out"]
        counted = worker.run(request(("run", {"command": "seq 5000"}), "count", **settings), unseen)
        assert counted.rows == [(5000,)]
