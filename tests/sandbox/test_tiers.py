"""The tier is what attempts show: never what a kernel says, and never what a damaged file remembers."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from llmsh.errors import WorkerFailed
from llmsh.sandbox.advice import Facts, advice, facts
from llmsh.sandbox.base import Request, Tier
from llmsh.sandbox.client import Worker
from llmsh.sandbox.probes import NAME, Act, Scene, acts, attempt, holds, prepare
from llmsh.sandbox.tiers import FILE, TOOL, Evidence, Finding, find, judge, machine, remembered, renew
from llmsh.types import Column, Effects, Rows, Table
from tests.sandbox.conftest import request, unseen

NOTHING = ("llmsh.tools.rows.first",)


def answers(**refusals: str):
    """A worker in whose cages every act ends as one word says; `tool="EACCES"` holds, "succeeded" does not."""
    asked: list[Tier] = []

    def run(request: Request) -> Rows:
        programs = bool(request.effects.runs)
        cage = request.tier.value if programs else TOOL
        asked.append(request.tier)
        word = refusals[cage]
        if word == "broken":
            raise WorkerFailed("the cage could not be closed: Landlock: not supported")
        rows = [(act.name, "succeeded" if act.wanted else word) for act in acts(programs=programs)]
        return Table((Column("act"), Column("result")), rows)

    return run, asked


@pytest.mark.parametrize(
    ("tool", "strict", "floor", "tier"),
    [
        ("EACCES", "ENOENT", "EPERM", Tier.STRICT),
        ("EACCES", "broken", "EPERM", Tier.FLOOR),
        ("EACCES", "succeeded", "EPERM", Tier.FLOOR),
        ("EACCES", "ENOSYS", "EPERM", Tier.FLOOR),
        ("EACCES", "broken", "broken", Tier.NONE),
        ("EACCES", "succeeded", "succeeded", Tier.NONE),
        ("succeeded", "ENOENT", "EPERM", Tier.NONE),
        ("broken", "ENOENT", "EPERM", Tier.NONE),
    ],
)
def test_the_strongest_cage_of_which_nothing_got_out_is_taken(tool, strict, floor, tier):
    run, _ = answers(tool=tool, strict=strict, floor=floor)
    assert renew(run, None).tier is tier


def test_a_control_that_fails_proves_nothing():
    act = Act("read", lambda _: None)
    assert holds(act, "succeeded", "EACCES")
    assert not holds(act, "EACCES", "EACCES")
    assert not holds(act, "succeeded", "succeeded")
    assert not holds(act, "succeeded", "EINVAL")
    assert not holds(replace(act, wanted=True), "succeeded", "EACCES")


def test_a_cage_of_which_an_act_is_not_heard_does_not_hold():
    finding = renew(lambda _: Table((Column("act"), Column("result")), []), None)
    assert finding.tier is Tier.NONE
    assert {item.result for item in finding.evidence} == {"nothing was heard of it"}


def test_every_act_succeeds_outside(tmp_path):
    scene = Scene(str(tmp_path / "inside"), str(tmp_path / "outside"), os.getpid())
    for act in {*acts(programs=True), *acts(programs=False)} - {acts(programs=True)[-1]}:
        prepare(scene)
        assert (act.name, attempt(act, scene)) == (act.name, "succeeded")


def test_on_this_machine_what_is_found_is_found_again_and_remembered(tmp_path):
    with closing(Worker(cache=str(tmp_path))) as worker:
        worker.start((), NOTHING)
        assert worker.known is None
        finding = worker.examine()
        assert worker.known is worker.tier is finding.tier
        assert {item.control for item in finding.evidence if item.act} == {"succeeded"}
    assert remembered(str(tmp_path)) == finding
    with closing(Worker(cache=str(tmp_path))) as another:
        assert another.known is another.tier is finding.tier
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_is_remembered_is_not_tried_again_unless_it_was_that_nothing_holds(tmp_path):
    cache = str(tmp_path / "new")
    run, asked = answers(tool="EACCES", strict="ENOENT", floor="EPERM")
    assert find(run, cache) == find(run, cache)
    assert len(asked) == 3
    nothing, asked = answers(tool="broken", strict="broken", floor="broken")
    renew(nothing, cache)
    assert remembered(cache).tier is Tier.NONE
    assert (find(run, cache).tier, len(asked)) == (Tier.STRICT, 3)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-20],
        lambda text: "[" * 100_000,
        lambda text: "[]",
        lambda text: text.replace(machine(), "another boot"),
        lambda text: text.replace('"tier": "strict"', '"tier": "floor"'),
        lambda text: text.replace('"holds": true', '"holds": false', 1),
        lambda text: json.dumps({"machine": machine(), "tier": "strict", "evidence": []}),
        lambda text: json.dumps({"machine": machine(), "tier": "strict", "evidence": [{"cage": "strict"}]}),
    ],
)
def test_a_damaged_or_foreign_memory_is_none(tmp_path, damage):
    run, asked = answers(tool="EACCES", strict="ENOENT", floor="EPERM")
    renew(run, str(tmp_path))
    file = tmp_path / FILE
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert remembered(str(tmp_path)) is None
    assert (find(run, str(tmp_path)).tier, len(asked)) == (Tier.STRICT, 6)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    run, _ = answers(tool="EACCES", strict="ENOENT", floor="EPERM")
    assert find(run, str(tmp_path / "file")).tier is Tier.STRICT


def test_programs_are_off_where_nothing_holds_them(tmp_path):
    with closing(Worker(tier=Tier.NONE)) as worker:
        worker.start((), NOTHING)
        with pytest.raises(WorkerFailed, match="programs are off: nothing on this system can hold them"):
            worker.run(request(("run", {"command": "true"}), effects=Effects(runs=("true",))), unseen)


def test_no_plan_can_name_the_probe():
    assert not NAME.isidentifier()


def test_evidence_of_another_cage_does_not_count():
    held = tuple(Evidence(cage, "read", "succeeded", "EACCES", holds=True) for cage in (TOOL, "strict"))
    assert judge(held) == Finding(Tier.STRICT, held)
    assert judge(held[:1]).tier is judge(held[1:]).tier is judge(()).tier is Tier.NONE


# How to get a stronger one

PLAIN = Facts("6.12.1", 6, "lockdown,capability,landlock,yama", {}, container=False, root=False)


@pytest.mark.parametrize(
    ("tier", "known", "words"),
    [
        (Tier.STRICT, PLAIN, []),
        (Tier.FLOOR, replace(PLAIN, sysctls={"kernel.apparmor_restrict_unprivileged_userns": "1"}), ["AppArmor"]),
        (Tier.FLOOR, replace(PLAIN, sysctls={"kernel.unprivileged_userns_clone": "0"}), ["userns_clone=1"]),
        (Tier.FLOOR, replace(PLAIN, sysctls={"user.max_user_namespaces": "0"}), ["max_user_namespaces=10000"]),
        (Tier.FLOOR, replace(PLAIN, container=True), ["docker run --security-opt seccomp=unconfined"]),
        (Tier.NONE, replace(PLAIN, landlock=0, lsm="yama"), ["lsm=landlock,yama"]),
        (Tier.NONE, replace(PLAIN, landlock=0, lsm="", kernel="5.4"), ["this kernel (5.4) has no Landlock"]),
        (Tier.FLOOR, replace(PLAIN, landlock=3), ["Landlock is version 3"]),
        (Tier.STRICT, replace(PLAIN, root=True), ["start llmsh as an ordinary user"]),
    ],
)
def test_each_thing_that_stands_in_the_way_has_its_advice(tier, known, words):
    said = list(advice(tier, known))
    assert len(said) == len(words)
    assert all(word in line for word, line in zip(words, said, strict=True))


def test_the_facts_are_those_of_this_system():
    known = facts()
    assert (known.kernel, known.root) == (os.uname().release, os.getuid() == 0)
    assert Path("/proc/sys/user/max_user_namespaces").exists() == ("user.max_user_namespaces" in known.sysctls)
