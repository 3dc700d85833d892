from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.sandbox.kernel.bpf import ALLOW, Block, Condition, answer, assemble, at_least, each, refuse_foreign, where

NATIVE, REFUSED = 0xC000003E, 0x50001
WORDS = st.integers(0, 2**64 - 1)


def judged(program: bytes, number: int, *arguments: int, arch: int = NATIVE) -> int:
    """What the kernel would answer: an interpreter of the few instructions that there are."""
    data = struct.pack("=iIQ6Q", number, arch, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    code = list(struct.iter_unpack("=HBBI", program))
    at = word = 0
    while True:
        what, true, false, constant = code[at]
        at += 1
        if what == 0x20:
            word = struct.unpack_from("=I", data, constant)[0]
        elif what == 0x54:
            word &= constant
        elif what == 0x06:
            return int(constant)
        else:
            at += true if (word == constant if what == 0x15 else word >= constant) else false


def program(*blocks: Block) -> bytes:
    return assemble([refuse_foreign(NATIVE, 7), *blocks, answer(ALLOW)])


def test_what_nothing_is_said_about_is_allowed():
    assert judged(program(), 5) == ALLOW


def test_another_architecture_is_refused_before_its_numbers_are_read():
    assert judged(program(each((5,), ALLOW)), 5, arch=0x40000003) == 7


@given(st.sets(st.integers(0, 400), max_size=100), st.integers(0, 500))
def test_each_refuses_exactly_its_numbers(numbers, number):
    assert judged(program(each(numbers, REFUSED)), number) == (REFUSED if number in numbers else ALLOW)


@given(st.integers(0, 600))
def test_numbers_from_one_on_are_refused(number):
    assert judged(program(at_least(470, REFUSED)), number) == (REFUSED if number >= 470 else ALLOW)


@given(WORDS, WORDS, st.lists(st.integers(0, 40), min_size=1, max_size=5), st.sampled_from([0xFF, 0xFFFFFFFF]))
def test_a_call_is_refused_where_all_tests_pass(first, second, values, mask):
    first %= 64
    tests = (Condition(0, tuple(values), mask=mask), Condition(1, (0,), unless=True))
    expected = REFUSED if first & mask in values and second & 0xFFFFFFFF else ALLOW
    assert judged(program(where(5, tests, REFUSED)), 5, first, second) == expected


@given(WORDS)
def test_an_address_is_none_only_where_both_words_are_zero(address):
    tests = (Condition(2, (0,)), Condition(2, (0,), upper=True))
    assert judged(program(where(5, tests, REFUSED)), 5, 0, 0, address) == (REFUSED if address == 0 else ALLOW)


def test_bits_above_the_low_word_do_not_hide_a_value():
    assert judged(program(where(5, (Condition(1, (0x5412,)),), REFUSED)), 5, 0, 0x100005412) == REFUSED


def test_a_call_that_passes_no_test_is_judged_by_the_blocks_after():
    blocks = (where(5, (Condition(0, (1,)),), ALLOW), each((5,), REFUSED))
    assert [judged(program(*blocks), 5, value) for value in (1, 2)] == [ALLOW, REFUSED]


def test_a_filter_that_the_kernel_would_not_take_is_refused():
    with pytest.raises(ValueError, match="a filter of 5005 instructions is longer than the 4096"):
        program(each(range(2500), REFUSED))
