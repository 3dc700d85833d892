"""What is put back after a call, by hands that hostile files cannot lead astray."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from llmsh.effects import resolve
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.protect import guarded, protected
from llmsh.types import Effects


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    (folder / ".git" / "hooks").mkdir(parents=True)
    (folder / ".git" / "config").write_text("[core]\n", encoding="utf-8")
    (folder / ".git" / "hooks" / "pre-push").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / ".git" / "hooks" / "pre-push").chmod(0o755)
    return folder


def request(folder: Path, tier: Tier = Tier.FLOOR, writes: tuple[str, ...] = (".",)) -> Request:
    effects = resolve(Effects(runs=("make",), writes=writes), str(folder))
    return Request((), None, str(folder), {"HOME": "/home/ann"}, effects, tier=tier)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def test_what_was_changed_made_and_removed_is_put_right_and_told(work):
    with guarded(request(work)) as (_, notes):
        (work / ".git" / "config").write_text("[core]\nfsmonitor = evil\n", encoding="utf-8")
        (work / ".git" / "hooks" / "pre-push").unlink()
        (work / ".git" / "hooks" / "pre-commit").write_text("evil", encoding="utf-8")
        (work / ".envrc").write_text("evil", encoding="utf-8")
        (work / "made").write_text("fine", encoding="utf-8")
    assert contents(work) == {
        ".envrc.set-aside-by-llmsh": "evil", ".git/config": "[core]\n",
        ".git/config.set-aside-by-llmsh": "[core]\nfsmonitor = evil\n",
        ".git/hooks/pre-commit.set-aside-by-llmsh": "evil", ".git/hooks/pre-push": "#!/bin/sh\n", "made": "fine",
    }  # fmt: skip
    assert stat.S_IMODE((work / ".git" / "hooks" / "pre-push").stat().st_mode) == 0o755
    assert sorted(notes) == [
        f"{work}/.envrc would decide what runs later: it was renamed to .envrc.set-aside-by-llmsh",
        f"{work}/.git/config decides what runs later: it was changed, and was put back",
        f"{work}/.git/hooks/pre-commit would decide what runs later: it was renamed to pre-commit.set-aside-by-llmsh",
        f"{work}/.git/hooks/pre-push decides what runs later: it was changed, and was put back",
    ]


def test_what_nobody_touched_is_not_spoken_of(work):
    before = contents(work)
    with guarded(request(work)) as (_, notes):
        pass
    assert (notes, contents(work)) == ([], before)


def test_a_link_in_place_of_the_repository_leads_nowhere(work, tmp_path):
    home = tmp_path / "home"
    (home / "hooks").mkdir(parents=True)
    (home / "config").write_text("precious", encoding="utf-8")
    (home / "hooks" / "mine").write_text("precious", encoding="utf-8")
    with guarded(request(work)) as (_, notes):
        (work / ".git").rename(work / "moved")
        (work / ".git").symlink_to(home)
    assert contents(home) == {"config": "precious", "hooks/mine": "precious"}
    assert not (work / ".git").is_symlink()
    assert notes == [f"{work}/.git would decide what runs later: it was renamed to .git.set-aside-by-llmsh"]


def test_what_a_call_names_is_its_own_business(work):
    with guarded(request(work, writes=(".", ".envrc", ".git/hooks"))) as (_, notes):
        (work / ".envrc").write_text("wanted", encoding="utf-8")
        (work / ".git" / "hooks" / "pre-commit").write_text("wanted", encoding="utf-8")
    assert notes == []
    assert contents(work)[".envrc"] == contents(work)[".git/hooks/pre-commit"] == "wanted"


def test_in_namespaces_covers_stand_while_the_call_runs_and_are_gone_after(work):
    before = sorted(os.listdir(work))
    with guarded(request(work, Tier.STRICT)) as (held, _):
        during = sorted(os.listdir(work))
    assert {".vscode", ".envrc", ".mcp.json"} <= set(during)
    assert {f"{work}/.git/config", f"{work}/.git/hooks", f"{work}/.envrc"} <= set(held.kept)
    assert sorted(os.listdir(work)) == before


def test_what_somebody_put_in_a_cover_meanwhile_is_not_lost(work):
    with guarded(request(work, Tier.STRICT)):
        (work / ".vscode" / "settings.json").write_text("the user's editor", encoding="utf-8")
    assert contents(work)[".vscode.set-aside-by-llmsh/settings.json"] == "the user's editor"


@pytest.mark.parametrize("runs", [("make",), ()])
def test_repositories_deeper_in_the_folder_are_found_for_programs_and_for_tools(work, runs):
    (work / "a" / "b" / ".git").mkdir(parents=True)
    found = protected(resolve(Effects(runs=runs, writes=(".",)), str(work)), "")
    assert f"{work}/a/b/.git/hooks" in found[str(work)]


def test_start_up_files_are_protected_where_the_home_folder_may_be_written(tmp_path):
    found = protected(Effects(writes=(str(tmp_path),)), str(tmp_path / "ann"))
    assert f"{tmp_path}/ann/.bashrc" in found[str(tmp_path)]
    assert protected(Effects(writes=(str(tmp_path),)), "/elsewhere") == {
        str(tmp_path): [f"{tmp_path}/{name}" for name in (
            ".vscode", ".idea", ".devcontainer", ".husky", ".github/workflows", ".envrc", ".mcp.json",
            ".pre-commit-config.yaml", ".gitmodules",
        )],
    }  # fmt: skip


def test_a_call_that_writes_nothing_is_left_alone(tmp_path):
    asked = Request((), None, str(tmp_path), {}, Effects(runs=("ls",)), tier=Tier.STRICT)
    with guarded(asked) as (held, notes):
        assert held == asked
    assert notes == []
