"""Policy: each rule by its cases, and what must hold for all effects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.effects import changes, union
from llmsh.policy import STRICTNESS, Ground, judge
from llmsh.types import Decision, Effects, Verdict

OWN = ("/home/ann/.config/llmsh", "/home/ann/.local/share/llmsh")
ASK = Ground("ask", "/home/ann/work", "/home/ann", confined=True, protected=OWN, own=(100, 101))
AUTO = replace(ASK, mode="auto")
READ_ONLY = replace(ASK, mode="read-only")
ALLOW, DENY = Decision.ALLOW, Decision.DENY

CASES = [
    ("reading runs", ASK, Effects(reads=("/etc/hosts", "/home/ann/work/a")), ALLOW, "reading"),
    ("nothing at all runs", READ_ONLY, Effects(), ALLOW, "reading"),
    ("writing asks", ASK, Effects(writes=("/home/ann/work/a",)), Decision.ASK, "change"),
    ("deleting asks", ASK, Effects(deletes=("/home/ann/work/a",)), Decision.ASK, "change"),
    ("a new file runs in auto mode", AUTO, Effects(writes=("/home/ann/work/a",)), ALLOW, "undoable"),
    ("the trash runs in auto mode", AUTO, Effects(deletes=("/home/ann/work/a/b",)), ALLOW, "undoable"),
    (
        "overwriting asks in auto mode",
        AUTO,
        Effects(writes=("/home/ann/work/a",), overwrites=("/home/ann/work/a",)),
        Decision.ASK,
        "overwrite",
    ),
    ("outside asks in auto mode", AUTO, Effects(writes=("/home/ann/a",)), Decision.ASK, "outside"),
    ("a namesake outside asks in auto mode", AUTO, Effects(writes=("/home/ann/work2",)), Decision.ASK, "outside"),
    ("the folder itself asks in auto mode", AUTO, Effects(writes=("/home/ann/work",)), Decision.ASK, "outside"),
    (
        "git hooks ask in auto mode",
        AUTO,
        Effects(writes=("/home/ann/work/.git/hooks/x",)),
        Decision.ASK,
        "start-up-file",
    ),
    (
        "bashrc asks",
        replace(AUTO, cwd="/home/ann"),
        Effects(writes=("/home/ann/.bashrc",)),
        Decision.ASK,
        "start-up-file",
    ),
    ("a change is denied when reading only", READ_ONLY, Effects(writes=("/home/ann/work/a",)), DENY, "read-only"),
    ("a signal is denied when reading only", READ_ONLY, Effects(signals=(500,)), DENY, "read-only"),
    ("the network is denied when reading only", READ_ONLY, Effects(runs=("curl",), network=True), DENY, "read-only"),
    ("a caged look is fine when reading only", READ_ONLY, Effects(runs=("git",)), ALLOW, "program"),
    ("the root is never deleted", AUTO, Effects(deletes=("/",)), DENY, "root-folder"),
    ("the home is never deleted", AUTO, Effects(deletes=("/home/ann",)), DENY, "root-folder"),
    ("the working folder is never deleted", AUTO, Effects(deletes=("/home/ann/work",)), DENY, "root-folder"),
    (
        "what holds the working folder is never deleted",
        replace(ASK, cwd="/srv/a/b/c"),
        Effects(deletes=("/srv/a",)),
        DENY,
        "root-folder",
    ),
    ("a system folder is never deleted", ASK, Effects(deletes=("/etc",)), DENY, "root-folder"),
    ("the home is never overwritten", ASK, Effects(overwrites=("/home",)), DENY, "root-folder"),
    ("a system file asks", AUTO, Effects(writes=("/etc/hosts",)), Decision.ASK, "system-folder"),
    (
        "a system file asks even when one stands there",
        replace(AUTO, cwd="/etc"),
        Effects(writes=("/etc/x",)),
        Decision.ASK,
        "system-folder",
    ),
    ("own settings are never written", ASK, Effects(writes=(OWN[0] + "/plugins/a.py",)), DENY, "own-folders"),
    ("own records are never deleted", ASK, Effects(deletes=(OWN[1],)), DENY, "own-folders"),
    ("what holds own settings is never deleted", ASK, Effects(deletes=("/home/ann/.config",)), DENY, "own-folders"),
    (
        "unpacking above own settings asks",
        replace(AUTO, cwd="/home"),
        Effects(writes=("/home/ann",)),
        Decision.ASK,
        "own-folders",
    ),
    ("a disk is never written", ASK, Effects(writes=("/dev/sda",)), DENY, "device"),
    ("nothing in /dev is deleted", ASK, Effects(deletes=("/dev/null",)), DENY, "device"),
    ("/dev/null may be written after a question", ASK, Effects(writes=("/dev/null",)), Decision.ASK, "system-folder"),
    ("process 1 is never signalled", ASK, Effects(signals=(500, 1)), DENY, "process"),
    ("all processes are never signalled", ASK, Effects(signals=(-1,)), DENY, "process"),
    ("llmsh never signals itself", ASK, Effects(signals=(101,)), DENY, "process"),
    ("a signal asks", AUTO, Effects(signals=(500,)), Decision.ASK, "process"),
    ("a host asks", AUTO, Effects(hosts=("a.org",)), Decision.ASK, "network"),
    ("a caged program that only looks runs", ASK, Effects(runs=("git",), reads=("/home/ann/work",)), ALLOW, "program"),
    ("a program without a cage is denied", replace(ASK, confined=False), Effects(runs=("git",)), DENY, "no-cage"),
    ("a change without a cage is denied", replace(AUTO, confined=False), Effects(writes=("/tmp/a",)), DENY, "no-cage"),
    ("a signal without a cage is denied", replace(ASK, confined=False), Effects(signals=(500,)), DENY, "no-cage"),
    ("a host without a cage is denied", replace(ASK, confined=False), Effects(hosts=("a.org",)), DENY, "no-cage"),
    ("reading without a cage runs", replace(ASK, confined=False), Effects(reads=("/etc/hosts",)), ALLOW, "reading"),
    (
        "a program that writes asks",
        AUTO,
        Effects(runs=("make",), writes=("/home/ann/work/a",)),
        Decision.ASK,
        "program",
    ),
    ("a program on the network asks", AUTO, Effects(runs=("git",), network=True), Decision.ASK, "network"),
    ("a private key asks", AUTO, Effects(reads=("/home/ann/.ssh/id_ed25519",)), Decision.ASK, "secret"),
    ("a public key is read", ASK, Effects(reads=("/home/ann/.ssh/id_ed25519.pub",)), ALLOW, "reading"),
    ("another's environment asks", ASK, Effects(reads=("/proc/77/environ",)), Decision.ASK, "secret"),
    ("a password file asks", ASK, Effects(reads=("/etc/shadow",)), Decision.ASK, "secret"),
    ("a certificate key asks", ASK, Effects(reads=("/home/ann/work/server.pem",)), Decision.ASK, "secret"),
]


@pytest.mark.parametrize(
    ("ground", "effects", "decision", "rule"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_rule_judges_its_case(ground, effects, decision, rule):
    verdict = judge(effects, ground)
    assert (verdict.decision, verdict.rule) == (decision, rule)


def test_a_verdict_gives_its_reason_as_a_sentence():
    assert judge(Effects(writes=("/dev/sda",)), ASK) == Verdict(
        DENY, "device", "/dev/sda is a device: writing it can destroy a disk"
    )


def test_our_own_process_is_known_without_being_named():
    assert len(Ground("ask", "/", "/root", confined=False).own) == 1


PATHS = st.sampled_from(
    ["/", "/etc", "/etc/hosts", "/dev/sda", "/dev/null", "/home/ann", "/home/ann/work", "/home/ann/work/a", "/tmp/x",
     "/home/ann/work/.git/config", "/home/ann/.ssh/id_rsa", OWN[0], OWN[1] + "/llmsh.db", "/home", "/proc/1/environ"]
)  # fmt: skip
MANY = st.lists(PATHS, max_size=3).map(tuple)
NAMES = st.lists(st.sampled_from(["git", "a.org"]), max_size=1).map(tuple)
EFFECTS = st.builds(
    Effects, reads=MANY, writes=MANY, deletes=MANY, runs=NAMES, hosts=NAMES, overwrites=MANY, network=st.booleans(),
    signals=st.lists(st.integers(-1, 500), max_size=2).map(tuple),
)  # fmt: skip
GROUNDS = st.builds(
    Ground, mode=st.sampled_from(["read-only", "ask", "auto"]), cwd=PATHS, home=st.just("/home/ann"),
    confined=st.booleans(), protected=st.just(OWN), own=st.just((100,)),
)  # fmt: skip


@given(EFFECTS, EFFECTS, GROUNDS)
def test_doing_more_never_makes_the_verdict_milder(some, more, ground):
    alone, together = judge(some, ground), judge(union([some, more]), ground)
    assert STRICTNESS[together.decision] >= STRICTNESS[alone.decision]


@given(EFFECTS, GROUNDS)
def test_read_only_mode_never_lets_a_change_through(effects, ground):
    if changes(effects):
        assert judge(effects, replace(ground, mode="read-only")).decision == DENY


@given(EFFECTS, GROUNDS)
def test_a_cage_never_makes_the_verdict_stricter(effects, ground):
    held, free = judge(effects, replace(ground, confined=True)), judge(effects, replace(ground, confined=False))
    assert STRICTNESS[held.decision] <= STRICTNESS[free.decision]


@given(EFFECTS, GROUNDS)
def test_what_is_denied_in_ask_mode_is_denied_in_every_mode(effects, ground):
    if judge(effects, replace(ground, mode="ask")).decision == DENY:
        assert {judge(effects, replace(ground, mode=mode)).decision for mode in ("read-only", "auto")} == {DENY}


@given(EFFECTS, GROUNDS)
def test_every_verdict_names_its_rule_and_gives_a_reason(effects, ground):
    verdict = judge(effects, ground)
    assert verdict.rule
    assert verdict.reason
