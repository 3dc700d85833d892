"""The one place where text from the world loses what could steer a terminal or mislead a reader.

File names, process titles, command output and model text are an attacker's to choose. Escape sequences move the
cursor, set the clipboard (OSC 52) or the title; bidi controls (CVE-2021-42574) show a name backwards; zero-width and
tag characters hide text. Each is replaced by a visible escape, so that what is shown is what is there.
"""

from __future__ import annotations

import re

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1 (8-bit CSI, OSC, DCS)
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # bidi and zero-width controls
    "\u2028\u2029\ufff9-\ufffb"  # line and paragraph separators, annotations
    "\ud800-\udfff\U000e0000-\U000e007f]"  # bytes that are no UTF-8 (surrogateescape), tags
)


def clean(text: str) -> str:
    """Text that is safe to show on a terminal: tab and newline stay, every other control becomes an escape."""
    return CONTROLS.sub(_escape, text)


def clean_line(text: str) -> str:
    """The same on one line: tab and newline are escaped too."""
    return clean(text).replace("\n", "\\n").replace("\t", "\\t")


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # one raw byte of a name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
