"""Where the shell is and where it goes."""

import os

import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.shell.change_folder import change_folder
from llmsh.tools.shell.working_folder import working_folder
from llmsh.types import WorkingFolder


def test_a_folder_is_given_with_its_full_path(tree):
    gone = change_folder("sub/../docs")
    assert isinstance(gone, WorkingFolder)
    assert gone.rows == [(f"{tree}/docs",)]
    assert os.getcwd() == os.path.realpath(tree)


def test_home_and_the_folder_before_are_known(tree, monkeypatch):
    monkeypatch.setenv("HOME", str(tree / "src"))
    monkeypatch.setenv("OLDPWD", str(tree / "logs"))
    assert change_folder().rows == [(f"{tree}/src",)]
    assert change_folder("-").rows == [(f"{tree}/logs",)]


def test_without_a_folder_before_there_is_no_way_back(monkeypatch):
    monkeypatch.delenv("OLDPWD", raising=False)
    with pytest.raises(ToolFailed, match="there is no folder before this one"):
        change_folder("-")


def test_a_missing_folder_is_named_with_the_nearest_one(tree):
    with pytest.raises(ToolFailed, match="there is no folder Doc") as failure:
        change_folder("Doc")
    assert failure.value.hint == "did you mean docs?"
    with pytest.raises(ToolFailed, match="there is no folder nowhere/at/all"):
        change_folder("nowhere/at/all")


def test_a_file_is_no_folder(tree):
    with pytest.raises(ToolFailed, match=r"sub/b\.py is no folder") as failure:
        change_folder("sub/b.py")
    assert failure.value.hint == 'go to the folder it is in: change_folder("sub")'


def test_the_working_folder_is_named_the_way_the_user_came(tree, monkeypatch):
    (tree / "way").symlink_to("sub")
    os.chdir(tree / "way")
    monkeypatch.setenv("PWD", str(tree / "way"))
    assert working_folder().rows == [(f"{tree}/way",)]
    monkeypatch.setenv("PWD", str(tree / "docs"))
    assert working_folder().rows == [(os.path.realpath(tree / "sub"),)]


def test_a_deleted_working_folder_is_an_error_that_says_how_to_leave(tree):
    os.chdir(tree / "emptydir")
    (tree / "emptydir").rmdir()
    with pytest.raises(ToolFailed, match="the working folder has been deleted"):
        working_folder()
    with pytest.raises(ToolFailed, match="there is no folder sub"):
        change_folder("sub")
    assert change_folder(str(tree)).rows == [(str(tree),)]
