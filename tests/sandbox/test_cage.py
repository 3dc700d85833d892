"""What the cages hold, and that a step which fails ends the call before any tool runs."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from llmsh.effects import resolve
from llmsh.errors import ToolFailed, WorkerFailed
from llmsh.sandbox import cage
from llmsh.sandbox.base import Invocation, Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.sandbox.kernel.bpf import ALLOW, answer, assemble, each, errno_answer, refuse_foreign
from llmsh.sandbox.kernel.seccomp import install
from llmsh.sandbox.kernel.syscalls import architecture
from llmsh.sandbox.reach import Policy, reach_of
from llmsh.types import Effects, Limits
from tests.sandbox.conftest import each_step_fails, unseen
from tests.sandbox.kernel.child import outcome

RUN = ("llmsh.tools.shell.run", "llmsh.tools.files.write", "llmsh.tools.files.read", "llmsh.tools.files.append",
       "llmsh.tools.files.touch", "llmsh.tools.files.set_permissions", "llmsh.tools.files.copy")  # fmt: skip
CAUSES = {
    Policy.TOOL: {"privileges": "prctl", "Landlock": "landlock_restrict_self", "seccomp": "seccomp"},
    Policy.STRICT: {
        "namespaces": "unshare", "files": "pivot_root", "privileges": "capset",
        "Landlock": "landlock_create_ruleset", "seccomp": "seccomp",
    },
    Policy.FLOOR: {"Landlock": "landlock_add_rule", "seccomp": "seccomp"},
}  # fmt: skip
LANDLOCK = {"landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446}
FAULTS = [
    pytest.param(policy, step, call, id=f"{policy}: {step}")
    for policy, causes in CAUSES.items()
    for step, call in causes.items()
]


def effects_of(policy: Policy, folder: Path) -> Effects:
    return Effects(runs=() if policy is Policy.TOOL else ("x",), writes=(str(folder),))


def asked(policy: Policy, folder: Path) -> Request:
    tier = Tier.FLOOR if policy is Policy.FLOOR else Tier.STRICT
    environment = {"HOME": str(folder), "PATH": os.defpath}
    return Request((), None, str(folder), environment, effects_of(policy, folder), tier=tier)


def refusing(name: str) -> bytes:
    """A filter with which the kernel refuses one call, as another cage around this one might."""
    number = LANDLOCK[name] if name in LANDLOCK else architecture()[name]
    return assemble([
        refuse_foreign(architecture().audit, 0), each((number,), errno_answer(errno.EPERM)), answer(ALLOW)
    ])  # fmt: skip


@pytest.mark.parametrize(("policy", "step", "call"), FAULTS)
def test_a_step_that_the_kernel_refuses_is_named_and_nothing_runs(tmp_path, policy, step, call):
    reach = reach_of(asked(policy, tmp_path))
    said, ran = tmp_path / "said", tmp_path / "ran"
    handles = [os.open(path, os.O_CREAT | os.O_WRONLY) for path in (said, ran)]

    def attempt() -> None:
        try:
            cage.close(reach)
        except WorkerFailed as error:
            os.write(handles[0], error.message.encode())
            return
        os.write(handles[1], b"a tool")

    outcome(lambda: install(refusing(call)), attempt)
    for handle in handles:
        os.close(handle)
    assert said.read_text(encoding="utf-8").startswith(f"the cage could not be closed: {step}: ")
    assert ran.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("policy", list(Policy))
def test_every_step_that_fails_ends_the_rest(policy, tmp_path):
    names = [name for name, _ in cage.steps_of(policy)]
    each_step_fails(names, lambda steps: cage.close(reach_of(asked(policy, tmp_path)), steps))


@pytest.fixture(scope="module", params=[Tier.STRICT, Tier.FLOOR])
def worker(request):
    with closing(Worker(request.param)) as started:
        started.start((), RUN)
        yield started


def call(worker: Worker, folder: Path, tool: str, arguments: dict, **effects):
    environment = {"HOME": str(folder), "PATH": os.defpath, "API_KEY": "a secret"}
    bounds = resolve(Effects(**effects), str(folder))
    request = Request(
        (Invocation(tool, arguments),), None, str(folder), environment, bounds, Limits(seconds=20), details=False
    )
    return worker.run(request, unseen)


def lines(worker: Worker, folder: Path, command: str, **effects) -> list[object]:
    return [row[0] for row in call(worker, folder, "run", {"command": command}, runs=(command,), **effects).rows]


def test_a_program_writes_where_its_effects_say_and_nowhere_else(worker, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    lines(worker, tmp_path, "echo a > in/a; echo b > out/b; echo c > c; true", writes=("in",))
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["in", "in/a", "out"]


def test_a_program_reads_the_working_folder_and_nothing_beside_it(worker, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a").write_text("mine\n", encoding="utf-8")
    (tmp_path / "b").write_text("not mine\n", encoding="utf-8")
    assert lines(worker, tmp_path / "here", f"cat a; cat {tmp_path}/b ../b; true") == ["mine"]


def test_a_secret_in_the_home_folder_is_not_read_by_standing_in_it(worker, tmp_path):
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "id_rsa").write_text("key", encoding="utf-8")
    (tmp_path / "notes").write_text("words\n", encoding="utf-8")
    assert lines(worker, tmp_path, "cat .ssh/id_rsa notes; true") == ["words"]


def test_a_program_sees_no_secret_in_its_environment(worker, tmp_path):
    assert [line for line in lines(worker, tmp_path, "env") if "API_KEY" in str(line)] == []


def test_a_program_has_no_privileges_and_no_socket(worker, tmp_path):
    status = lines(worker, tmp_path, "grep -E '^(CapPrm|CapEff|NoNewPrivs|Seccomp):' /proc/self/status")
    none = "0" * 16
    assert status == [f"CapPrm:\t{none}", f"CapEff:\t{none}", "NoNewPrivs:\t1", "Seccomp:\t2"]
    assert lines(worker, tmp_path, "(echo > /dev/tcp/127.0.0.1/9) 2>&1 | grep -q 'not permitted' && echo no") == ["no"]


def test_metadata_is_changed_inside_and_not_outside(worker, tmp_path):
    (tmp_path / "in").mkdir()
    outside = tmp_path / "outside"
    outside.write_text("x", encoding="utf-8")
    outside.chmod(0o600)
    done = "cd in && echo > a && chmod 750 a && touch -d 2020-01-01 a && cp -p a b; chmod 777 ../outside; true"
    lines(worker, tmp_path, done, writes=("in",))
    facts = [(stat.S_IMODE(path.stat().st_mode), path.stat().st_mtime) for path in (tmp_path / "in").iterdir()]
    assert facts == [(0o750, facts[0][1])] * 2
    assert facts[0][1] < 1_600_000_000
    assert stat.S_IMODE(outside.stat().st_mode) == 0o600


def test_a_hook_of_git_cannot_be_planted_and_the_repository_not_be_moved_away(worker, tmp_path):
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / ".git" / "config").write_text("[core]\n", encoding="utf-8")
    replaced = "mv .git g; mkdir .git; echo y > .git/config; true"
    lines(worker, tmp_path, f"echo x > .git/hooks/pre-commit; echo x >> .git/config; {replaced}", writes=(".",))
    assert (tmp_path / ".git" / "config").read_text(encoding="utf-8") == "[core]\n"
    assert not (tmp_path / ".git" / "hooks" / "pre-commit").exists()


@pytest.mark.parametrize("name", [".vscode/tasks.json", ".envrc", ".gitmodules", ".mcp.json", ".husky/pre-push"])
def test_a_name_that_decides_what_runs_later_is_not_made(worker, tmp_path, name):
    lines(worker, tmp_path, f"mkdir -p $(dirname {name}); echo x > {name}; true", writes=(".",))
    assert not (tmp_path / name).exists()


def test_a_name_that_a_call_is_about_may_be_made(worker, tmp_path):
    lines(worker, tmp_path, "echo x > .envrc", writes=(".", ".envrc"))
    assert (tmp_path / ".envrc").read_text(encoding="utf-8") == "x\n"


def test_a_python_tool_reaches_what_its_effects_name(worker, tmp_path):
    (tmp_path / "a").write_text("one\n", encoding="utf-8")
    (tmp_path / "b").write_text("two\n", encoding="utf-8")
    assert [row[0] for row in call(worker, tmp_path, "read", {"paths": ("a",)}, reads=("a",)).rows] == ["one"]
    with pytest.raises(ToolFailed, match="b may not be read"):
        call(worker, tmp_path, "read", {"paths": ("b",)}, reads=("a",))
    with pytest.raises(ToolFailed, match="cannot write b: permission denied"):
        call(worker, tmp_path, "append", {"path": "b", "text": "more"}, reads=("a", "b"))


def test_a_python_tool_changes_modes_and_times_of_what_it_writes_alone(worker, tmp_path):
    (tmp_path / "a").write_text("one\n", encoding="utf-8")
    call(worker, tmp_path, "set_permissions", {"paths": ("a",), "mode": "640"}, writes=("a",))
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    with pytest.raises(ToolFailed, match="cannot set the permissions of a: operation not permitted"):
        call(worker, tmp_path, "set_permissions", {"paths": ("a",), "mode": "777"}, reads=("a",))


def test_a_file_larger_than_the_limit_is_not_written(worker, tmp_path):
    command = "head -c 3000000 /dev/zero > big; stat -c %s big"
    request = Request(
        (Invocation("run", {"command": command}),), None, str(tmp_path), {"PATH": os.defpath, "HOME": str(tmp_path)},
        Effects(runs=(command,), writes=(str(tmp_path),)), Limits(seconds=20, file=1 << 20), details=False,
    )  # fmt: skip
    assert worker.run(request, unseen).rows == [("1048576",)]
