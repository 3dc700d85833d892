"""Effects: absolute paths, union, and what counts as a change."""

from __future__ import annotations

import os

import pytest

from llmsh.effects import changes, resolve, union
from llmsh.types import Effects


def test_relative_paths_become_absolute_and_each_stands_once(tmp_path):
    (tmp_path / "a").write_text("")
    found = resolve(Effects(reads=("a", "./a", "b"), writes=("new", "x/../new")), str(tmp_path))
    assert found == Effects(reads=(f"{tmp_path}/a", f"{tmp_path}/b"), writes=(f"{tmp_path}/new",))


def test_the_home_folder_is_expanded(tmp_path):
    assert resolve(Effects(reads=("~",)), str(tmp_path)).reads == (os.path.realpath(os.path.expanduser("~")),)


def test_a_link_is_deleted_itself_and_not_its_target(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    found = resolve(Effects(reads=("link",), deletes=("link", "link/")), str(tmp_path))
    assert found == Effects(reads=(f"{tmp_path}/real",), deletes=(f"{tmp_path}/link",))


def test_a_linked_folder_on_the_way_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert resolve(Effects(deletes=("link/a",)), str(tmp_path)).deletes == (f"{tmp_path}/real/a",)


def test_writing_to_a_link_names_the_link_and_where_it_leads(tmp_path):
    (tmp_path / "link").symlink_to("/etc/hosts")
    found = resolve(Effects(writes=("link",), overwrites=("link",)), str(tmp_path))
    both = (f"{tmp_path}/link", "/etc/hosts")
    assert found == Effects(writes=both, overwrites=both)


@pytest.mark.parametrize("name", [".", "./", "sub/..", ""])
def test_the_working_folder_has_its_own_name_however_it_is_written(tmp_path, name):
    (tmp_path / "sub").mkdir()
    assert resolve(Effects(deletes=(name,)), str(tmp_path)).deletes == (str(tmp_path),)


def test_the_root_stays_the_root():
    assert resolve(Effects(deletes=("/", "//", "/..")), "/").deletes == ("/",)


def test_a_union_holds_everything_once_in_order():
    one = Effects(reads=("/a", "/b"), signals=(1,))
    two = Effects(reads=("/b", "/c"), deletes=("/d",), network=True)
    assert union([one, two]) == Effects(reads=("/a", "/b", "/c"), deletes=("/d",), signals=(1,), network=True)
    assert union([]) == Effects()


@pytest.mark.parametrize(
    ("effects", "changed"),
    [
        (Effects(), False),
        (Effects(reads=("/a",), runs=("git",), hosts=("a.org",), network=True), False),
        (Effects(writes=("/a",)), True),
        (Effects(overwrites=("/a",)), True),
        (Effects(deletes=("/a",)), True),
        (Effects(signals=(5,)), True),
    ],
)
def test_files_and_processes_are_what_can_be_changed(effects, changed):
    assert changes(effects) is changed
