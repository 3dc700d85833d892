"""Misspelled words of requests are put right, and what may be a name is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.check import check
from llmsh.misspelled import REAL, SLIPS, SLIPS_ZH, WORDS
from llmsh.plan import parse
from llmsh.registry import Registry, derive
from llmsh.spelling import MEANT, MEANT_ZH, says, spelled
from llmsh.tools import built_in

REGISTRY = Registry(derive(function) for function in built_in())
KNOWN = st.lists(st.sampled_from(sorted(REAL.union(WORDS))), min_size=1, max_size=8).map(" ".join)
FIXED = st.sampled_from(
    ["/hom/fiels", "--sotr", "*.fiel", "fiels.txt", "sotr=1", "`fodler`", '"my fiels"', "user@hsot", "404", "FILSE",
     "~/fiels", "$fiels", "x_fiels", "it's", "named fils", ">fiels", "{fiels,lins}", "Fiels", "folder brance",
     "don't 'teh end' it", "‘teh end’",
     "《文建夹》", "那些", "现实", "除外的文件", "昨天加的", "文件甲", "小鱼", "项目路径"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cout the fils in notes taht end with .txt", "count the files in notes that end with .txt"),
        ("lsat 2 lins of logs/app.log", "last 2 lines of logs/app.log"),
        ("Shwo hidden fiels", "Show hidden files"),
        ("sortt them by szie", "sort them by size"),
        ("how mnay foldres", "how many folders"),
        ("wich biggset fole", "which biggest file"),
        ("下载文建夹里的东西", "下载文件夹里的东西"),
        ("考贝 a.txt 到 old", "拷贝 a.txt 到 old"),
    ],
)
def test_slips_are_put_right(typed: str, meant: str) -> None:
    assert spelled(typed, ()).text == meant


@given(KNOWN, FIXED)
def test_words_names_paths_and_quotes_stay(words: str, fixed: str) -> None:
    assert spelled(f"{words} {fixed}", ()) == spelled(f"{words} {fixed}", ("x",))
    assert spelled(f"{words} {fixed}", ()).text == f"{words} {fixed}"


@given(st.text(max_size=60))
def test_what_is_right_stays_right(text: str) -> None:
    right = spelled(text, ()).text
    assert spelled(right, ()).text == right


@pytest.mark.parametrize(("slips", "meant"), [(SLIPS, MEANT), (SLIPS_ZH, MEANT_ZH)])
def test_every_usual_slip_is_put_right_or_is_a_word(slips: dict[str, str], meant: dict[str, str]) -> None:
    usual = {slip for entry in slips.values() for slip in entry.split()}
    assert set(meant) <= usual
    assert len(meant) > 0.2 * len(usual)
    assert all(spelled(slip, ()).text == word for slip, word in meant.items())


def test_the_name_of_a_file_is_no_slip() -> None:
    assert spelled("delete fils now", ("fils.txt",)).text == "delete fils now"
    assert spelled("delete fils now", ()).words == {"files"}
    assert spelled("删除考贝.txt", ("考贝.txt",)).text == "删除考贝.txt"


def test_a_word_that_was_there_before_is_not_new() -> None:
    assert spelled("lsat 2 lins of last.txt", ()).words == {"lines"}


@pytest.mark.parametrize(
    ("plan", "word", "said"),
    [
        ('make_folder("files")', "files", True),
        ('search("count", "a.txt")', "count", True),
        ('find_files(name=["*.py", "last*"])', "last", True),
        ('find_files("src", kind="folder") | count()', "folder", False),
        ('processes(sort="memory") | first()', "memory", False),
        ('delete("profiles")', "files", False),
        ('delete_lines("a.txt", matching="\\\\bthe\\\\b")', "the", True),
        ('find_files(name="*[Tt]he*")', "the", True),
        ('read("a.csv") | table() | select("tell")', "tell", False),
    ],
)
def test_a_value_that_has_a_word_put_right_is_seen(plan: str, word: str, said: bool) -> None:
    assert says(check(parse(plan), REGISTRY), {word}) is said
