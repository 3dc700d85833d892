"""What a file holds, judged by its first bytes and only then by its name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from llmsh.errors import ToolFailed
from llmsh.tools.columns import kind_of
from llmsh.tools.content_signatures import NOTATIONS, SIGNATURES, SOURCES, ZIPPED
from llmsh.tools.opening import open_bytes, why

HEAD = 8192
INTERPRETERS = (("python", ".py"), ("perl", ".pl"), ("ruby", ".rb"), ("node", ".js"), ("lua", ".lua"), ("sh", ".sh"))
ARCHIVES = re.compile(r"gzip|bzip2|x-xz|zstd|lz4|7z-|rar|x-tar|x-archive|x-rpm|/zip|java-archive")
DOCUMENTS = re.compile(r"pdf|postscript|rtf|ole-storage|officedocument|opendocument|epub")
SILENT = ("application/octet-stream", "inode/x-empty", "text/plain")
"""What says nothing of what a file is: it is then what its name says."""
ENDINGS = {
    "image": ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "raw", "psd", "ico"),
    "video": ("mp4", "mkv", "mov", "avi", "webm", "wmv", "flv", "m4v", "mpg", "mpeg", "3gp"),
    "audio": ("mp3", "flac", "ogg", "oga", "m4a", "wav", "aac", "opus", "wma", "aiff"),
    "archive": ("zip", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "7z", "rar"),
    "pdf": ("pdf",),
    "document": ("pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "epub"),
}
PROGRAMS = re.compile(r"executable|mach-binary|wasm|java-vm")


@dataclass(frozen=True)
class Content:
    """The media type of a file, a description for people, and whether it is text and source code."""

    type: str
    description: str
    text: bool = False
    code: bool = False


def content_of(path: str) -> Content:
    """What a path is, and where it is a file what it holds. Raises ToolFailed where it cannot be looked at."""
    try:
        kind = kind_of(os.lstat(path).st_mode)
        if kind == "link":
            return Content("inode/symlink", f"link to {os.readlink(path)}")
    except OSError as error:
        raise why(path, error) from None
    if kind != "file":
        return Content("inode/directory" if kind == "folder" else f"inode/{kind}", kind)
    with open_bytes(path) as file:
        try:
            return sniff(file.read(HEAD), path)
        except OSError as error:
            raise why(path, error) from None


def is_content(path: str, wanted: str) -> bool:
    """Whether a file holds text, code, an image, audio, video, an archive, a pdf, a document or a program."""
    try:
        found = content_of(path)
    except ToolFailed:  # it vanished, or may not be read: nothing is known of it
        return False
    if found.type in SILENT and os.path.splitext(path)[1].lower().lstrip(".") in ENDINGS.get(wanted, ()):
        return True
    if wanted == "text":
        return found.text
    if wanted == "code":
        return found.code
    if wanted in ("image", "audio", "video"):
        return found.type.startswith(wanted + "/")
    if wanted == "pdf":
        return found.type == "application/pdf"
    kinds = {"archive": ARCHIVES, "document": DOCUMENTS, "program": PROGRAMS}[wanted]
    return found.type.startswith("application/") and kinds.search(found.type) is not None


def sniff(head: bytes, name: str = "") -> Content:
    """What begins with these bytes and has this name."""
    if not head:
        return Content("inode/x-empty", "empty file")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    for offset, magic, media_type, description in SIGNATURES:
        if head.startswith(magic, offset) and not (len(magic) < 3 and _text(head)):
            return Content(media_type, description)
    encoding = _text(head)
    return _written(head, name, encoding) if encoding else Content("application/octet-stream", "binary data")


def _zipped(head: bytes) -> Content:
    for inside, media_type, description in ZIPPED:
        if inside in head:
            return Content(media_type, description)
    return Content("application/zip", "zip archive")


def _text(head: bytes) -> str:
    """The encoding of text, "" for what is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if b"\0" in head or len(head.translate(None, bytes(range(1, 7)) + bytes(range(14, 27)))) < len(head) * 0.98:
        return ""
    if head.isascii():
        return "ASCII"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < HEAD:  # not just a character cut in two at the end
            return "8-bit" if _mostly_letters(head) else ""
    return "UTF-8"


def _mostly_letters(head: bytes) -> bool:
    """Whether bytes that are no UTF-8 look like an older encoding: few control codes in it."""
    return sum(byte >= 0x80 for byte in head) < len(head) * 0.9 and not re.search(rb"[\x01-\x06\x0e-\x1a]", head)


def _written(head: bytes, name: str, encoding: str) -> Content:
    ending = os.path.splitext(name)[1].lower()
    if head.startswith(b"#!"):
        program = head.split(b"\n", 1)[0].decode("utf-8", "replace")
        ending = next((found for word, found in INTERPRETERS if word in program), ending)
    if ending in SOURCES:
        media_type, description = SOURCES[ending]
        return Content(media_type, f"{description}, {encoding}", text=True, code=True)
    if ending in NOTATIONS:
        media_type, description = NOTATIONS[ending]
        return Content(media_type, f"{description}, {encoding}", text=True)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Content("text/html", f"HTML page, {encoding}", text=True, code=True)
    if start.startswith(b"<?xml"):
        return Content("application/xml", f"XML data, {encoding}", text=True)
    return Content("text/plain", f"text, {encoding}", text=True)
