"""Are the bytes of a model file the right ones?

Hashing half a gigabyte takes a third of a second, so a file that was hashed once is remembered beside it by size,
times and inode: a warm start only looks at those. The change time is among them because a modification time can be
set back.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable

from llmsh.errors import DamagedModel
from llmsh.models.catalogue import ModelSpec
from llmsh.models.gguf import check_gguf
from llmsh.types import Observe, Progress, Unit

BLOCK = 1 << 20


def verify(spec: ModelSpec, path: str, observe: Observe | None = None) -> None:
    """Read the whole file. Raises DamagedModel where it is not the one the catalogue names, OSError where unreadable.

    The user's own file has no sha256 to be held to: it must be a whole GGUF file.
    """
    if spec.sha256 is None:
        check_gguf(path)
        return
    size = os.path.getsize(path)
    if size != spec.size:
        raise DamagedModel(f"{path} is damaged: expected {spec.size} bytes, found {size}", HINT)

    def tell(done: int) -> None:
        if observe is not None:
            observe(Progress(f"checking {spec.name}", done, size, Unit.BYTES))

    found = sha256_of(path, tell)
    if found != spec.sha256:
        raise DamagedModel(f"{path} is damaged: expected sha256 {spec.sha256}, found {found}", HINT)


HINT = "it is fetched again by: llmsh models pull"


def sha256_of(path: str, tell: Callable[[int], None] | None = None) -> str:
    """The sha256 of a file; `tell` hears how many bytes were read."""
    from hashlib import sha256

    digest, done = sha256(), 0
    with open(path, "rb") as source:
        while block := source.read(BLOCK):
            digest.update(block)
            done += len(block)
            if tell is not None:
                tell(done)
    return digest.hexdigest()


def is_remembered(spec: ModelSpec, path: str) -> bool:
    """Whether this very file was verified before and nothing about it has changed since."""
    try:
        with open(_note(path), encoding="utf-8") as source:
            return bool(json.load(source) == _facts(spec, path))
    except (OSError, ValueError):
        return False


def remember(spec: ModelSpec, path: str) -> None:
    """Note that a file was verified. A cache that cannot be written costs the hashing at each start, no more."""
    draft = f"{_note(path)}.{os.getpid()}"
    with contextlib.suppress(OSError):
        with open(draft, "w", encoding="utf-8") as target:
            json.dump(_facts(spec, path), target)
        os.replace(draft, _note(path))


def _note(path: str) -> str:
    return f"{path}.verified"


def _facts(spec: ModelSpec, path: str) -> dict[str, int | str | None]:
    status = os.stat(path)
    return {
        "size": status.st_size,
        "modified": status.st_mtime_ns,
        "changed": status.st_ctime_ns,
        "inode": status.st_ino,
        "sha256": spec.sha256,
    }
