"""Whether files hold the same bytes, without keeping them."""

from __future__ import annotations

import os

from llmsh.tools.opening import blocks, open_bytes

HEAD = 4096


def same_content(a: str, b: str) -> bool:
    """Whether two regular files hold the same bytes. Raises ToolFailed where one cannot be read."""
    with open_bytes(a) as left, open_bytes(b) as right:
        statuses = os.fstat(left.fileno()), os.fstat(right.fileno())
        if os.path.samestat(*statuses):
            return True
        if statuses[0].st_size != statuses[1].st_size and 0 not in (statuses[0].st_size, statuses[1].st_size):
            return False  # a file of /proc says 0 and holds more
        for block in blocks(left):
            if right.read(len(block)) != block:
                return False
        return not right.read(1)


def digest(path: str, kind: str = "sha256") -> str:
    """The checksum of a regular file, in hexadecimal. Raises ToolFailed where it cannot be read."""
    import hashlib

    found = hashlib.new(kind, usedforsecurity=False)
    with open_bytes(path) as file:
        for block in blocks(file):
            found.update(block)
    return found.hexdigest()


def head_of(path: str) -> bytes:
    """The first bytes of a regular file: they tell most files apart. Raises ToolFailed where it cannot be read."""
    with open_bytes(path) as file:
        return file.read(HEAD)
