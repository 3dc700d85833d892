"""What people see, whole."""

from __future__ import annotations

import io

import pytest

from llmsh.render import renderer
from llmsh.render.human import HumanRenderer
from llmsh.types import (
    CHANGE_COLUMNS,
    FILE_COLUMNS,
    LINE,
    MATCH_COLUMNS,
    PATH,
    CallRecord,
    Changes,
    Column,
    Decision,
    Diff,
    Effects,
    Files,
    Matches,
    Number,
    Processes,
    Question,
    Status,
    Table,
    Text,
    Tree,
    Unit,
    Verdict,
)
from tests.render.drawing import DAY, HOUR, SECONDS, Terminal, files, human, turn


def test_files_have_human_sizes_ages_and_kinds():
    rows = files(
        ("a.py", 12, SECONDS - 10, "file"),
        ("src", 4096, SECONDS - 2 * HOUR, "folder"),
        ("日本語.txt", 123456, SECONDS - 3 * DAY, "file"),
        ("old", 3, SECONDS - 800 * DAY, "link"),
        ("gone", None, None, None),
    )
    assert human(turn(rows)) == (
        "path          size  modified    kind\n"
        "a.py          12 B  just now    file\n"
        "src/        4.0 KB  2 h ago     folder\n"
        "日本語.txt  121 KB  3 d ago     file\n"
        "old            3 B  2023-11-02  link\n"
        "gone\n",
        "",
    )


def test_a_long_path_folds_at_any_letter_and_loses_none():
    rows = files(("long/path with spaces/and more of it.txt", 12, SECONDS - 100 * DAY, "file"))
    assert human(turn(rows), width=44)[0] == (
        "path                          size  modified\nlong/path with spaces/and mo  12 B  3 mo ago\nre of it.txt\n"
    )


def test_files_of_one_column_are_a_list():
    assert human(turn(Files((PATH,), [("a.py",), ("b c.tar.gz",)]))) == ("a.py\nb c.tar.gz\n", "")


def test_what_is_in_a_name_is_neither_markup_nor_a_link():
    rows = Files((PATH,), [("[red]a[/red].py",), ("[link=http://x]b",), (":smile:",)])
    assert human(turn(rows), colour=True) == ("[red]a[/red].py\n[link=http://x]b\n:smile:\n", "")


def test_a_name_of_control_characters_is_shown_escaped():
    rows = Files((PATH,), [("a\x1b]52;c;eA==\x07b",), ("two\nlines\tand a tab",), ("raw\udcff",), ("\u202egpj.exe",)])
    shown = "a\\x1b]52;c;eA==\\x07b\ntwo\\nlines\\tand a tab\nraw\\xff\n\\u202egpj.exe\n"
    assert human(turn(rows)) == (shown, "")


def test_many_rows_are_cut_and_the_rest_is_counted():
    out, err = human(turn(Files((PATH,), [(f"{n}.txt",) for n in range(12_845)])))
    assert out.splitlines() == [f"{n}.txt" for n in range(500)]
    assert err == '… and 12,345 more (| save("file") or --plain for all)\n'


def test_more_than_ten_files_are_counted():
    assert human(turn(Files((PATH,), [("a",)] * 11))) == ("a\n" * 11, "11 files\n")


def test_a_tree_has_branches():
    names = ("src", "src/a.py", "src/deep", "src/deep/x.py", "src/z.py")
    kinds = ("folder", "file", "folder", "file", "file")
    rows = Tree(FILE_COLUMNS, [(name, 1, SECONDS, kind) for name, kind in zip(names, kinds, strict=True)])
    assert human(turn(rows)) == ("src/\n├── a.py\n├── deep/\n│   └── x.py\n└── z.py\n", "")


def test_found_lines_stand_below_their_file():
    rows = Matches(MATCH_COLUMNS, [("a.py", 1, "x [b]y"), ("a.py", 120, "\tz"), ("b", 3, "q")])
    assert human(turn(rows)) == ("a.py\n  1  x [b]y\n120  \tz\n\nb\n3  q\n", "")


