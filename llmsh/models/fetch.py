"""The path of a model's verified file, fetched on first use.

Order: a file that was verified before is used at once; else, alone behind a lock, what is in the cache is verified,
what is damaged is taken away, and the sources are tried in turn. Nothing gets its name before its sha256 is right.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator, Mapping

from llmsh.errors import DamagedModel, NoModel
from llmsh.models.catalogue import ModelSpec
from llmsh.models.verify import is_remembered, remember, verify
from llmsh.types import Observe, Progress


def model_path(spec: ModelSpec, cache: str) -> str:
    """Where a model's file is, or will be; `cache` is llmsh's own cache folder."""
    return spec.path or os.path.join(cache, "models", spec.file)


def ensure(
    spec: ModelSpec, cache: str, observe: Observe, *, offline: bool = False, environment: Mapping[str, str] = os.environ
) -> str:
    """The path of the verified file, fetched where it is missing or damaged and `offline` is False.

    Raises NoModel, its hint naming the file and the folder to put it into; DamagedModel where it is the user's own.
    """
    path = model_path(spec, cache)
    if spec.path is not None:
        verify(spec, path)
        return path
    if is_remembered(spec, path) or (offline and _is_whole(spec, path, observe)):
        return path
    if offline:
        raise NoModel(f"{spec.name} is not in the cache, and fetching is off", by_hand(spec, path))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with _alone(f"{path}.lock", spec, observe):
            _ensure_alone(spec, path, observe, environment)
    except OSError as error:
        if _is_whole(spec, path, observe):  # a cache on a read-only disk, filled by somebody else
            return path
        raise NoModel(f"{spec.name} cannot be kept: {error}", by_hand(spec, path)) from error
    return path


def by_hand(spec: ModelSpec, path: str) -> str:
    """What the user can do where fetching fails."""
    return (
        f"put {spec.file} ({spec.size} bytes, sha256 {spec.sha256}) into {os.path.dirname(path)}, "
        "or start with --model PATH"
    )


def _is_whole(spec: ModelSpec, path: str, observe: Observe) -> bool:
    """Verify what is in the cache, without changing it. Raises DamagedModel."""
    if not os.path.exists(path):
        return False
    try:
        verify(spec, path, observe)
    except OSError as error:
        raise NoModel(f"{path} cannot be read: {error.strerror}", by_hand(spec, path)) from error
    remember(spec, path)
    return True


@contextlib.contextmanager
def _alone(lock: str, spec: ModelSpec, observe: Observe) -> Iterator[None]:
    """Two that start at once fetch once: the second waits here and finds the file."""
    with open(lock, "a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            observe(Progress(f"waiting for another llmsh that fetches {spec.name}"))
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _ensure_alone(spec: ModelSpec, path: str, observe: Observe, environment: Mapping[str, str]) -> None:
    try:
        if is_remembered(spec, path) or _is_whole(spec, path, observe):
            return
    except DamagedModel as error:
        observe(Progress(f"{error.message}; it is fetched again"))
        _take_away(spec, path)
    from llmsh.models.sources import fetch_from_any  # 60 ms of HTTP that no warm start needs

    failures = fetch_from_any(spec, path, observe, environment)
    if failures is not None:
        why = "; ".join(failures) or "the catalogue names no source"
        raise NoModel(f"{spec.name} could not be fetched ({why})", by_hand(spec, path))


def _take_away(spec: ModelSpec, path: str) -> None:
    """Remove a damaged file. One that was cut off becomes a draft, since its beginning need not be fetched again."""
    if os.path.isfile(path) and os.path.getsize(path) < spec.size:
        os.replace(path, f"{path}.part")
    else:
        os.remove(path)
