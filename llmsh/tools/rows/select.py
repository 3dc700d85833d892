"""Some of the columns, in the order asked for."""

from __future__ import annotations

from llmsh.tool import ColumnNames, Example, tool
from llmsh.tools.values import pick
from llmsh.types import Rows, Table


@tool(
    also=("columns", "fields", "cut", "show only", "only the column", "列", "只显示", "选择列"),
    examples=(
        Example("just the names and cities from data.csv", 'read("data.csv") | table() | select(["name", "city"])',
                finds=("Ann", "Bob", "Cid", "Dee")),
        Example("how big is big.bin?", 'file_info("big.bin") | select("size")', finds=(2097152,)),
        Example("pid and command of every process", 'processes() | select(["pid", "name"])'),
        Example("file names in docs without the folder", 'find_files("docs") | select("name")',
                finds=("guide.md", "intro.md", "report.pdf")),
        Example("第一列和第三列", 'read("data.csv") | table() | select(["1", "3"])',
                finds=("Ann", "Bob", "Cid", "Dee"), language="zh"),
        Example("只看 script.sh 的权限", 'file_info("script.sh") | select("permissions")', finds=("-rwxr-xr-x",),
                language="zh"),
    ),
)  # fmt: skip
def select(given: Rows, /, columns: ColumnNames) -> Table:
    """Keep only some columns, in this order.

    Args:
        columns: their names, or their numbers from 1; for lines the numbers of their fields.
    """
    rows, cells, chosen = given, [], []
    for name in columns:
        picked = pick(rows, name)
        rows = picked.rows  # it may have gained a column: facts about files are added behind the others
        cells.append(picked.cell)
        chosen.append(picked.column)
    return Table(tuple(chosen), (tuple(cell(row) for cell in cells) for row in rows.rows), given.notes, given.title)