def test_processes_are_right_aligned_and_their_commands_shortened():
    columns = (
        Column("pid"),
        Column("name"),
        Column("cpu", Unit.PERCENT),
        Column("memory", Unit.BYTES),
        Column("command"),
    )
    rows = [(1, "init", 0.123, 12345678, "/sbin/init with many many options"), (12345, "x", None, 5, "y")]
    assert human(turn(Processes(columns, rows)), width=50) == (
        "  pid  name   cpu  memory  command\n"
        "    1  init  0.1%   12 MB  /sbin/init with many m…\n"
        "12345  x              5 B  y\n",
        "",
    )


def test_a_tree_of_processes_is_indented():
    rows = [(1, "init", 0), (7, "shell", 1), (8, "vim", 2)]
    drawn = human(turn(Processes((Column("pid"), Column("name"), Column("depth")), rows)))
    assert drawn == ("pid  name\n  1  init\n  7    shell\n  8      vim\n", "")


def test_a_long_text_in_a_table_folds_between_words():
    rows = [("find_files", "Find files by name, size, age or kind, in a folder."), ("count", "Count rows.")]
    assert human(turn(Table((Column("tool"), Column("does")), rows)), width=40) == (
        "tool        does\n"
        "find_files  Find files by name, size,\n"
        "            age or kind, in a folder.\n"
        "count       Count rows.\n",
        "",
    )


def test_one_row_of_many_columns_is_a_record():
    columns = (*FILE_COLUMNS, Column("owner"), Column("mode"), Column("inode"), Column("links"))
    rows = Files(columns, [("a b.py", 2048, SECONDS - DAY, "file", "ann", "0644", 7, 1)])
    assert human(turn(rows)) == (
        "    path  a b.py\n"
        "    size  2.0 KB\n"
        "modified  1 d ago\n"
        "   owner  ann\n"
        "    mode  0644\n"
        "   inode  7\n"
        "   links  1\n",
        "",
    )


def test_a_table_that_cannot_fit_becomes_records():
    rows = Table((Column("one"), Column("two"), Column("three")), [("a" * 30, 123456789, 987654321), ("b", 1, 2)])
    assert human(turn(rows), width=24)[0] == (
        f"  one  {'a' * 30}\n  two  123456789\nthree  987654321\n\n  one  b\n  two  1\nthree  2\n"
    )


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (3.0, Unit.NONE, "3"),
        (2.5, Unit.NONE, "2.5"),
        (9999, Unit.NONE, "9999"),
        (1234567, Unit.NONE, "1,234,567"),
        (999, Unit.BYTES, "999 B"),
        (12345678, Unit.BYTES, "12 MB (12,345,678 bytes)"),
        (12.345, Unit.PERCENT, "12.3%"),
        (273600, Unit.SECONDS, "3 d 4 h (273,600 seconds)"),
        (float("nan"), Unit.BYTES, "nan"),
        (float("inf"), Unit.TIME, "inf"),
        (None, Unit.NONE, ""),
    ],
)
def test_a_number_is_said_for_people_and_exactly(value, unit, shown):
    assert human(turn(Number((Column("value", unit),), [(value,)]))) == (f"{shown}\n", "")


def test_text_is_not_wrapped_and_keeps_its_tabs():
    assert human(turn(Text(LINE, [("\ta " + "long " * 30,), ("",), ("end",)]))) == (
        "\ta " + "long " * 30 + "\n\nend\n",
        "",
    )


def test_a_file_with_a_known_suffix_is_coloured_and_keeps_every_letter():
    lines = ["def f():", "\treturn '[x]'  # 日本", "", "", "x = '''a", "b'''", ""]
    rows = Text(LINE, [(line,) for line in lines], title="a.py")
    coloured, _ = human(turn(rows), colour=True)
    assert human(turn(rows)) == ("\n".join(lines) + "\n", "")
    assert coloured.startswith("\x1b[94mdef\x1b[0m")


