from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from llmsh.errors import DamagedModel, NoModel
from llmsh.models.catalogue import HuggingFace, ModelSpec
from llmsh.models.fetch import ensure
from llmsh.types import Progress, Unit
from tests.models.server import Served

BYTES = b"GGUF" + bytes(range(256)) * 4000
SHA256 = hashlib.sha256(BYTES).hexdigest()
SPEC = ModelSpec("tiny", "tiny.gguf", len(BYTES), SHA256, sources=(HuggingFace("me/tiny", "abc", "tiny.gguf"),))
ADDRESS = "/me/tiny/resolve/abc/tiny.gguf"
MIRROR = HuggingFace("mirror/tiny", "def", "t.gguf")


def get(server: Served, cache: Path, seen: list[Progress], spec: ModelSpec = SPEC) -> str:
    return ensure(spec, str(cache), seen.append, environment={"HF_ENDPOINT": server.url})


def drafts(cache: Path) -> list[str]:
    return sorted(name for name in os.listdir(cache / "models") if not name.endswith((".lock", ".verified")))


def test_a_missing_model_is_fetched_verified_and_left_alone_in_the_cache(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    path = get(server, tmp_path, seen)
    assert path == str(tmp_path / "models" / "tiny.gguf")
    assert Path(path).read_bytes() == BYTES
    assert drafts(tmp_path) == ["tiny.gguf"]


def test_progress_counts_the_bytes_of_the_file(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    get(server, tmp_path, seen)
    last = [item for item in seen if item.what == "fetching tiny"][-1]
    assert last == Progress("fetching tiny", len(BYTES), len(BYTES), Unit.BYTES)


def test_a_second_start_asks_nobody_and_reads_nothing(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    get(server, tmp_path, seen)
    server.asked.clear()
    seen.clear()
    get(server, tmp_path, seen)
    assert (server.asked, seen) == ([], [])


def test_an_answer_that_is_cut_off_is_continued(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    server.cuts = [1000, 500]
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert server.asked == [(ADDRESS, None), (ADDRESS, "bytes=1000-"), (ADDRESS, "bytes=1500-")]


def test_a_part_that_an_earlier_start_left_is_continued(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(BYTES[:7000])
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert server.asked == [(ADDRESS, "bytes=7000-")]


def test_a_part_that_is_complete_is_not_asked_for_again(server, tmp_path, seen):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(BYTES)
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert server.asked == []


def test_a_part_that_is_too_long_is_started_again(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(BYTES + b"more")
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES


def test_a_part_with_wrong_bytes_is_thrown_away_and_fetched_anew(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(b"x" * 7000)
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert server.asked == [(ADDRESS, "bytes=7000-"), (ADDRESS, None)]


def test_a_server_without_ranges_is_asked_from_the_beginning(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    server.ranges = False
    server.cuts = [1000]
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES


def test_a_server_that_always_breaks_off_is_given_up(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    server.cuts = [0] * 20
    with pytest.raises(NoModel, match="the answer was empty"):
        get(server, tmp_path, seen)


def test_wrong_bytes_are_refused_and_nothing_is_left(server, tmp_path, seen):
    server.files[ADDRESS] = b"x" * len(BYTES)
    with pytest.raises(NoModel, match=f"expected sha256 {SHA256}"):
        get(server, tmp_path, seen)
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("size", [20, len(BYTES) + 1])
def test_a_file_of_another_size_is_refused_before_a_byte_is_kept(server, tmp_path, seen, size):
    server.files[ADDRESS] = b"<" * size
    with pytest.raises(NoModel, match=f"expected {len(BYTES)} bytes, the server has {size}"):
        get(server, tmp_path, seen)
    assert drafts(tmp_path) == []


def test_the_next_source_is_tried_where_one_has_no_such_file(server, tmp_path, seen):
    server.files["/mirror/tiny/resolve/def/t.gguf"] = BYTES
    spec = ModelSpec("tiny", "tiny.gguf", len(BYTES), SHA256, sources=(*SPEC.sources, MIRROR))
    assert Path(get(server, tmp_path, seen, spec)).read_bytes() == BYTES
    assert [path for path, _ in server.asked] == [ADDRESS, "/mirror/tiny/resolve/def/t.gguf"]


def test_when_every_source_fails_the_error_says_what_to_put_where(server, tmp_path, seen):
    spec = ModelSpec("tiny", "tiny.gguf", len(BYTES), SHA256, sources=(*SPEC.sources, MIRROR))
    with pytest.raises(NoModel) as caught:
        get(server, tmp_path, seen, spec)
    assert caught.value.message == (
        "tiny could not be fetched (me/tiny: 127.0.0.1: HTTP status 404; mirror/tiny: 127.0.0.1: HTTP status 404)"
    )
    assert caught.value.hint == (
        f"put tiny.gguf ({len(BYTES)} bytes, sha256 {SHA256}) into {tmp_path / 'models'}, or start with --model PATH"
    )
    assert caught.value.exit_status == 5


def test_a_server_that_is_not_there_is_a_failed_source(tmp_path, seen):
    with pytest.raises(NoModel, match="Connection refused"):
        ensure(SPEC, str(tmp_path), seen.append, environment={"HF_ENDPOINT": "http://127.0.0.1:9"})


@pytest.mark.parametrize("address", ["file:///etc", "ftp://127.0.0.1", "nonsense"])
def test_an_address_that_is_not_http_is_never_opened(tmp_path, seen, address):
    with pytest.raises(NoModel, match="expected an http or https address"):
        ensure(SPEC, str(tmp_path), seen.append, environment={"HF_ENDPOINT": address})


def test_a_model_whose_bytes_changed_is_found_named_and_fetched_again(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    path = Path(get(server, tmp_path, seen))
    before = path.stat()
    path.write_bytes(BYTES[:-1] + b"?")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    seen.clear()
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert [item.what for item in seen if "damaged" in item.what] == [
        f"{path} is damaged: expected sha256 {SHA256}, "
        f"found {hashlib.sha256(BYTES[:-1] + b'?').hexdigest()}; it is fetched again"
    ]


def test_of_a_model_that_was_cut_off_only_the_rest_is_fetched(server, tmp_path, seen):
    server.files[ADDRESS] = BYTES
    path = Path(get(server, tmp_path, seen))
    path.write_bytes(BYTES[:5000])
    server.asked.clear()
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert server.asked == [(ADDRESS, "bytes=5000-")]


def test_a_file_put_into_the_cache_by_hand_is_verified_once(server, tmp_path, seen):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf").write_bytes(BYTES)
    get(server, tmp_path, seen)
    assert {item.what for item in seen} == {"checking tiny"}
    seen.clear()
    get(server, tmp_path, seen)
    assert (seen, server.asked) == ([], [])


def test_offline_a_missing_model_is_an_error_and_nobody_is_asked(server, tmp_path, seen):
    with pytest.raises(NoModel, match="tiny is not in the cache, and fetching is off"):
        ensure(SPEC, str(tmp_path), seen.append, offline=True, environment={"HF_ENDPOINT": server.url})
    assert server.asked == []
    assert os.listdir(tmp_path) == []


def test_offline_a_damaged_model_is_an_error_and_stays(tmp_path, seen):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf").write_bytes(b"GGUF")
    with pytest.raises(DamagedModel, match=f"expected {len(BYTES)} bytes, found 4"):
        ensure(SPEC, str(tmp_path), seen.append, offline=True)
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == b"GGUF"


def test_a_cache_that_cannot_be_made_is_named(server, tmp_path, seen):
    (tmp_path / "cache").write_text("a file stands here")
    with pytest.raises(NoModel, match=r"tiny cannot be kept: .*/cache/models"):
        get(server, tmp_path / "cache", seen)


def test_a_model_in_a_cache_that_takes_no_lock_is_used(tmp_path, seen):
    (tmp_path / "models" / "tiny.gguf.lock").mkdir(parents=True)
    (tmp_path / "models" / "tiny.gguf").write_bytes(BYTES)
    assert ensure(SPEC, str(tmp_path), seen.append) == str(tmp_path / "models" / "tiny.gguf")


SCRIPT = """
import sys
from llmsh.models.catalogue import HuggingFace, ModelSpec
from llmsh.models.fetch import ensure
cache, url, size, sha256 = sys.argv[1:]
spec = ModelSpec("tiny", "tiny.gguf", int(size), sha256, sources=(HuggingFace("me/tiny", "abc", "tiny.gguf"),))
seen = set()
def observe(progress):
    if progress.what not in seen:
        seen.add(progress.what)
        print(progress.what, flush=True)
print(ensure(spec, cache, observe, environment={"HF_ENDPOINT": url}))
"""


def start(server: Served, cache: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(cache), server.url, str(len(BYTES)), SHA256]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_that_start_at_once_fetch_once(server, tmp_path):
    server.files[ADDRESS] = BYTES
    server.gate = threading.Event()
    path = f"{tmp_path}/models/tiny.gguf\n"
    with start(server, tmp_path) as first:
        assert server.arrived.wait(30)
        with start(server, tmp_path) as second:
            assert second.stdout is not None
            waiting = second.stdout.readline()
            server.gate.set()
            first_says, second_says = first.communicate()[0], second.communicate()[0]
    assert waiting == "waiting for another llmsh that fetches tiny\n"
    assert (first_says, second_says) == (f"fetching tiny\nchecking tiny\n{path}", path)
    assert server.asked == [(ADDRESS, None)]
