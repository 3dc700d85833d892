"""A small assembler for the filters that seccomp takes: blocks of instructions that need no label.

A filter is a sequence of blocks. Each block decides about the call, or falls through to the next one with the number of
the call in the accumulator again; so blocks can be put in any order and no jump is ever longer than its block.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LOAD, RETURN, EQUAL, GREATER_EQUAL, AND = 0x20, 0x06, 0x15, 0x35, 0x54

ALLOW, KILL, NOTIFY, ERRNO = 0x7FFF0000, 0x80000000, 0x7FC00000, 0x00050000
NUMBER, ARCH, ARGUMENTS = 0, 4, 16
"""Where in struct seccomp_data the words are that a filter may look at."""
MOST = 4096
"""Instructions that the kernel takes."""


@dataclass(frozen=True)
class Instruction:
    """One instruction: what it does, how many to skip where it is true and where not, and its constant."""

    code: int
    constant: int
    true: int = 0
    false: int = 0


Block = tuple[Instruction, ...]


@dataclass(frozen=True)
class Condition:
    """A question about an argument: is its low word, under a mask, one of some values? With `unless`: none of them?

    The kernel itself reads only the low word of a flag, an ioctl or a pid, so a bit above must not hide the value.
    `upper` asks about the high word, which counts in an address.
    """

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    unless: bool = False
    upper: bool = False


def errno_answer(number: int) -> int:
    """The answer that makes a call fail with an error number."""
    return ERRNO | number


def answer(value: int) -> Block:
    """The end of a filter."""
    return (Instruction(RETURN, value),)


def refuse_foreign(audit: int, value: int) -> Block:
    """What comes through the door of another architecture, where numbers mean other calls (int 0x80)."""
    return (
        Instruction(LOAD, ARCH),
        Instruction(EQUAL, audit, true=1),
        Instruction(RETURN, value),
        Instruction(LOAD, NUMBER),
    )


def at_least(number: int, value: int) -> Block:
    """An answer for every call from a number on."""
    return (Instruction(GREATER_EQUAL, number, false=1), Instruction(RETURN, value))


def each(numbers: Iterable[int], value: int) -> Block:
    """An answer for some calls, whatever their arguments."""
    return tuple(part for number in numbers for part in (_skip_unless(number, 1), Instruction(RETURN, value)))


def where(number: int, tests: Sequence[Condition], value: int) -> Block:
    """An answer for a call whose arguments pass all tests; where one does not, the next block decides."""
    body: Block = (Instruction(RETURN, value),)
    for test in reversed(tests):  # from the end: how far the failure of a test must jump is known then
        body = (*_check(test, len(body)), *body)
    return (_skip_unless(number, len(body) + 1), *body, Instruction(LOAD, NUMBER))


def assemble(blocks: Iterable[Block]) -> bytes:
    """The filter as the kernel reads it. Raises ValueError for one that is too long."""
    code = [instruction for block in blocks for instruction in block]
    if len(code) > MOST:
        raise ValueError(f"a filter of {len(code)} instructions is longer than the {MOST} that the kernel takes")
    return b"".join(struct.pack("=HBBI", part.code, part.true, part.false, part.constant) for part in code)


def _check(test: Condition, rest: int) -> Block:
    """The instructions of one test; it goes on to what follows, or over `rest` instructions where it fails."""
    code = [Instruction(LOAD, ARGUMENTS + 8 * test.argument + 4 * test.upper)]
    if test.mask != 0xFFFFFFFF:
        code.append(Instruction(AND, test.mask))
    for left in range(len(test.values) - 1, -1, -1):  # how many values are still to come
        value = test.values[len(test.values) - 1 - left]
        if test.unless:
            code.append(Instruction(EQUAL, value, true=left + rest))
        else:
            code.append(Instruction(EQUAL, value, true=left, false=0 if left else rest))
    return tuple(code)


def _skip_unless(number: int, length: int) -> Instruction:
    return Instruction(EQUAL, number, false=length)
