"""Users, accounts, groups, the environment, programs."""

import grp
import os
import pwd

import psutil
import pytest

from llmsh.errors import ToolFailed
from llmsh.tools.system.accounts import accounts
from llmsh.tools.system.environment import environment
from llmsh.tools.system.groups import groups
from llmsh.tools.system.locale import locale
from llmsh.tools.system.users import users
from llmsh.tools.system.which import which
from llmsh.tools.system.whoami import whoami


def test_whoami_is_the_name_of_the_effective_user():
    assert whoami().rows == [(pwd.getpwuid(os.geteuid()).pw_name,)]


def test_users_who_are_logged_in_are_those_the_system_counts():
    assert len(list(users().rows)) == len(psutil.users())


def test_an_account_is_found_by_name_and_by_number():
    root = pwd.getpwuid(0)
    expected = [("root", 0, grp.getgrgid(root.pw_gid).gr_name, root.pw_gecos or None, root.pw_dir, root.pw_shell)]
    assert list(accounts("root").rows) == expected
    assert list(accounts("0").rows) == expected


def test_accounts_of_services_are_left_out_unless_asked_for():
    everyone = {row[0] for row in accounts(system=True).rows}
    assert everyone == {item.pw_name for item in pwd.getpwall()}
    people = {row[1] for row in accounts().rows}
    assert all(1000 <= uid < 60_000 or uid == os.getuid() for uid in people)


@pytest.mark.parametrize("user", ["nobody-at-all", "99999999999999999999", "²"])
def test_an_account_that_is_not_there_is_an_error(user):
    with pytest.raises(ToolFailed, match=f"there is no user {user}"):
        accounts(user)


def test_my_groups_are_those_of_this_process():
    assert {row[1] for row in groups().rows} == {os.getegid(), *os.getgroups()}


def test_the_groups_of_a_user_begin_with_his_own():
    assert next(iter(groups("root").rows))[0] == "root"


def test_one_group_of_all_is_found_and_a_missing_one_is_an_error():
    assert [row[:2] for row in groups(group="root").rows] == [("root", 0)]
    assert len(list(groups(all=True).rows)) == len(grp.getgrall())
    with pytest.raises(ToolFailed, match="there is no group nobody-at-all"):
        groups(group="nobody-at-all")
    missing = groups("root", group="nobody-at-all")
    assert (list(missing.rows), missing.notes) == ([], ["root is not in nobody-at-all"])


@pytest.fixture
def variables(monkeypatch):
    """An environment with nothing in it but what the test puts there."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    return monkeypatch.setenv


def test_a_variable_is_shown_by_name_or_by_wildcard(variables):
    variables("EDITOR", "vi")
    variables("XDG_A", "1")
    variables("XDG_B", "2")
    assert environment("EDITOR").rows == [("EDITOR", "vi")]
    assert environment("editor").rows == [("EDITOR", "vi")]
    assert environment("XDG*").rows == [("XDG_A", "1"), ("XDG_B", "2")]
    assert {("EDITOR", "vi"), ("XDG_A", "1"), ("XDG_B", "2")} <= set(environment().rows)
    none = environment("*_proxy")
    assert (none.rows, none.notes) == ([], ["no variable is named like *_proxy"])


def test_a_variable_that_is_not_set_is_an_error_with_the_nearest_name(variables):
    variables("EDITOR", "vi")
    with pytest.raises(ToolFailed, match="the variable EDITER is not set") as failure:
        environment("EDITER")
    assert failure.value.hint == "did you mean EDITOR?"


def test_the_locale_is_decided_by_lc_all_then_the_category_then_lang(variables):
    variables("LANG", "de_DE.UTF-8")
    variables("LC_TIME", "zh_CN.UTF-8")
    values = {row[0]: row[1:] for row in locale().rows}
    assert values["LANG"] == ("de_DE.UTF-8", "LANG")
    assert values["LC_TIME"] == ("zh_CN.UTF-8", "LC_TIME")
    assert values["LC_NUMERIC"] == ("de_DE.UTF-8", "LANG")
    variables("LC_ALL", "C.UTF-8")
    assert {row[1] for row in locale().rows} == {"de_DE.UTF-8", "C.UTF-8"}


def test_without_variables_the_locale_is_c(variables):
    assert {row[1:] for row in locale().rows} == {("C", None)}


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Two folders on the PATH, each with a program `probe`; the second also with `other` and a text file."""
    for folder, names in (("one", ["probe"]), ("two", ["probe", "other"])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
            (tmp_path / folder / name).chmod(0o755)
    (tmp_path / "two/notes").write_text("no program\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path}/one:{tmp_path}/missing:{tmp_path}/two")
    return tmp_path


def test_a_program_is_found_where_the_path_has_it_first(programs):
    assert which(("probe",)).rows == [(f"{programs}/one/probe",)]
    assert which(("probe",), all=True).rows == [(f"{programs}/one/probe",), (f"{programs}/two/probe",)]


def test_a_missing_program_is_noted_beside_those_that_are_there(programs):
    found = which(("other", "absent"))
    assert (found.rows, found.notes) == ([(f"{programs}/two/other",)], ["there is no program absent"])


@pytest.mark.usefixtures("programs")
def test_a_file_that_may_not_be_executed_is_no_program():
    with pytest.raises(ToolFailed, match="there is no program notes"):
        which(("notes",))