def test_a_diff_is_coloured_by_its_first_letters():
    rows = Diff(LINE, [("--- a",), ("+++ b",), ("@@ -1 +1 @@",), ("-x",), ("+y",), (" z",)])
    assert human(turn(rows), colour=True)[0] == (
        "\x1b[1m--- a\x1b[0m\n\x1b[1m+++ b\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n"
        "\x1b[31m-x\x1b[0m\n\x1b[32m+y\x1b[0m\n z\n"
    )


def test_changes_are_summed_up_with_their_first_names():
    moved = [(f"new/{n}", "moved", f"{n}") for n in range(12)]
    assert human(turn(Changes(CHANGE_COLUMNS, [*moved, ("x", "trashed", None)]))) == (
        "",
        "moved 12 files\n" + "".join(f"  {n} -> new/{n}\n" for n in range(10)) + "  … and 2 more\ntrashed x\n",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (files(), "nothing found\n"),
        (Changes(CHANGE_COLUMNS, []), "nothing changed\n"),
        (Diff(LINE, []), "no differences\n"),
        (Text(LINE, []), "no text\n"),
        (Tree(FILE_COLUMNS, []), "nothing found\n"),
        (
            Matches(MATCH_COLUMNS, [], ["2 folders could not be read"]),
            "nothing found\nnote: 2 folders could not be read\n",
        ),
    ],
)
def test_no_rows_are_said_on_standard_error(rows, said):
    assert human(turn(rows)) == ("", said)


def test_a_failure_shows_what_there_is_then_cause_and_hint():
    failed = turn(Text(LINE, [("half",)]), Status.FAILED, message="no such file: b", hint="list_files() shows them")
    assert human(failed) == ("half\n", "error: no such file: b\nhint: list_files() shows them\n")


def test_a_question_and_a_refusal_go_to_standard_error_and_an_answer_to_standard_output():
    asked = turn(Question(LINE, [("which\x1b folder?",)]), Status.ASKED)
    assert human(asked) == ("", "which\\x1b folder?\n")
    assert human(turn(status=Status.DENIED, message="not approved", hint="--yes")) == (
        "",
        "not approved\nhint: --yes\n",
    )
    assert human(turn(status=Status.ANSWERED, message="Hello [b]you[/b].")) == ("Hello [b]you[/b].\n", "")


def test_a_dry_run_shows_plan_verdicts_and_effects():
    effects = Effects(reads=("/a",), deletes=("/a/x",), network=True)
    calls = (CallRecord("delete", {}, effects, Verdict(Decision.ASK, "changes", "changing asks")),)
    assert human(turn(plan='delete("x")', calls=calls), width=80) == (
        'delete("x")\n'
        "call    verdict  rule     effects\n"
        "delete  ask      changes  reads /a; deletes /a/x; connects to any host\n",
        "",
    )


def test_without_colour_there_is_no_escape_code_at_all():
    out, err = Terminal(), Terminal()
    drawing = HumanRenderer(out, err, colour=False)
    drawing.turn(turn(files(("a", 1, SECONDS, "folder")), status=Status.FAILED, message="m", hint="h"))
    drawing.plan_note("a()")
    assert "\x1b" not in out.getvalue() + err.getvalue()


def test_a_locale_without_the_letters_gets_ascii_and_no_error():
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    rows = Tree((PATH,), [("é",), ("é/日本",), ("é/b",)])
    renderer("human", out, Terminal(), colour=False).turn(turn(rows))
    assert raw.getvalue() == b"\\xe9\n|-- \\u65e5\\u672c\n`-- b\n"


def test_a_closed_pipe_is_the_callers_affair():
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    for kind in ("human", "plain", "json"):
        drawing = renderer(kind, Closed(), Terminal(), colour=False)
        with pytest.raises(BrokenPipeError):
            drawing.turn(turn(Files((PATH,), [("a",)])))
