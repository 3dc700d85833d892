from __future__ import annotations

import contextlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox.base import Invocation, Request
from llmsh.sandbox.flow import Assembly, Sender
from llmsh.sandbox.protocol import HEADER, Decoder, Frame, pack, read_rows
from llmsh.sandbox.requests import read_request, request_value
from llmsh.types import LINE, ROW_TYPES, Column, Effects, Limits, Number, Rows, Text, Unit

# Text from the world: any character, and the bytes of names that are no UTF-8 as surrogateescape writes them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
COLUMNS = st.lists(st.builds(Column, TEXT, st.sampled_from(Unit)), min_size=1, max_size=4).map(tuple)


@st.composite
def any_rows(draw: st.DrawFn) -> Rows:
    columns = draw(COLUMNS)
    rows = draw(st.lists(st.tuples(*[SCALARS] * len(columns)), max_size=30))
    return draw(st.sampled_from(ROW_TYPES))(columns, rows, draw(st.lists(TEXT, max_size=3)), draw(TEXT))


def carried(rows: Rows, piece: int = 1 << 18) -> Rows:
    """Rows after a journey through the protocol, in pieces of some bytes."""
    sent = bytearray()
    Sender(sent.extend).rows(rows)
    sent += pack(Frame.END, rows.notes)
    decoder, assembly = Decoder(), Assembly("test", 1 << 30)
    for start in range(0, len(sent), piece):
        for kind, value in decoder.feed(bytes(sent[start : start + piece])):
            whole = assembly.take(kind, value)
    assert whole is not None
    return whole


@given(any_rows(), st.integers(1, 100))
def test_any_rows_arrive_as_they_were(rows, piece):
    arrived = carried(rows, piece)
    assert (type(arrived), arrived) == (type(rows), rows)
    assert [list(map(type, row)) for row in arrived.rows] == [list(map(type, row)) for row in rows.rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_frames_or_refused(data):
    with contextlib.suppress(WorkerFailed):
        assert all(type(kind) is Frame for kind, _ in Decoder().feed(data))


JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4))
HEAD = {"type": "Text", "columns": [["line", ""]], "title": ""}


@given(st.lists(st.tuples(st.sampled_from(Frame), JSON | st.just(HEAD)), max_size=6))
def test_any_content_is_rows_or_refused(frames):
    assembly = Assembly("test", 100)
    with contextlib.suppress(ToolFailed, WorkerFailed):
        for kind, value in frames:
            whole = assembly.take(kind, json.loads(json.dumps(value)))
            assert whole is None or isinstance(whole, Rows)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b"[1] 2", "é".encode()],
    ids=["empty", "unfinished", "binary", "nested", "long number", "two values", "no ASCII"],
)
def test_a_body_that_is_no_json_is_refused(body):
    with pytest.raises(WorkerFailed, match="the worker sent no JSON"):
        list(Decoder().feed(HEADER.pack(Frame.ROWS, len(body)) + body))


def test_numbers_that_json_has_not_arrive_too():
    rows = carried(Number((Column("value"),), [(math.inf,), (-math.inf,), (math.nan,)])).rows
    assert list(map(str, rows)) == ["(inf,)", "(-inf,)", "(nan,)"]


def test_rows_without_columns_are_no_rows():
    assert carried(Rows((), [])) == Rows((), [])


def test_rows_too_large_for_one_frame_travel_in_several():
    rows = [("x" * (3 << 20),) for _ in range(20)]
    assert carried(Text(LINE, rows)) == Text(LINE, rows)


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(WorkerFailed, match="columns of different lengths"):
        read_rows([[1, 2], [3]], 2)


def test_texts_that_repeat_are_kept_once():
    rows = read_rows(json.loads(json.dumps([["a", "b", "c", "d", "e"] * 2, ["folder"] * 10])), 2)
    assert len({id(kind) for _, kind in rows}) == 1


def test_a_frame_may_arrive_byte_by_byte():
    decoder = Decoder()
    data = pack(Frame.END, ["a note"])
    frames = [frame for byte in data for frame in decoder.feed(bytes([byte]))]
    assert frames == [(Frame.END, ["a note"])]


def test_a_second_head_is_refused():
    assembly = Assembly("test", 10)
    assembly.take(Frame.HEAD, HEAD)
    with pytest.raises(WorkerFailed, match="HEAD out of order"):
        assembly.take(Frame.HEAD, HEAD)


def test_a_request_arrives_as_it_was():
    request = Request(
        (Invocation("find_files", {"folder": ".", "names": ("a", "b"), "depth": None, "hidden": True}),),
        None, "/home/ann", {"PATH": "/bin"}, Effects(reads=("/home/ann",), signals=(7,)), Limits(seconds=3), False,
    )  # fmt: skip
    assert read_request(json.loads(json.dumps(request_value(request)))) == (request, False)


@given(JSON)
def test_any_value_in_place_of_a_request_is_refused(value):
    with pytest.raises(WorkerFailed, match="a request that is none"):
        read_request(json.loads(json.dumps(value)))
