"""Tables laid out for a width: numbers to the right, one column that folds, the other texts shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.cells import chop_cells
from rich.console import Console
from rich.text import Text

from llmsh.language.translator import Translator
from llmsh.render.cells import cell, one_cell, path_cell
from llmsh.types import Column, Files, Matches, Processes, Row, Rows, Unit

GAP = "  "


def table_lines(
    rows: Rows, shown: Sequence[Row], console: Console, now: datetime, translate: Translator
) -> Iterator[Text]:
    """The lines of a table of the rows that are shown, or of records where a table does not fit the width."""
    columns = kept_columns(rows, shown)
    header = [one_cell(name, "bold") for name in translate.heads([rows.columns[index].name for index in columns])]
    body = [_cells(rows, row, columns, now, translate) for row in shown]
    if len(columns) == 1 and body:
        return (line[0] for line in body)
    right = [_is_number(rows.columns[index], [row[index] for row in shown]) for index in columns]
    folds = _folding(rows, columns, right)
    natural = [max(line[at].cell_len for line in [header, *body]) for at in range(len(columns))]
    widths = fit(natural, right, folds, console.width)
    if widths is None or (len(body) == 1 and len(columns) > 6):
        return _records(header, body)
    by_letter = folds is not None and rows.columns[columns[folds]].name == "path"
    layout = Layout(console, widths, right, folds, by_letter=by_letter)
    return (line for cells in [header, *body] for line in layout.lines(cells))


def kept_columns(rows: Rows, shown: Sequence[Row]) -> list[int]:
    """Which columns are drawn: not the kinds where all are files, not a depth that is drawn as an indent."""
    kept = []
    for index, column in enumerate(rows.columns):
        files = isinstance(rows, Files) and column.name == "kind" and all(row[index] in ("file", None) for row in shown)
        if not files and not (isinstance(rows, Processes) and column.name == "depth"):
            kept.append(index)
    return kept


def _cells(rows: Rows, row: Row, columns: list[int], now: datetime, translate: Translator) -> list[Text]:
    names = [column.name for column in rows.columns]
    kind = row[names.index("kind")] if isinstance(rows, Files) and "kind" in names else None
    depth = row[names.index("depth")] if isinstance(rows, Processes) and "depth" in names else None
    cells = []
    for index in columns:
        if names[index] == "path" and isinstance(rows, Files | Matches):
            cells.append(path_cell(str(row[index]), kind))
            continue
        value = cell(row[index], rows.columns[index], now, translate)
        if names[index] == "name" and isinstance(depth, int):
            value = Text("  " * depth, end="") + value
        cells.append(value)
    return cells


def _is_number(column: Column, values: list[object]) -> bool:
    numbers = [value for value in values if value is not None]
    if column.unit is Unit.TIME or not numbers:
        return column.unit not in (Unit.NONE, Unit.TIME)
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in numbers)


def _folding(rows: Rows, columns: list[int], right: list[bool]) -> int | None:
    """The column that goes on in a second line when it is too wide: the path, else the last text; no command line."""
    names = [rows.columns[index].name for index in columns]
    if "path" in names:
        return names.index("path")
    texts = [at for at, index in enumerate(columns) if not right[at] and rows.columns[index].unit is Unit.NONE]
    return texts[-1] if texts and not isinstance(rows, Processes) else None


def fit(natural: list[int], fixed: list[bool], folds: int | None, width: int) -> list[int] | None:
    """Widths that fit, or None where nothing helps: in stages, the widest column of a stage gives way first."""
    widths = list(natural)
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - width
    others = [at for at, keeps in enumerate(fixed) if not keeps and at != folds]
    folding = [] if folds is None else [folds]
    for candidates, least in ((others, 20), (folding, 24), (others, 8), (folding, 16)):
        while excess > 0 and (able := [at for at in candidates if widths[at] > least]):
            widths[max(able, key=lambda at: widths[at])] -= 1
            excess -= 1
    return widths if excess <= 0 else None


class Layout:
    """Cells to lines of fixed columns."""

    def __init__(
        self, console: Console, widths: list[int], right: list[bool], folds: int | None, *, by_letter: bool
    ) -> None:
        self.console = console
        self.widths = widths
        self.right = right
        self.folds = folds
        self.by_letter = by_letter

    def lines(self, cells: list[Text]) -> Iterator[Text]:
        """The lines of one row; those after the first hold the folded column alone."""
        folded = [] if self.folds is None else self._fold(cells[self.folds], self.widths[self.folds])
        first = [folded[0] if at == self.folds and folded else cell for at, cell in enumerate(cells)]
        yield self._join(first)
        for part in folded[1:]:
            yield self._join([part if at == self.folds else Text() for at in range(len(cells))])

    def _fold(self, text: Text, width: int) -> list[Text]:
        """A path is cut anywhere, because a space at which it were cut would be lost to whoever copies it."""
        if text.cell_len <= width:
            return [text]
        if self.by_letter:
            return [Text(part, text.style, end="") for part in chop_cells(text.plain, width)]
        return list(text.wrap(self.console, width, overflow="fold", no_wrap=False))

    def _join(self, cells: list[Text]) -> Text:
        line = Text(end="")
        for at, (text, width, right) in enumerate(zip(cells, self.widths, self.right, strict=True)):
            part = text.copy()
            part.truncate(width, overflow="ellipsis")
            blank = " " * (width - part.cell_len)
            line.append_text(Text((GAP if at else "") + (blank if right else "")))
            line.append_text(part)
            line.append("" if right else blank)
        line.rstrip()
        return line


def _records(header: list[Text], body: list[list[Text]]) -> Iterator[Text]:
    """Each row as lines of names and values."""
    width = max(name.cell_len for name in header)
    for number, cells in enumerate(body):
        if number:
            yield Text()
        for name, value in zip(header, cells, strict=True):
            line = Text(" " * (width - name.cell_len), end="")
            line.append_text(name)
            line.append(GAP)
            line.append_text(value)
            line.rstrip()
            yield line
