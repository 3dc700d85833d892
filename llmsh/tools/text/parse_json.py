"""JSON text as a table."""

from __future__ import annotations

from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.plain import plain_lines
from llmsh.tool import Example, tool
from llmsh.types import Column, Row, Rows, Scalar, Table

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


@tool(
    also=("json", "jq", "jsonl", "api answer", "解析 JSON", "读取 JSON"),
    examples=(
        Example("show packages.json as a table", 'read("packages.json") | parse_json()'),
        Example("the names in users.json", 'read("users.json") | parse_json() | select("name")'),
        Example("how many entries are under items in answer.json?",
                'read("answer.json") | parse_json("items") | count()'),
        Example("which version does package.json say", 'read("package.json") | parse_json("version")'),
        Example("把 users.json 里的数据按 age 排序", 'read("users.json") | parse_json() | sort("age")', language="zh"),
    ),
)  # fmt: skip
def parse_json(given: Rows, /, at: str = "") -> Table:
    """Read JSON, or JSON lines, as a table.

    Args:
        at: where in it to look: names and numbers (from 0) with dots between, as in store.books.0.
    """
    found = _at(_load("\n".join(plain_lines(given))), at)
    columns, rows = _table(found)
    return Table(tuple(Column(name) for name in columns), rows, given.notes, given.title)


def _load(text: str) -> Json:
    """One JSON value, or a list of the values that stand one a line."""
    import json

    try:
        whole: Json = json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ToolFailed("this JSON is nested too deeply to be read") from None
    except ValueError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        try:
            if len(lines) > 1:
                return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            pass
        raise ToolFailed(f"this is no JSON: {error}", "read(...) | parse_json() wants JSON text") from None
    return whole


def _at(value: Json, path: str) -> Json:
    for name in path.strip(".").split(".") if path.strip(".") else []:
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            raise ToolFailed(f"there is no {name} in this JSON", _hint(value))
    return value


def _hint(value: Json) -> str:
    if isinstance(value, dict):
        return "there are " + ", ".join(list(value)[:20])
    return f"it is a list of {len(value)}" if isinstance(value, list) else "it is a single value"


def _table(value: Json) -> tuple[list[str], Iterator[Row]]:
    if isinstance(value, dict):
        return ["key", "value"], ((name, _cell(item)) for name, item in value.items())
    items = value if isinstance(value, list) else [value]
    records = [item for item in items if isinstance(item, dict)]
    if not records or len(records) < len(items):
        return ["value"], ((_cell(item),) for item in items)
    names = list(dict.fromkeys(name for record in records for name in record))
    return names or ["value"], (tuple(_cell(record.get(name)) for name in names) for record in records)


def _cell(value: Json) -> Scalar:
    """A scalar as it is; a list or an object as JSON again."""
    if isinstance(value, dict | list):
        import json

        return json.dumps(value, ensure_ascii=False)
    return value
