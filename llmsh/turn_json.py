"""A turn as JSON: schema 1, the form that `--json` prints and the store keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from llmsh.plain import moment_text
from llmsh.types import Argument, CallRecord, Column, Effects, Row, Rows, Scalar, Timings, Turn, Unit

SCHEMA = 1
BATCH = 1000


def turn_json(turn: Turn) -> dict[str, Any]:
    """The whole turn as values that json can write."""
    return {
        "schema": SCHEMA,
        "line": turn.line,
        "route": turn.route.value,
        "plan": turn.plan,
        "confidence": None if turn.confidence is None else _number(round(turn.confidence, 4)),
        "status": turn.status.value,
        "message": turn.message,
        "calls": [_call(call) for call in turn.calls],
        "result": None if turn.result is None else rows_json(turn.result),
        "model": _model(turn),
        "timings_ms": _timings(turn.timings),
    }


def json_chunks(turn: Turn) -> Iterator[str]:
    """The text of `turn_json`, in ASCII, in parts: a million rows are never held as one text beside themselves.

    ASCII because JSON can escape every other character: half a surrogate pair (a byte of a name that is no UTF-8)
    has no UTF-8 form, and no terminal can be steered by what is escaped. DEL is the one control json.dumps leaves.
    """
    for key, value in turn_json(replace(turn, result=None)).items():
        yield ("{" if key == "schema" else ",") + json.dumps(key) + ":"
        if key == "result" and turn.result is not None:
            yield from _result_chunks(turn.result)
        else:
            yield _dumps(value)
    yield "}"


def rows_json(rows: Rows) -> dict[str, Any]:
    """The type of rows, and each row as an object by column name."""
    return {"type": type(rows).__name__, "rows": list(_objects(rows))}


def _result_chunks(rows: Rows) -> Iterator[str]:
    yield f'{{"type":"{type(rows).__name__}","rows":['
    objects, before = _objects(rows), ""
    while batch := list(islice(objects, BATCH)):
        yield before + _dumps(batch)[1:-1]
        before = ","
    yield "]}"


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("\x7f", "\\u007f")


def _objects(rows: Rows) -> Iterator[dict[str, Scalar]]:
    names = _names(rows.columns)
    units = [column.unit for column in rows.columns]
    for row in rows.rows:
        yield dict(zip(names, _values(row, units), strict=True))


def _names(columns: tuple[Column, ...]) -> list[str]:
    """Column names, the second `a` as `a_2`: an object cannot hold one name twice."""
    names: list[str] = []
    for column in columns:
        name, count = column.name, 1
        while name in names:
            count += 1
            name = f"{column.name}_{count}"
        names.append(name)
    return names


def _values(row: Row, units: list[Unit]) -> list[Scalar]:
    return [_value(value, unit) for value, unit in zip(row, units, strict=True)]


def _value(value: Scalar, unit: Unit) -> Scalar:
    if value is None or isinstance(value, str | bool):
        return value
    if unit is Unit.TIME:
        return moment_text(value)
    if unit is Unit.BYTES and math.isfinite(value):
        return int(value)
    return _number(value)


def _number(value: float) -> int | float | None:
    """JSON has neither NaN nor infinity; a whole number is written without a point."""
    if not math.isfinite(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _call(call: CallRecord) -> dict[str, Any]:
    return {
        "tool": call.tool,
        "arguments": {name: _argument(value) for name, value in call.arguments.items()},
        "effects": _effects(call.effects),
        "verdict": call.verdict.decision.value,
        "rule": call.verdict.rule,
        "undo": call.undo,
        "ok": call.ok,
        "error": call.error,
        "ms": round(call.ms, 1),
    }


def _argument(value: Argument) -> Scalar | list[Any]:
    if isinstance(value, tuple):
        return [_argument(item) for item in value]
    return _number(value) if isinstance(value, float) else value


def _effects(effects: Effects) -> dict[str, list[Any]]:
    """`network`, which means any host, is the host `*`; what is overwritten stands among `writes`."""
    return {
        "reads": list(effects.reads),
        "writes": list(effects.writes),
        "deletes": list(effects.deletes),
        "runs": list(effects.runs),
        "hosts": [*effects.hosts, *(["*"] if effects.network else [])],
        "signals": list(effects.signals),
    }


def _model(turn: Turn) -> dict[str, Any] | None:
    model = turn.model
    if model is None:
        return None
    return {"name": model.name, "sha256": model.sha256, "adapter": model.adapter, "seed": model.seed}


def _timings(timings: Timings) -> dict[str, float]:
    return {
        "load": round(timings.load, 1),
        "prefill": round(timings.prefill, 1),
        "decode": round(timings.decode, 1),
        "run": round(timings.run, 1),
        "total": round(timings.total, 1),
    }
