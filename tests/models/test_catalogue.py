from __future__ import annotations

from pathlib import Path

import pytest

from llmsh.config import Folders
from llmsh.errors import ConfigError, NoModel
from llmsh.models.catalogue import HuggingFace, ModelSpec, Packages, load_catalogue

MINE = """
[[models]]
name = "mine"
file = "mine.gguf"
size = 10
sha256 = "{sha256}"
licence = "MIT"
roles = ["planner"]

[[models.sources]]
kind = "huggingface"
repository = "me/mine"
revision = "abc"
file = "m.gguf"

[[models.sources]]
kind = "packages"
names = ["mine-part1"]
version = "1.0"
member = "*/m.gguf"
""".format(sha256="0" * 64)


def folders(root: Path, text: str = "") -> Folders:
    if text:
        (root / "models.toml").write_text(text, encoding="utf-8")
    return Folders(str(root), str(root), str(root))


def test_the_shipped_catalogue_names_the_default_and_every_official_sha256(tmp_path):
    catalogue = load_catalogue(folders(tmp_path))
    assert catalogue.default().name == "qwen2.5-coder-0.5b-instruct"
    assert {model.name: (model.size, (model.sha256 or "")[:8]) for model in catalogue.models} == {
        "qwen2.5-coder-0.5b-instruct": (491400064, "1d961463"),
        "qwen2.5-coder-1.5b-instruct": (1117320768, "cc324af0"),
        "smollm2-135m-instruct": (98362432, "b179c952"),
        "gemma-3-270m": (253113024, "a5fd3b62"),
    }


def test_every_shipped_source_is_pinned(tmp_path):
    sources = [source for model in load_catalogue(folders(tmp_path)).models for source in model.sources]
    assert [len(source.revision) for source in sources if isinstance(source, HuggingFace)] == [40, 40]
    assert [len(source.names) for source in sources if isinstance(source, Packages)] == [6, 22, 1, 4]


def test_the_users_models_are_added(tmp_path):
    assert load_catalogue(folders(tmp_path, MINE)).find("mine") == ModelSpec(
        "mine",
        "mine.gguf",
        10,
        "0" * 64,
        "MIT",
        roles=("planner",),
        sources=(HuggingFace("me/mine", "abc", "m.gguf"), Packages(("mine-part1",), "1.0", "*/m.gguf")),
    )


def test_the_users_default_takes_the_place_of_ours(tmp_path):
    catalogue = load_catalogue(folders(tmp_path, MINE.replace("size = 10", "size = 10\ndefault = true")))
    assert catalogue.find("").name == "mine"
    assert [model.name for model in catalogue.models if model.default] == ["mine"]


def test_the_users_model_replaces_ours_of_the_same_name(tmp_path):
    catalogue = load_catalogue(folders(tmp_path, MINE.replace('"mine"', '"gemma-3-270m"')))
    assert [model.size for model in catalogue.models if model.name == "gemma-3-270m"] == [10]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("size = 10", "", "model 1 (mine): size is missing"),
        ("size = 10", 'size = "10"', "model 1 (mine): size must be a whole number, found '10'"),
        ("size = 10", "size = 10\nmemroy = 5", "model 1 (mine): there is no key memroy"),
        ("mine.gguf", "../../.bashrc", "model 1 (mine): file must be a plain file name, found '../../.bashrc'"),
        ("0" * 64, "abc", "model 1 (mine): sha256 must be 64 hexadecimal digits in lower case, found 'abc'"),
        ('["planner"]', '["boss"]', "model 1 (mine): roles are planner and writer, found boss"),
        ('"huggingface"', '"ftp"', "model 1 (mine), source 1: kind must be huggingface or packages, found 'ftp'"),
        ('"mine-part1"', '"--help"', "model 1 (mine), source 2: '--help' is no name or version of a package"),
        ("[[models]]", "[[modles]]", "there is no key modles"),
    ],
)
def test_a_damaged_catalogue_names_the_file_the_model_and_what_was_expected(tmp_path, old, new, message):
    with pytest.raises(ConfigError) as caught:
        load_catalogue(folders(tmp_path, MINE.replace(old, new, 1)))
    where = str(tmp_path / "models.toml")
    assert caught.value.message.startswith(where)
    assert message in caught.value.message.removeprefix(where)


def test_a_name_nearly_right_is_answered_with_the_right_one(tmp_path):
    with pytest.raises(NoModel) as caught:
        load_catalogue(folders(tmp_path)).find("qwen2.5-coder-0.5b")
    assert caught.value.message == "there is no model named qwen2.5-coder-0.5b"
    assert "did you mean qwen2.5-coder-0.5b-instruct" in caught.value.hint


def test_a_path_is_the_users_own_file(tmp_path):
    own = tmp_path / "tuned.gguf"
    own.write_bytes(b"GGUF")
    spec = load_catalogue(folders(tmp_path)).find(str(own))
    assert spec == ModelSpec("tuned", "tuned.gguf", 4, None, path=str(own))


@pytest.mark.parametrize("kind", ["there is none", "a folder is there"])
def test_a_path_without_a_file_is_named(tmp_path, kind):
    if kind == "a folder is there":
        (tmp_path / "x.gguf").mkdir()
    with pytest.raises(NoModel, match=f"expected a model file at {tmp_path}/x.gguf, {kind}"):
        load_catalogue(folders(tmp_path)).find(str(tmp_path / "x.gguf"))
