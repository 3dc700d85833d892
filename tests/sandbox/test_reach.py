from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsh.sandbox.base import Invocation, Request, Tier
from llmsh.sandbox.reach import Policy, reach_of, toolchains
from llmsh.types import Effects

HOME = "/home/ann"
NAMES = st.text("abc.", min_size=1, max_size=3).filter(lambda name: name.strip("."))
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
MANY = st.lists(PATHS, max_size=4).map(tuple)
EFFECTS = st.builds(
    Effects, reads=MANY, writes=MANY, deletes=MANY, overwrites=MANY, network=st.booleans(),
    runs=st.sampled_from([(), ("make",)]), hosts=st.sampled_from([(), ("a.org",)]),
)  # fmt: skip
TIERS = st.sampled_from([Tier.STRICT, Tier.FLOOR])


def request(effects: Effects, tier: Tier = Tier.STRICT, cwd: str = HOME + "/work", **environment: str) -> Request:
    return Request((), None, cwd, {"HOME": HOME, **environment}, effects, tier=tier)


@given(EFFECTS, TIERS)
def test_what_is_written_and_deleted_is_what_the_effects_name_and_nothing_else(effects, tier):
    reach = reach_of(request(effects, tier))
    assert set(reach.writes) == {*effects.writes, *effects.overwrites}
    assert set(reach.deletes) == set(effects.deletes)


@given(EFFECTS, TIERS)
def test_what_is_read_of_the_users_is_what_the_effects_name_and_for_programs_the_working_folder(effects, tier):
    reach = reach_of(request(effects, tier))
    assert set(reach.reads) == {*effects.reads, *((HOME + "/work",) if effects.runs else ())}


@given(EFFECTS, TIERS)
def test_programs_run_only_where_the_effects_name_one(effects, tier):
    reach = reach_of(request(effects, tier))
    assert reach.policy == (Policy(tier.value) if effects.runs else Policy.TOOL)
    assert bool(reach.executes) == bool(effects.runs)
    assert reach.network == effects.network


@given(EFFECTS, EFFECTS, TIERS)
def test_effects_that_say_less_never_reach_more(effects, more, tier):
    """But for what is hidden: a call that names a secret is asked about it and gets it."""
    joined = replace(
        effects, reads=effects.reads + more.reads, writes=effects.writes + more.writes,
        deletes=effects.deletes + more.deletes, network=effects.network or more.network,
    )  # fmt: skip
    small, large = reach_of(request(effects, tier)), reach_of(request(joined, tier))
    for name in ("reads", "writes", "deletes", "executes", "names"):
        assert set(getattr(small, name)) <= set(getattr(large, name))
    assert set(small.hidden) >= set(large.hidden)


def test_secrets_are_hidden_unless_a_call_names_them():
    hidden = reach_of(request(Effects(reads=(HOME,)))).hidden
    assert {HOME + "/.ssh", HOME + "/.netrc", HOME + "/.config/llmsh", "/etc/shadow"} <= set(hidden)
    named = reach_of(request(Effects(reads=(HOME + "/.ssh/config",)))).hidden
    assert set(hidden) - set(named) == {HOME + "/.ssh"}


def test_llmshs_own_folders_are_hidden_where_the_environment_says_they_are():
    hidden = reach_of(request(Effects(), XDG_CONFIG_HOME="/c", XDG_DATA_HOME="/d", XDG_CACHE_HOME="/e")).hidden
    assert {"/c/llmsh", "/d/llmsh", "/e/llmsh"} <= set(hidden)


@pytest.mark.parametrize("cwd", ["/", "/home", "/tmp"])
def test_a_folder_that_holds_everything_is_not_read_because_one_stands_in_it(cwd):
    assert reach_of(request(Effects(runs=("make",)), cwd=cwd)).reads == ()


def test_the_names_in_a_folder_are_read_where_a_wildcard_is_looked_up():
    asked = replace(
        request(Effects(reads=("/logs/a.log",))),
        calls=(Invocation("read", {"paths": ("/logs/*.log", "sub/**/x.py", "plain"), "n": 3}),),
    )
    assert reach_of(asked).names == ("/logs", HOME + "/work/sub")


def test_the_trash_is_reached_by_calls_that_delete():
    assert reach_of(request(Effects(writes=("/a",)))).trash == ""
    assert reach_of(request(Effects(deletes=("/a",)))).trash == HOME + "/.local/share/Trash"
    assert reach_of(request(Effects(deletes=("/a",)), XDG_DATA_HOME="/d")).trash == "/d/Trash"


def test_toolchains_are_found_from_the_path_and_never_the_whole_home():
    path = ":".join([
        "/usr/bin", "relative/bin", HOME, HOME + "/bin", HOME + "/.local/bin", HOME + "/.nvm/v22/bin",
        HOME + "/.cargo/bin", "/srv/tools", "", "/", "/srv/bin",
    ])  # fmt: skip
    assert list(toolchains(path, HOME)) == [
        HOME + "/bin", HOME + "/.local/bin", HOME + "/.nvm/v22", HOME + "/.cargo", HOME + "/.rustup", "/srv/tools",
        "/srv/bin",
    ]  # fmt: skip


def test_toolchains_in_the_home_of_another_user_are_found_too_and_never_his_secrets():
    path = "/root/.pyenv/shims:/root/bin:/root/.local/bin:/root/.cargo/bin"
    assert list(toolchains(path, HOME)) == [
        "/root/.pyenv", "/root/bin", "/root/.local/bin", "/root/.cargo", "/root/.rustup",
    ]  # fmt: skip
    hidden = reach_of(request(Effects(runs=("cargo",)), PATH=path)).hidden
    assert {"/root/.cargo/credentials.toml", "/root/.ssh", HOME + "/.ssh"} <= set(hidden)
