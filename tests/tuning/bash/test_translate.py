from __future__ import annotations

import pytest

from llmsh.registry import Registry, derive
from llmsh.tools import built_in
from llmsh.tuning.bash.parse import NotTranslated
from llmsh.tuning.bash.translate import translate

REGISTRY = Registry(derive(function) for function in built_in())

PLANS = [
    ("find . -name '*.c' | wc -l", 'find_files(name="*.c") | count()'),
    ("find /var/log -type f -size +10M -mtime -7",
     'find_files("/var/log", kind="file", min_size="10M", newer_than="7d")'),
    (r"find . \( -name '*.jpg' -o -name '*.png' \)", 'find_files(name=["*.jpg", "*.png"])'),
    ("find . -iname '*.TXT' ! -name 'a*'", 'find_files(name="*.TXT", not_name="a*", ignore_case=True)'),
    ("find . -path ./node_modules -prune -o -name '*.js' -print", 'find_files(name="*.js", exclude="node_modules")'),
    ("find . ! -path '*/.git/*' -type f", 'find_files(kind="file", exclude=".git")'),
    ("find . -mtime 3", 'find_files(newer_than="4d", older_than="3d")'),
    ("find . -perm -u+x,g+x", 'find_files(permission="u+x,g+x")'),
    ("find . -type f -perm /111", 'find_files(kind="file", executable=True)'),
    ("find . ! -user root", 'find_files() | where("owner", "!=", "root")'),
    (r"find . -name '*.o' -exec rm {} \;", 'find_files(name="*.o") | delete()'),
    ("find . -name '*.o' -print0 | xargs -0 rm -f", 'find_files(name="*.o") | delete()'),
    (r"find src -type f -name '*.py' -exec grep -l TODO {} +", 'search_files("TODO", "src", name="*.py")'),
    (r"find . -name '*.sh' -exec chmod 755 {} \;", 'find_files(name="*.sh") | set_permissions(mode="755")'),
    ("find . -type f -printf '%s %p\\n' | sort -nr | head -5",
     'find_files(kind="file") | select(["size", "path"]) | largest(5)'),
    ("find . -type f -printf '%T@ %p\\n' | sort -n | tail -1 | cut -d' ' -f2-",
     'find_files(kind="file") | largest(by="modified")'),
    ("grep -rin 'foo bar' docs", 'search("foo bar", "docs", ignore_case=True)'),
    ("grep -c ERROR app.log", 'count_matches("ERROR", "app.log")'),
    ("cat a.txt | sort | uniq -c | sort -rn | head -3", 'read("a.txt") | group() | first(3)'),
    ("head -n 5 a.txt", 'read("a.txt", first=5)'),
    ("sed -n '3,7p' a.txt", 'read("a.txt", lines="3-7")'),
    ("sed -i 's/foo/bar/g' a.txt", 'edit("a.txt", old="foo", new="bar")'),
    ("awk -F, '{print $2}' d.csv | sort -u", 'read("d.csv") | cut("2", separator=",") | unique()'),
    ("wc -l < a.txt", 'count_text("a.txt")'),
    ("cat a b > c", 'join_files(["a", "b"], to="c")'),
    ("echo 'a b' >> notes", 'append("notes", "a b")'),
    ("mkdir -p a/b && cp x.txt a/b", 'make_folder("a/b")\ncopy("x.txt", to="a/b")'),
    ("tar czf b.tar.gz docs src", 'archive(["docs", "src"], to="b.tar.gz")'),
    ("sudo chown -R bob:staff /srv/www", 'set_owner("/srv/www", owner="bob", group="staff", recursive=True)'),
    ("du -sh * | sort -h | tail -3", 'disk_usage("*") | largest(3)'),
    ("comm -12 a b", 'compare_lines("a", "b")'),
    ("ps aux | grep nginx | grep -v grep | awk '{print $2}' | xargs kill -9",
     'processes(command="nginx") | stop(force=True)'),
    ("ls *.txt | rename 's/ /_/'", 'list_files("*.txt") | rename(old=" ", new="_")'),
]  # fmt: skip


@pytest.mark.parametrize(("command", "plan"), PLANS)
def test_a_command_becomes_the_plan_an_expert_would_write(command: str, plan: str) -> None:
    assert translate(command, REGISTRY).plan == plan


def test_a_move_that_the_request_calls_renaming_is_rename() -> None:
    assert translate("mv a/x.txt a/y.txt", REGISTRY, "rename a/x.txt to y.txt").plan == 'rename("a/x.txt", to="y.txt")'
    assert translate("mv a/x.txt a/y.txt", REGISTRY, "move it").plan == 'move("a/x.txt", to="a/y.txt")'


def test_details_that_the_request_does_not_ask_for_are_left_out() -> None:
    command = r"find . -name '*.c' -exec ls -l {} \;"
    assert translate(command, REGISTRY, "find c files").plan == 'find_files(name="*.c")'
    assert translate(command, REGISTRY, "a long listing of c files").plan == 'find_files(name="*.c") | file_info()'


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("frobnicate x", "no tool for frobnicate"),
        ("ls -Z", "ls: option -Z"),
        ("find . -newerXY x", "find: -newerXY"),
        (r"find . -exec mv {} {}.bak \;", "find: -exec with {} inside a word"),
        ("sort", "sort: standard input"),
        ("tar cf - docs", "tar: to or from standard output"),
        ("find . -name a -o -type d", "find: alternatives (-o) that are not names"),
    ],
)
def test_a_command_without_a_plan_says_why(command: str, why: str) -> None:
    with pytest.raises(NotTranslated) as refused:
        translate(command, REGISTRY)
    assert refused.value.message == why
