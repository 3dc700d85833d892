from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from llmsh.errors import DamagedModel
from llmsh.models.catalogue import ModelSpec, own_file
from llmsh.models.fetch import ensure
from llmsh.models.verify import is_remembered, remember, sha256_of, verify
from llmsh.types import Progress, Unit


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def gguf() -> bytes:
    """A whole GGUF file: three values of metadata and two tensors, F32 and Q8_0."""
    values = text(b"general.alignment") + struct.pack("<II", 4, 64)
    values += text(b"general.name") + struct.pack("<I", 8) + text(b"tiny")
    values += text(b"tokens") + struct.pack("<IIQ", 9, 8, 2) + text(b"a") + text(b"bc")
    tensors = text(b"one") + struct.pack("<IQIQ", 1, 4, 0, 0)
    tensors += text(b"two") + struct.pack("<IQQIQ", 2, 32, 2, 8, 64)
    header = b"GGUF" + struct.pack("<IQQ", 3, 2, 3) + values + tensors
    return header.ljust(-(-len(header) // 64) * 64, b"\0") + bytes(64 + 2 * 34)


WHOLE = gguf()
START = len(WHOLE) - 64 - 68


def own(folder: Path, body: bytes) -> ModelSpec:
    (folder / "own.gguf").write_bytes(body)
    return own_file(str(folder / "own.gguf"))


def test_the_users_own_whole_file_is_used_where_it_is(tmp_path):
    spec = own(tmp_path, WHOLE)
    assert ensure(spec, str(tmp_path / "cache"), list[Progress]().append) == str(tmp_path / "own.gguf")
    assert [item.name for item in tmp_path.iterdir()] == ["own.gguf"]


def test_a_file_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(DamagedModel, match=r"own\.gguf is no model: expected a GGUF file"):
        verify(own(tmp_path, b"<html>"), str(tmp_path / "own.gguf"))


@pytest.mark.parametrize("length", [START, START + 64, len(WHOLE) - 1])
def test_a_file_that_is_cut_off_in_its_tensors_is_refused(tmp_path, length):
    with pytest.raises(DamagedModel, match=f"is cut off: expected {len(WHOLE)} bytes, found {length}"):
        verify(own(tmp_path, WHOLE[:length]), str(tmp_path / "own.gguf"))


@pytest.mark.parametrize("length", [4, 10, 30, 70, 120])
def test_a_file_that_is_cut_off_in_its_header_is_refused(tmp_path, length):
    with pytest.raises(DamagedModel, match="is damaged: its header cannot be read"):
        verify(own(tmp_path, WHOLE[:length]), str(tmp_path / "own.gguf"))


@pytest.mark.parametrize("lie", [2**63, 2**64 - 1])
def test_a_header_that_lies_about_its_lengths_is_refused(tmp_path, lie):
    body = WHOLE[:24] + struct.pack("<Q", lie) + WHOLE[32:]
    with pytest.raises(DamagedModel, match="is damaged: its header cannot be read"):
        verify(own(tmp_path, body), str(tmp_path / "own.gguf"))


def test_arrays_nested_without_end_are_refused(tmp_path):
    body = b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text(b"a") + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 90000
    with pytest.raises(DamagedModel, match="is damaged: its header cannot be read"):
        verify(own(tmp_path, body), str(tmp_path / "own.gguf"))


def test_verify_reads_the_whole_file_and_tells_how_far_it_is(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(WHOLE)
    seen: list[Progress] = []
    spec = ModelSpec("m", "m.gguf", len(WHOLE), hashlib.sha256(WHOLE).hexdigest())
    verify(spec, str(path), seen.append)
    assert seen == [Progress("checking m", len(WHOLE), len(WHOLE), Unit.BYTES)]
    assert spec.sha256 == sha256_of(str(path))


def test_what_was_verified_is_remembered_until_the_file_or_the_catalogue_changes(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(WHOLE)
    spec = ModelSpec("m", "m.gguf", len(WHOLE), hashlib.sha256(WHOLE).hexdigest())
    assert not is_remembered(spec, str(path))
    remember(spec, str(path))
    assert is_remembered(spec, str(path))
    assert not is_remembered(ModelSpec("m", "m.gguf", len(WHOLE), "0" * 64), str(path))
    path.write_bytes(WHOLE)
    assert not is_remembered(spec, str(path))


def test_a_damaged_note_counts_as_none(tmp_path):
    path = tmp_path / "m.gguf"
    path.write_bytes(WHOLE)
    (tmp_path / "m.gguf.verified").write_bytes(b"\xff{")
    assert not is_remembered(ModelSpec("m", "m.gguf", len(WHOLE), "0" * 64), str(path))
