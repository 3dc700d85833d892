"""Rows in the order of one of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from llmsh.tool import ColumnName, Example, R, tool
from llmsh.tools.values import Picked, ReadNumber, leading_number, number, only_numbers, pick, sort_key
from llmsh.types import Row


@tool(
    also=("order", "rank", "arrange", "alphabetical", "newest first", "largest first",
          "排序", "排列", "按大小", "按时间"),
    examples=(
        Example("sort names.txt", 'read("names.txt") | sort()',
                finds=("alice", "alice", "alice", "bob", "bob", "carol", "dave")),
        Example("the log files from largest to smallest",
                'find_files("logs", name="*.log") | sort("size", descending=True)',
                finds=("logs/app.log", "logs/error.log", "logs/old.log")),
        Example("sort what is in docs by date, newest first, and show three",
                'find_files("docs") | sort("modified", descending=True) | first(3)'),
        Example("put the numbers in numbers.txt in order, biggest first",
                'read("numbers.txt") | sort(descending=True)', finds=("33", "10", "4", "2")),
        Example("sort notes.txt alphabetically, ignore case, no repeats",
                'read("notes.txt") | sort(ignore_case=True) | unique()',
                finds=("buy milk", "pay rent", "read a book", "TODO call Ann", "TODO fix the roof")),
        Example("people in data.csv ordered by age", 'read("data.csv") | table() | sort("age")',
                finds=("Bob", "Ann", "Dee", "Cid")),
        Example("sort todo.txt by line length", 'read("todo.txt") | sort("length")', finds=("one", "two", "three")),
        Example("sort logs/error.log by its second word", 'read("logs/error.log") | sort("2")',
                finds=("ERROR one", "WARN three", "error two")),
        Example("sort the piped input", "stdin | sort()", finds=("apple", "fig", "pear")),
        Example("把输入的内容排序", "stdin | sort()", finds=("apple", "fig", "pear"), language="zh"),
        Example("把磁盘按剩余空间从大到小排列", 'disks() | sort("free", descending=True)', language="zh"),
        Example("按修改时间列出 docs 里的文件，最旧的在前", 'find_files("docs") | sort("modified")', language="zh"),
    ),
)  # fmt: skip
def sort(
    given: R, /, by: ColumnName = "", *, descending: bool = False, numeric: bool = False, ignore_case: bool = False
) -> R:
    """Order the rows by a column.

    A column that holds nothing but numbers is ordered as numbers, also where they are text; what is unknown comes
    last in either direction. Rows that are equal keep their order.

    Args:
        by: the column: size, modified, name, ...; the first if left out; for lines line, length or a word's number.
        descending: largest, newest or last in the alphabet first.
        numeric: order by the number at the start of each text, as in 9, 10K, 2M.
        ignore_case: capital and small letters are the same.
    """
    picked = pick(given, by)
    return replace(picked.rows, rows=_sorted(picked, descending, numeric, ignore_case))


def _sorted(picked: Picked[R], descending: bool, numeric: bool, ignore_case: bool) -> Iterator[Row]:
    rows = list(picked.rows.rows)
    read = leading_number if numeric else _natural(picked, rows)
    key = sort_key(read, backwards=descending, ignore_case=ignore_case)
    rows.sort(key=lambda row: key(picked.cell(row)), reverse=descending)
    yield from rows


def _natural(picked: Picked[R], rows: list[Row]) -> ReadNumber:
    """Texts are read as numbers where every one of them is a number."""
    for row in rows:
        value = picked.cell(row)
        if isinstance(value, str) and value.strip() and number(value) is None:
            return only_numbers
    return number
