"""Processes that wait for a call: one for each kind, used once, gone with the zygote."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from llmsh.errors import WorkerFailed
from llmsh.sandbox import cage
from llmsh.sandbox.base import Tier
from llmsh.sandbox.client import Worker
from llmsh.sandbox.common import Base, Kind, common
from llmsh.sandbox.kernel import landlock
from llmsh.sandbox.places import places_of, rules_of
from llmsh.sandbox.reach import Policy, reach_of
from llmsh.sandbox.view import Kind as Seen
from llmsh.sandbox.view import Place, Stage, arranged
from llmsh.types import Effects
from tests.sandbox.conftest import ROGUES, each_step_fails, left_of_call, request, unseen

RUN = ("llmsh.tools.shell.run", "llmsh.tools.files.list_files")


@pytest.fixture(params=[Tier.STRICT, Tier.FLOOR])
def own(request) -> Iterator[Worker]:
    with closing(Worker(request.param)) as worker:
        worker.start([ROGUES], RUN)
        yield worker


def ask(worker: Worker, folder: Path, command: str = "echo done", **effects) -> list[tuple]:
    bounds = Effects(runs=(command,), reads=(str(folder),), **effects)
    environment = {"PATH": os.defpath, "HOME": str(folder)}
    call = request(("run", {"command": command}), cwd=str(folder), environment=environment, effects=bounds)
    return worker.run(call, unseen).rows


def waits(process: psutil.Process) -> bool:
    """Whether it waits for a call; one that ends this moment does not."""
    try:
        return process.name() == "llmsh-spare" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def waiting(worker: Worker, least: int = 1) -> list[psutil.Process]:
    """Those that wait, once there are so many."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = [child for child in psutil.Process(worker._zygote.pid).children() if waits(child)]
        if len(found) >= least:
            return found
    raise AssertionError("none waits")


def test_a_call_right_after_the_start_is_served(own, tmp_path):
    assert ask(own, tmp_path) == [("done",)]


def test_a_spare_serves_one_call_and_another_one_takes_its_place(own, tmp_path):
    before = {process.pid for process in waiting(own)}
    for _ in range(3):
        assert ask(own, tmp_path) == [("done",)]
        assert left_of_call(own) == []
        after = {process.pid for process in waiting(own, len(before))}
        assert after != before
        before = after


def test_a_spare_that_died_is_replaced(own, tmp_path):
    ask(own, tmp_path)
    for process in waiting(own, 2):
        process.kill()
        psutil.wait_procs([process], timeout=10)
    assert ask(own, tmp_path) == [("done",)]
    assert own.run(request("maybe"), unseen).rows == [("None ()",)]
    assert len(waiting(own, 2)) == 2


def test_spares_end_with_the_zygote(own, tmp_path):
    ask(own, tmp_path)
    tree = [*waiting(own, 2), *psutil.Process(own._zygote.pid).children(recursive=True)]
    own.close()
    assert psutil.wait_procs(tree, timeout=10)[1] == []


def test_spares_end_with_a_zygote_that_is_killed(own, tmp_path):
    ask(own, tmp_path)
    tree = [*waiting(own, 2), *psutil.Process(own._zygote.pid).children(recursive=True)]
    os.kill(own._zygote.pid, signal.SIGKILL)
    assert psutil.wait_procs(tree, timeout=10)[1] == []
    assert ask(own, tmp_path) == [("done",)]


def test_what_one_call_sets_the_next_one_does_not_see(own, tmp_path):
    ask(own, tmp_path, "umask 0; export LEFT=behind; ulimit -n 20; cd /")
    assert ask(own, tmp_path, 'echo "$LEFT:$(ulimit -n):$(pwd)"') == [(f":1024:{tmp_path}",)]


def test_a_folder_that_was_made_after_the_spare_is_seen(own, tmp_path):
    waiting(own)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").write_text("words\n", encoding="utf-8")
    assert ask(own, tmp_path / "new", "cat file") == [("words",)]


