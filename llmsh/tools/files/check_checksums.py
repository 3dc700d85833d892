"""Files against the checksums that were written down for them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from llmsh.errors import ToolFailed
from llmsh.tool import Example, Path, tool
from llmsh.tools.opening import open_text
from llmsh.tools.same_content import digest
from llmsh.types import PATH, Column, Effects, Row, Table

KINDS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
GNU = re.compile(r"(?i)(\\?)([0-9a-f]{32,128})(?:\t| [ *])(.+)")
BSD = re.compile(r"(?i)(\\?)(?:MD5|SHA[0-9]+) \((.+)\) = ([0-9a-f]{32,128})")


def _effects(path: str, **_: object) -> Effects:
    """The files it names are not known before it is read: its folder and the working folder are."""
    path = os.path.expanduser(path)
    return Effects(reads=(path, os.path.dirname(path) or ".", "."))


@tool(
    effects=_effects,
    also=("sha256sum -c", "verify", "integrity", "checksums match", "校验", "验证文件", "核对"),
    examples=(
        Example("check the files in SHA256SUMS", 'check_checksums("SHA256SUMS")'),
        Example("do the downloads match their md5 file?", 'check_checksums("downloads/files.md5")'),
        Example("which files in SHA256SUMS are broken", 'check_checksums("SHA256SUMS") | where("ok", "=", "false")'),
        Example("verify sha512sums.txt please", 'check_checksums("sha512sums.txt")'),
        Example("用 SHA256SUMS 校验文件", 'check_checksums("SHA256SUMS")', language="zh"),
    ),
)  # fmt: skip
def check_checksums(path: Path) -> Table:
    """Check files against a list of checksums, as sha256sum -c does.

    Args:
        path: the list: a checksum and a file name a line, of any kind from md5 to sha512.
    """
    path = os.path.expanduser(path)
    with open_text(path) as file:
        listed = [found for line in file if (found := _entry(line.rstrip("\r\n"))) is not None]
    if not listed:
        raise ToolFailed(f"{path} holds no checksums", "each line must be a checksum and a file name")
    notes: list[str] = []
    return Table((PATH, Column("ok")), _checked(listed, os.path.dirname(path), notes), notes)


def _entry(line: str) -> tuple[str, str] | None:
    """Checksum and name in a line of sha256sum, of its BSD form or of a saved `checksum(...)`; None in any other."""
    if found := GNU.fullmatch(line):
        escaped, expected, name = found.groups()
    elif found := BSD.fullmatch(line):
        escaped, name, expected = found.groups()
    else:
        return None
    if escaped:  # a name with a line end in it
        name = re.sub(r"\\([\\nr])", lambda sign: {"n": "\n", "r": "\r", "\\": "\\"}[sign[1]], name)
    return (expected.lower(), name) if len(expected) in KINDS else None


def _checked(listed: list[tuple[str, str]], folder: str, notes: list[str]) -> Iterator[Row]:
    unread = 0
    for expected, name in listed:
        beside = os.path.join(folder, name)
        path = beside if os.path.lexists(beside) else name
        try:
            yield path, digest(path, KINDS[len(expected)]) == expected
        except ToolFailed as error:
            unread += 1
            if unread <= 3:
                notes.append(error.message)
            yield path, False
    if unread > 3:
        notes.append(f"{unread - 3} more could not be read")
