"""A hostile worker costs its own call: a clear error or its own forged rows, and the next call is answered."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing, suppress

import psutil
import pytest

from llmsh.errors import LlmshError, WorkerFailed
from llmsh.sandbox.client import Worker
from llmsh.types import LINE, Limits, Text
from tests.sandbox import hostile
from tests.sandbox.conftest import left_of_call, of_calls, request, unseen

SHORT = Limits(seconds=1)
MALFORMED = "the worker sent {} instead of rows"
REFUSED = {
    "a head twice": MALFORMED.format("HEAD out of order"),
    "rows before the head": MALFORMED.format("ROWS out of order"),
    "a frame that is larger than any may be": MALFORMED.format("a header that is none (kind 3, 33,554,433 bytes)"),
    "a frame that never comes": "attack took longer than 1 s and was stopped",
    "half a header": "attack took longer than 1 s and was stopped",
    "a frame of nested lists": "the worker sent no JSON (",
    "a frame with a long number": "the worker sent no JSON (",
    "columns of different lengths": MALFORMED.format("rows that have not 1 columns"),
    "values that are no scalars": MALFORMED.format("values that are neither text nor numbers"),
    "an answer of an unknown type": MALFORMED.format("a head that is none"),
    "a hundred thousand columns": "attack took longer than 1 s and was stopped",
    "a request": MALFORMED.format("REQUEST out of order"),
    "an error without a message": MALFORMED.format("an error that is none"),
    "an answer to a wish": MALFORMED.format("CONNECTED out of order"),
    "empty rows without end": "attack ",
    "a wish for a connection": "attack ",
    "a wish that is none": "the worker sent ",
}
"""How the error begins."""


@pytest.fixture(scope="module")
def victim() -> Iterator[Worker]:
    with closing(Worker()) as worker:
        worker.start([hostile.__file__], ())
        yield worker


@pytest.fixture
def attacked(victim: Worker) -> Iterator[Worker]:
    """A worker that must answer afterwards, with no file of the call left open and no process left alive."""
    victim.run(request("greet"), unseen)
    before = psutil.Process().num_fds()
    yield victim
    assert victim.run(request("greet"), unseen) == Text(LINE, [("hello",)])
    assert psutil.Process().num_fds() == before
    assert left_of_call(victim) == []


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_answer_is_refused(attacked, what):
    with pytest.raises(LlmshError) as caught:
        attacked.run(request(("attack", {"what": what}), limits=SHORT), unseen)
    assert caught.value.message.startswith(REFUSED[what])


@pytest.mark.parametrize("what", sorted(set(hostile.MESSAGES) - set(REFUSED)))
def test_a_forged_answer_is_rows_like_any_other_and_what_follows_is_nobodys(attacked, what):
    assert attacked.run(request(("attack", {"what": what}), limits=SHORT), unseen) == Text(LINE, [("forged",)])


def test_noise_is_never_an_answer(attacked):
    for seed in range(60):
        with pytest.raises(LlmshError):
            attacked.run(request(("noise", {"seed": seed}), limits=SHORT), unseen)


def test_open_files_that_are_sent_along_are_not_taken(attacked):
    with suppress(LlmshError):
        assert attacked.run(request("send_files", limits=SHORT), unseen).rows == [("sent",)]


def test_a_worker_that_is_killed_from_outside_costs_its_call(attacked):
    killed: list[int] = []

    def kill(progress) -> None:
        if progress.done == 1 and not killed:
            killed.extend(child.pid for child in of_calls(attacked))
            os.kill(killed[0], signal.SIGKILL)

    with pytest.raises(WorkerFailed, match="own_number was killed: the machine probably ran out of memory"):
        attacked.run(request("own_number"), kill)
    assert len(killed) == 1


def test_a_worker_that_is_stopped_ends_at_its_wall_limit(attacked):
    def stop(progress) -> None:
        if progress.done == 1:
            for child in of_calls(attacked):
                child.suspend()

    with pytest.raises(WorkerFailed, match="own_number took longer than 1 s and was stopped"):
        attacked.run(request("own_number", limits=SHORT), stop)


def test_calls_that_fail_in_a_row_leave_no_files_open(attacked):
    for _ in range(20):
        with pytest.raises(LlmshError):
            attacked.run(request(("attack", {"what": "a request"}), limits=SHORT), unseen)
