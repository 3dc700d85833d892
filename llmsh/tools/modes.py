"""What a mode means as a question about a file: 644 is exactly that, u+x has it, o-w lacks it, g=r has that alone."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable

from llmsh.errors import ToolFailed

ModeTest = Callable[[int], bool]
SHIFTS = {"u": 6, "g": 3, "o": 0}
BITS = {"r": 4, "w": 2, "x": 1, "X": 1}
SPECIAL = {"u": stat.S_ISUID, "g": stat.S_ISGID, "o": 0}


def mode_test(permission: str) -> ModeTest:
    """Whether st_mode has a permission. Raises ToolFailed for what is no mode."""
    if re.fullmatch(r"[0-7]{3,4}", permission):
        exact = int(permission, 8)
        return lambda mode: stat.S_IMODE(mode) == exact
    tests = [_clause(permission, clause) for clause in permission.split(",")]
    return lambda mode: all(test(mode) for test in tests)


def _clause(permission: str, clause: str) -> ModeTest:
    found = re.fullmatch(r"([ugoa]*)([-+=])([rwxXst]*)", clause)
    if found is None:
        raise ToolFailed(f"{permission} is not a permission", "a permission is 644, u+x, o-w or g=r")
    who, operation, letters = found[1], found[2], found[3]
    classes = "ugo" if not who or "a" in who else who
    bits = _bits(classes, letters)
    if operation == "-":
        return lambda mode: not mode & bits
    if operation == "=":
        everything = _bits(classes, "rwx")
        return lambda mode: mode & (everything | bits) == bits
    if who:
        return lambda mode: mode & bits == bits
    each = [_bits("ugo", letter) for letter in letters]  # nobody named: somebody has it
    return lambda mode: all(mode & any_of for any_of in each)


def _bits(classes: str, letters: str) -> int:
    bits = 0
    for who in classes:
        for letter in letters:
            if letter in BITS:
                bits |= BITS[letter] << SHIFTS[who]
            elif letter == "s":
                bits |= SPECIAL[who]
            else:
                bits |= stat.S_ISVTX
    return bits
