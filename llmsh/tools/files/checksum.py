"""Checksums of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from llmsh.tool import Example, Paths, tool
from llmsh.tools.opening import from_each
from llmsh.tools.paths import reads, some_targets
from llmsh.tools.same_content import digest
from llmsh.types import PATH, Column, Files, Row, Table


@tool(
    effects=reads("paths"),
    also=("hash", "md5sum", "sha256sum", "sha1", "fingerprint", "digest", "校验和", "哈希", "散列"),
    examples=(
        Example("sha256 of empty.txt", 'checksum("empty.txt")',
                finds=("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",)),
        Example("what is the md5 sum of empty.txt?", 'checksum("empty.txt", kind="md5")',
                finds=("d41d8cd98f00b204e9800998ecf8427e",)),
        Example("md5 of every python file", 'find_files(name="*.py") | checksum(kind="md5")'),
        Example("save the checksums of the logs in SHA256SUMS", 'checksum("logs/*.log") | save("SHA256SUMS")'),
        Example("just the sha1 hash of empty.txt, nothing else",
                'checksum("empty.txt", kind="sha1") | select("checksum")',
                finds=("da39a3ee5e6b4b0d3255bfef95601890afd80709",)),
        Example("计算 empty.txt 的 md5", 'checksum("empty.txt", kind="md5")',
                finds=("d41d8cd98f00b204e9800998ecf8427e",), language="zh"),
    ),
)  # fmt: skip
def checksum(
    given: Files | None = None,
    /,
    paths: Paths = (),
    *,
    kind: Literal["md5", "sha1", "sha256", "sha512"] = "sha256",
) -> Table:
    """The checksum of each file.

    Args:
        paths: the files.
        kind: how to compute it.
    """
    notes: list[str] = []
    found = some_targets(paths, given)
    files = [path for path in found if not os.path.isdir(path)]
    folders = len(found) - len(files)
    if folders and files:  # a folder among piped files is no mistake; one that was named alone is
        notes.append(f"{folders} folder{'s were' if folders > 1 else ' was'} passed over")

    def row(path: str) -> Iterator[Row]:
        yield digest(path, kind), path

    return Table((Column("checksum"), PATH), from_each(files or found, notes, row), notes)
