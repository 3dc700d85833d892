"""What pipes and files get, byte by byte."""

from __future__ import annotations

import pytest

from llmsh.render.plain import PlainRenderer
from llmsh.types import (
    CHANGE_COLUMNS,
    FILE_COLUMNS,
    LINE,
    MATCH_COLUMNS,
    PATH,
    Answer,
    Changes,
    Column,
    Files,
    Matches,
    Number,
    Refusal,
    Status,
    Table,
    Text,
    Tree,
    Unit,
)
from tests.render.drawing import Terminal, files, plain, turn


def test_files_are_a_path_a_line_with_the_bytes_of_their_names():
    rows = files(("./a b.py", 1, 0.0, "file"), ("raw\udcff\x1b", 1, 0.0, "file"), ("日本", None, None, None))
    assert plain(turn(rows)) == (b"./a b.py\nraw\xff\x1b\n" + "日本\n".encode(), b"")


def test_text_is_itself_byte_for_byte():
    rows = Text(LINE, [("a\tb\x1b[31m",), ("",), ("\udce9t\udce9",)])
    assert plain(turn(rows)) == (b"a\tb\x1b[31m\n\n\xe9t\xe9\n", b"")


def test_text_keeps_its_bytes_in_a_locale_that_cannot_hold_it():
    assert plain(turn(Text(LINE, [("日本 é",), ("half \ud800",)])), "latin-1") == (
        "日本 é\nhalf \\ud800\n".encode(),
        b"",
    )


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (3.0, Unit.NONE, b"3"),
        (0.1 + 0.2, Unit.NONE, b"0.3"),
        (12345678, Unit.BYTES, b"12345678"),
        (0, Unit.TIME, b"1970-01-01T00:00:00Z"),
        (1e18, Unit.TIME, b"1e+18"),
        (None, Unit.NONE, b""),
    ],
)
def test_a_number_stands_alone(value, unit, shown):
    assert plain(turn(Number((Column("value", unit),), [(value,)]))) == (shown + b"\n", b"")


def test_matches_are_path_line_text():
    assert plain(turn(Matches(MATCH_COLUMNS, [("a.py", 3, "x:\ty")]))) == (b"a.py:3:x:\ty\n", b"")


def test_a_table_has_a_header_and_tab_separated_rows():
    columns = (Column("name"), Column("size", Unit.BYTES), Column("when", Unit.TIME), Column("cpu"), Column("on"))
    rows = [("a\tb\nc\rd", 1024, 1767323045.9, 1.5, True), (None, None, None, None, False)]
    assert plain(turn(Table(columns, rows))) == (
        b"name\tsize\twhen\tcpu\ton\na\\tb\\nc\\rd\t1024\t2026-01-02T03:04:05Z\t1.5\ttrue\n\t\t\t\tfalse\n",
        b"",
    )


def test_a_table_of_one_column_is_its_values():
    assert plain(turn(Table((Column("name"),), [("a",), ("b",)]))) == (b"a\nb\n", b"")


def test_a_tree_is_drawn():
    names = (".", "./a", "./a/1", "./a/1/x", "./a/2", "./b")
    drawn = ".\n├── a\n│   ├── 1\n│   │   └── x\n│   └── 2\n└── b\n"
    assert plain(turn(Tree(FILE_COLUMNS, [(name, 0, 0.0, "file") for name in names]))) == (drawn.encode(), b"")


def test_a_tree_without_its_folder_has_several_tops():
    assert plain(turn(Tree((PATH,), [("a",), ("a/b",), ("c",)]))) == ("a\n└── b\nc\n".encode(), b"")


def test_a_tree_whose_folder_ends_with_a_slash_is_one_tree():
    assert plain(turn(Tree((PATH,), [("src/",), ("src/b",)]))) == ("src/\n└── b\n".encode(), b"")


def test_a_tree_may_be_deeper_than_the_stack():
    names = ["d" + "/d" * depth for depth in range(3000)]
    out, _ = plain(turn(Tree((PATH,), [(name,) for name in names])))
    assert len(out.splitlines()) == 3000


def test_changes_are_told_on_standard_error():
    rows = Changes(CHANGE_COLUMNS, [("b", "moved", "a"), *[(f"{n}", "trashed", None) for n in range(12)]])
    said = b"moved 1 file: a -> b\ntrashed 12 files: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, and 2 more\n"
    assert plain(turn(rows)) == (b"", said)


def test_nothing_found_is_no_output_and_notes_go_to_standard_error():
    assert plain(turn(Files((PATH,), [], ["2 folders could not be read"]))) == (
        b"",
        b"note: 2 folders could not be read\n",
    )


def test_a_failure_gives_what_there_is_and_its_cause():
    failed = turn(Files((PATH,), [("a",)]), Status.FAILED, message="no such file: b\nc", hint="look")
    assert plain(failed) == (b"a\n", b"error: no such file: b\\nc\nhint: look\n")


def test_an_answer_is_data_and_a_refusal_is_not():
    assert plain(turn(Answer(LINE, [("Hello.",)]), Status.ANSWERED)) == (b"Hello.\n", b"")
    assert plain(turn(Refusal(LINE, [("No.",)]), Status.REFUSED)) == (b"", b"No.\n")


def test_plain_text_on_a_terminal_is_cleaned():
    out, err = Terminal(), Terminal()
    drawing = PlainRenderer(out, err)
    drawing.turn(turn(Files((PATH,), [("a\x1b[2J\nb\udcff",)], ["\x07"])))
    drawing.turn(turn(Text(LINE, [("x\ty\x9b",)])))
    assert (out.getvalue(), err.getvalue()) == ("a\\x1b[2J\\nb\\xff\nx\ty\\x9b\n", "note: \\x07\n")
