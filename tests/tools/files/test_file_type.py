from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from llmsh.errors import ToolFailed
from tests.tools.files.running import rows, run


@pytest.mark.parametrize(
    ("path", "media_type", "description"),
    [
        ("a.py", "text/x-python", "Python source, ASCII"),
        ("README.md", "text/markdown", "Markdown text, ASCII"),
        ("notes.txt", "text/plain", "text, ASCII"),
        ("script.sh", "text/x-shellscript", "shell script, ASCII"),
        ("docs/report.pdf", "application/pdf", "PDF document"),
        ("images/photo.jpg", "image/jpeg", "JPEG image"),
        ("images/logo.png", "image/png", "PNG image"),
        ("archive.tar.gz", "application/gzip", "gzip compressed data"),
        ("big.bin", "application/octet-stream", "binary data"),
        ("empty.txt", "inode/x-empty", "empty file"),
        ("src", "inode/directory", "folder"),
        ("link.txt", "inode/symlink", "link to notes.txt"),
        ("/dev/zero", "inode/device", "device"),
    ],
)
def test_a_file_is_what_its_content_says(tree: Path, path: str, media_type: str, description: str) -> None:
    assert rows(f'file_type("{path}")') == [(path, media_type, description)]


def test_the_content_counts_and_not_the_name(tree: Path) -> None:
    os.rename("images/logo.png", "images/logo.txt")
    assert rows('file_type("images/logo.txt")') == [("images/logo.txt", "image/png", "PNG image")]


def test_a_document_in_a_zip_archive_is_told_from_an_archive(tree: Path) -> None:
    for name, inside in (("letter.docx", "word/document.xml"), ("plain.zip", "a.txt")):
        with zipfile.ZipFile(name, "w") as archive:
            archive.writestr(inside, "x")
    assert [row[2] for row in rows('file_type(["letter.docx", "plain.zip"])')] == ["Word document", "zip archive"]


def test_encodings_are_told_apart(tree: Path) -> None:
    (tree / "u8").write_text("grüße\n", encoding="utf-8")
    (tree / "u16").write_text("grüße\n", encoding="utf-16")
    (tree / "l1").write_text("grüße\n", encoding="latin-1")
    (tree / "cut").write_bytes(b"x" * 8191 + "é".encode() + b"\n")
    assert [row[2] for row in rows('file_type(["u8", "u16", "l1", "cut"])')] == [
        "text, UTF-8", "text, UTF-16", "text, 8-bit", "text, UTF-8",
    ]  # fmt: skip


def test_a_fifo_is_told_without_opening_it(tree: Path) -> None:
    os.mkfifo("pipe")
    assert rows('file_type("pipe")') == [("pipe", "inode/fifo", "fifo")]


def test_a_missing_file_is_named_in_the_error(tree: Path) -> None:
    with pytest.raises(ToolFailed, match="there is no nowhere"):
        run('file_type("nowhere")')


def test_files_may_come_through_the_pipe(tree: Path) -> None:
    assert [row[1] for row in rows('find_files("images") | file_type()')] == ["image/png", "image/jpeg"]
