from __future__ import annotations

import os

from llmsh.sandbox.kernel import landlock
from llmsh.sandbox.kernel.landlock import READ, WRITE, Rule
from llmsh.sandbox.kernel.privileges import drop_capabilities
from tests.sandbox.kernel.child import outcome


def inside(rules, *acts):
    return outcome(lambda: (drop_capabilities(), landlock.restrict(rules)), *acts)


def test_what_a_rule_gives_is_all_there_is(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_text("x", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    acts = (
        lambda: open(tmp_path / "in" / "file").close(),
        lambda: open(tmp_path / "in" / "file", "a").close(),
        lambda: open(tmp_path / "file").close(),
        lambda: os.truncate(tmp_path / "file", 0),
    )
    assert inside([Rule(str(tmp_path / "in"), READ)], *acts) == ["done", "EACCES", "EACCES", "EACCES"]
    assert inside([Rule(str(tmp_path / "in"), WRITE)], *acts) == ["done", "done", "EACCES", "EACCES"]
    assert outcome(lambda: None, *acts) == ["done"] * 4


def test_a_rule_for_a_file_may_ask_for_rights_that_only_folders_have(tmp_path):
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    assert inside([Rule(str(path), WRITE)], lambda: open(path, "r+").close()) == ["done"]


def test_a_link_gets_no_rule_and_what_is_missing_takes_none_from_the_others(tmp_path):
    secret, work = tmp_path / "secret", tmp_path / "work"
    secret.mkdir()
    work.mkdir()
    (tmp_path / "link").symlink_to(secret)
    rules = [Rule(str(path), READ) for path in (tmp_path / "link", tmp_path / "gone", work)]
    acts = (lambda: os.listdir(secret), lambda: os.listdir(tmp_path / "link"), lambda: os.listdir(work))
    assert inside(rules, *acts) == ["EACCES", "EACCES", "done"]


def test_signals_stay_inside_unless_they_are_let_out():
    parent = os.getpid()
    assert inside([], lambda: os.kill(parent, 0)) == ["EPERM"]
    out = outcome(lambda: landlock.restrict([], signals=True), lambda: os.kill(parent, 0))
    assert out == ["done"]


def test_rights_of_one_path_are_added_up():
    rules = [Rule("/a", landlock.LIST), Rule("/b", READ), Rule("/a", landlock.CHANGE)]
    assert landlock.merged(rules) == {"/a": landlock.LIST | landlock.CHANGE, "/b": READ}
