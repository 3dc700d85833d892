"""Is a file a whole GGUF file? Its header says where the last tensor starts; a cut-off download ends before that.

Only the user's own files are judged by this; one from the catalogue is held to its sha256.
"""

from __future__ import annotations

import mmap
import os
import struct
from math import prod

from llmsh.errors import DamagedModel

MAGIC = b"GGUF"
STRING, ARRAY = 8, 9
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of a metadata value, by its type."""

BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36), 10: (256, 84),
    11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 24: (1, 1), 25: (1, 2), 26: (1, 4),
    27: (1, 8), 28: (1, 8), 30: (1, 2),
}  # fmt: skip
"""Values and bytes in a block of a tensor, by ggml type (F32, F16, Q4_0, ... BF16); others are counted as empty."""


def check_gguf(path: str) -> None:
    """Raises DamagedModel where a file is no GGUF file or ends too early, OSError where it cannot be read."""
    with open(path, "rb") as source:
        if source.read(4) != MAGIC:
            raise DamagedModel(f"{path} is no model: expected a GGUF file", "llmsh runs models in llama.cpp's format")
        size = os.fstat(source.fileno()).st_size
        with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                needed = _Header(data).end()
            except (struct.error, KeyError, OverflowError, RecursionError):
                raise DamagedModel(f"{path} is damaged: its header cannot be read", "fetch it again") from None
    if size < needed:
        raise DamagedModel(f"{path} is cut off: expected {needed} bytes, found {size}", "fetch it again")


class _Header:
    """A reader that walks over the header: counts, metadata, tensors."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = len(MAGIC)
        self.alignment = 32

    def end(self) -> int:
        """The first byte after the last tensor."""
        version, tensors, values = self._take("<IQQ")
        if version not in (2, 3):
            raise KeyError(version)
        for _ in range(values):
            key = self._text()
            start = self.at
            self._skip(self._take("<I")[0])
            if key == b"general.alignment":
                self.alignment = struct.unpack_from("<I", self.data, start + 4)[0] or 32
        last = max((self._tensor() for _ in range(tensors)), default=0)
        return -(-self.at // self.alignment) * self.alignment + last

    def _take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def _text(self) -> bytes:
        length = self._take("<Q")[0]
        self.at += length
        if self.at > len(self.data):
            raise OverflowError
        return self.data[self.at - length : self.at]

    def _skip(self, kind: int) -> None:
        if kind == STRING:
            self._text()
        elif kind == ARRAY:
            inner, count = self._take("<IQ")
            if inner in WIDTHS:
                self.at += WIDTHS[inner] * count
            else:
                for _ in range(count):
                    self._skip(inner)
        else:
            self.at += WIDTHS[kind]

    def _tensor(self) -> int:
        """Where one tensor ends, counted from the start of all tensor data."""
        self._text()
        shape = self._take(f"<{min(self._take('<I')[0], 8)}Q")
        kind, offset = self._take("<IQ")
        values, width = BLOCKS.get(kind, (1, 0))
        return offset + prod(shape) // values * width
