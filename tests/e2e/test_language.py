"""The interface speaks the user's language; data, plans and exit statuses are the same in each."""

from __future__ import annotations

import unicodedata

import pytest

from tests.e2e.driver import Driver, Ran

CHINESE: dict[str, str | None] = {"LANG": "zh_CN.UTF-8"}


def width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)


def test_an_error_is_chinese_in_a_chinese_locale_and_english_in_another(llmsh: Driver) -> None:
    assert llmsh.lines('read("nots.txt")', env=CHINESE) == Ran(
        1, "", '-> read("nots.txt")\n错误: 没有 nots.txt\n提示: 是不是 notes.txt？\n'
    )
    assert llmsh.lines('read("nots.txt")', env={**CHINESE, "LC_ALL": "C"}) == llmsh.lines('read("nots.txt")')


def test_the_setting_beats_the_locale(llmsh: Driver) -> None:
    (llmsh.config / "config.toml").write_text('language = "zh"\n', encoding="utf-8")

    assert llmsh.lines('read("nots.txt")', env={"LANG": "C"}).err.splitlines()[1] == "错误: 没有 nots.txt"
    assert llmsh.run("--nothing", env={"LANG": "C"}).err.splitlines()[0] == "错误: 没有选项 --nothing"
    assert llmsh.lines('read("nots.txt")', env={**CHINESE, "LLMSH_LANGUAGE": "en"}).err.splitlines()[1].startswith("e")


def test_a_call_that_would_be_asked_about_is_explained_and_refused(llmsh: Driver) -> None:
    ran = llmsh.lines('delete("todo.txt")', env=CHINESE)

    assert (ran.status, ran.out) == (4, "")
    assert ran.err.splitlines()[-3:] == [
        "  原因: 它会改动文件",
        'delete("todo.txt") 未获批准：它会改动文件',
        "提示: 加 --yes 批准，加 --dry-run 查看",
    ]


def test_json_and_plain_data_are_the_same_in_both_languages(llmsh: Driver) -> None:
    lines = [
        'read("nots.txt")',
        'delete("todo.txt")',
        "/tools find_files",
        "/help",
        'list_files("docs") | select("size")',
    ]

    assert llmsh.json(*lines, env=CHINESE) == llmsh.json(*lines)
    chinese, english = llmsh.lines(*lines, env=CHINESE), llmsh.lines(*lines)
    assert (chinese.out, chinese.status) == (english.out, english.status)
    assert chinese.err != english.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--colour",), "没有选项 --colour"),
        (("--jso",), "没有选项 --jso（相近的有：--json, --yes）"),
        (("--mode",), "选项 --mode 需要一个值。"),
        (("--json=yes",), "选项 --json 不带值。"),
        (("eval",), "缺少参数 suite。"),
        (("tune", "x.gguf"), "缺少选项 --work。"),
        (("eval", "a", "b"), "多余的参数：b"),
        (("eval", "a", "b", "c"), "多余的参数：b c"),
        (("eval", "a", "--jobs", "x"), "'--jobs' / '-j' 的值无效：应为整数"),
        (("eval", "a", "--jobs", "0"), "'--jobs' / '-j' 的值无效：应不小于 1"),
        (("eval", "a", "--limit", "x"), "'--limit' 的值无效：应为数字"),
    ],
)
def test_a_wrong_command_line_is_explained(llmsh: Driver, words: tuple[str, ...], said: str) -> None:
    ran = llmsh.run(*words, env=CHINESE)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"错误: {said}\n提示: 参见：llmsh --help\n"


@pytest.mark.parametrize("words", [(), ("models",), ("eval",), ("tune",)])
def test_help_is_chinese_and_no_line_is_wider_than_a_terminal(llmsh: Driver, words: tuple[str, ...]) -> None:
    ran = llmsh.run(*words, "--help", env=CHINESE)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("用法: llmsh")
    assert "显示本帮助并退出。" in ran.out
    assert [line for line in ran.out.splitlines() if width(line) > 80] == []
    english = [word for word in ("Usage", "Options:", "Commands:", "Show ", "default", "required") if word in ran.out]
    assert english == []


def test_help_can_be_printed_where_chinese_cannot(llmsh: Driver) -> None:
    ran = llmsh.run("--help", env={"LANG": "C", "LLMSH_LANGUAGE": "zh", "PYTHONIOENCODING": "latin-1"})

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("\\u7528\\u6cd5")


def test_the_repl_speaks_chinese(llmsh: Driver) -> None:
    screen = llmsh.repl(**CHINESE)
    screen.prompt()
    screen.enter("/help")
    screen.wait("用中文或英文说出要做的事")
    screen.prompt()
    screen.enter("/tools first")
    screen.wait("开头几行.*输入    .*输出    与输入相同")
    screen.prompt()
    screen.enter("/tools find_files")
    screen.wait("  name             要找的名字；.*  size             恰为此大小的文件")
    screen.wait("  how many files are in logs")
    screen.prompt()
    screen.enter('delete("todo.txt")')
    screen.wait("执行 delete.*？")
    screen.enter("是")
    screen.wait("已移到回收站")
    screen.prompt()
    assert screen.end() == 0