def test_a_call_that_connects_is_not_given_to_a_spare_that_may_not(own, tmp_path):
    waiting(own)
    assert Kind(Policy.STRICT, network=True).may_wait is False
    said = ask(own, tmp_path, "readlink /proc/self/ns/net", network=True)
    assert said == [(os.readlink("/proc/self/ns/net"),)]


@pytest.mark.parametrize("policy", [Policy.TOOL, Policy.STRICT, Policy.FLOOR])
def test_every_step_ahead_that_fails_ends_the_rest(policy):
    names = [name for name, _ in cage.ahead_of(policy)]
    each_step_fails(names, lambda steps: cage.ahead(Kind(policy), steps))


def test_what_was_made_ahead_for_one_kind_serves_no_other(tmp_path):
    reach = reach_of(request(effects=Effects(runs=("x",)), tier=Tier.FLOOR))
    with pytest.raises(WorkerFailed, match="it was made for another kind of call"):
        cage.close(reach, (), cage.ahead(Kind(Policy.TOOL), ()))


def test_a_kind_survives_its_text():
    kinds = [Kind(policy, either) for policy in Policy for either in (False, True)]
    assert [Kind.read(str(kind)) for kind in kinds] == kinds


@pytest.mark.parametrize("policy", [Policy.TOOL, Policy.FLOOR])
def test_what_is_made_ahead_and_what_is_added_are_the_rules_of_the_call(policy, tmp_path):
    programs = policy is Policy.FLOOR
    bounds = Effects(runs=("x",) if programs else (), reads=(str(tmp_path),), writes=(str(tmp_path / "new"),))
    environment = {"HOME": str(tmp_path), "PATH": os.defpath}
    reach = reach_of(request(cwd=str(tmp_path), environment=environment, effects=bounds, tier=Tier.FLOOR))
    base = common(Kind(policy))
    assert Base(base).serves(reach)
    assert landlock.merged((*rules_of(base), *rules_of(reach, base))) == landlock.merged(rules_of(reach))


def test_what_is_mounted_ahead_and_what_is_added_are_the_places_of_the_call(tmp_path):
    bounds = Effects(runs=("x",), writes=(str(tmp_path),))
    environment = {"HOME": str(tmp_path), "PATH": os.defpath}
    reach = reach_of(request(cwd=str(tmp_path), environment=environment, effects=bounds, tier=Tier.STRICT))
    base = common(Kind(Policy.STRICT))
    ahead = arranged(places_of(base))
    assert arranged((*ahead, *places_of(reach, base))) == arranged(places_of(reach))


def test_what_was_made_ahead_serves_no_call_that_names_a_secret_of_the_system():
    base = Base(common(Kind(Policy.STRICT)))
    plain = Effects(runs=("x",))
    asked = [
        request(effects=bounds, tier=Tier.STRICT) for bounds in (plain, Effects(reads=("/etc/shadow",), runs=("x",)))
    ]
    assert [base.serves(reach_of(each)) for each in asked] == [True, False]


def test_what_was_made_ahead_serves_no_call_once_its_files_were_replaced(tmp_path):
    (tmp_path / "system").mkdir()
    reach = reach_of(request(effects=Effects(runs=("x",)), tier=Tier.STRICT))
    reach = replace(reach, system=(str(tmp_path / "system"),))
    base = Base(reach)
    assert base.serves(reach)
    (tmp_path / "other").mkdir()
    assert not base.serves(reach)


def test_a_view_holds_no_place_around_what_is_in_it():
    stage = Stage("/proc/driver", (Place("/etc", Seen.READ), Place("/etc/shadow", Seen.HIDE)))
    same = list(stage.placed)
    assert stage.can_hold([*same, Place("/home/ann", Seen.WRITE), Place("/etc/mine", Seen.WRITE)])
    assert not stage.can_hold([Place("/", Seen.READ), *same])
    assert not stage.can_hold([Place("/etc", Seen.WRITE), Place("/etc/shadow", Seen.HIDE)])
    assert not stage.can_hold([*same, Place("/proc", Seen.READ)])
    assert not stage.can_hold([*same, Place("/proc/driver/x", Seen.READ)])
