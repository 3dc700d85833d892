"""What may happen without a question, and that nothing happens where it was refused."""

from __future__ import annotations

import pytest

from tests.e2e.driver import Driver

CHANGES = (
    'delete("notes.txt")',
    'find_files("build") | delete()',
    'write("notes.txt", "gone")',
    'write("new.txt", "hello")',
    'move("notes.txt", to="docs")',
    'make_folder("fresh")',
    'run("touch fresh", writes=".")',
    'read("names.txt") | sort() | save("names.txt")',
)


@pytest.mark.parametrize("plan", CHANGES)
def test_a_change_is_refused_where_nobody_can_be_asked(llmsh: Driver, plan: str) -> None:
    before = llmsh.files()

    ran = llmsh.lines(plan)

    assert (ran.status, ran.out) == (4, "")
    assert "was not approved" in ran.err
    assert ran.err.endswith("hint: --yes approves it, --dry-run shows it\n")
    assert llmsh.files() == before


def test_yes_approves_a_change(llmsh: Driver) -> None:
    before = llmsh.files()

    ran = llmsh.run("--yes", "-c", 'find_files("build", name="*.tmp") | delete()')

    assert (ran.status, ran.out) == (0, "")
    assert llmsh.files() == {name: content for name, content in before.items() if not name.startswith("build/")}


def test_yes_does_not_approve_what_is_denied(llmsh: Driver) -> None:
    before = llmsh.files()

    ran = llmsh.run("--yes", "-c", 'delete(".")')

    assert ran.status == 4
    assert "is not allowed" in ran.err
    assert llmsh.files() == before


def test_read_only_mode_denies_every_change_even_with_yes(llmsh: Driver) -> None:
    before = llmsh.files()

    ran = llmsh.run("--mode", "read-only", "--yes", "-c", 'make_folder("fresh")')

    assert ran.status == 4
    assert "nothing may be changed in read-only mode" in ran.err
    assert llmsh.files() == before


def test_read_only_mode_reads(llmsh: Driver) -> None:
    assert llmsh.run("--mode", "read-only", "-c", 'read("todo.txt")').out == "one\ntwo\nthree\n"


def test_auto_mode_does_what_can_be_undone_below_the_working_folder(llmsh: Driver) -> None:
    ran = llmsh.run("--mode", "auto", "-c", 'make_folder("fresh")', "-c", 'delete("build/x.tmp")')

    assert ran.status == 0
    assert (llmsh.tree / "fresh").is_dir()
    assert not (llmsh.tree / "build/x.tmp").exists()


def test_auto_mode_asks_about_what_lies_elsewhere(llmsh: Driver) -> None:
    (llmsh.home / "letter.txt").write_text("dear\n")

    ran = llmsh.run("--mode", "auto", "-c", 'delete("~/letter.txt")')

    assert ran.status == 4
    assert "is not below the working folder" in ran.err
    assert (llmsh.home / "letter.txt").read_text() == "dear\n"


def test_the_mode_of_the_settings_holds_and_the_flag_wins(llmsh: Driver) -> None:
    (llmsh.config / "config.toml").write_text('mode = "read-only"\n')

    assert llmsh.run("--yes", "-c", 'make_folder("one")').status == 4
    assert llmsh.run("--mode", "ask", "--yes", "-c", 'make_folder("one")').status == 0


def test_its_own_settings_are_never_changed_by_a_plan(llmsh: Driver) -> None:
    plugin = llmsh.config / "plugins/evil.py"

    ran = llmsh.run("--yes", "-c", f'write("{plugin}", "import os")')

    assert ran.status == 4
    assert not plugin.exists()


def test_a_step_that_was_refused_ends_the_plan(llmsh: Driver) -> None:
    before = llmsh.files()

    ran = llmsh.run("--json", "-c", 'list_files("docs")\ndelete("todo.txt")\nmake_folder("fresh")')

    (turn,) = ran.turns
    assert [(call["tool"], call["verdict"], call["ok"]) for call in turn["calls"]] == [
        ("list_files", "allow", True),
        ("delete", "ask", None),
    ]
    assert turn["status"] == "denied"
    assert llmsh.files() == before


def test_dry_run_prints_plan_effects_and_verdicts_and_runs_nothing(llmsh: Driver) -> None:
    llmsh.answers["delete the build files"] = 'find_files("build") | delete()'
    before = llmsh.files()

    ran = llmsh.run("--dry-run", "-c", "delete the build files")

    assert ran.status == 0
    assert ran.out == (
        'find_files("build") | delete()\n'
        "call\tverdict\trule\teffects\n"
        f"find_files\tallow\treading\treads {llmsh.tree}/build\n"
        f"delete\task\tunknown\tdeletes {llmsh.tree}/build\n"
    )
    assert llmsh.files() == before


def test_a_program_that_does_not_say_what_it_writes_writes_nothing(llmsh: Driver) -> None:
    before = llmsh.files()

    ran = llmsh.run("-c", 'run("touch fresh")')

    assert ran.status == 1
    assert "fresh" in ran.err
    assert llmsh.files() == before


def test_dry_run_of_a_command_and_of_a_request_to_ask_runs_nothing(llmsh: Driver) -> None:
    ran = llmsh.run("--dry-run", "-c", "touch fresh", "-c", 'run("touch fresh")')

    assert ran.status == 0
    assert "would run: touch fresh" in ran.err + ran.out
    assert not (llmsh.tree / "fresh").exists()


def test_dry_run_denies_what_would_be_denied(llmsh: Driver) -> None:
    (turn,) = llmsh.json('find_files("build") | delete()', flags=("--dry-run", "--mode", "read-only"))

    assert [(call["tool"], call["verdict"], call["rule"], call["ok"]) for call in turn["calls"]] == [
        ("find_files", "allow", "reading", None),
        ("delete", "deny", "read-only", None),
    ]
    assert turn["result"] is None
