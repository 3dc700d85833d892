from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from llmsh.config import SETTINGS, Config, Folders, bundled, find_folders, load_config
from llmsh.errors import ConfigError
from llmsh.session import Mode


def write(folder: Path, text: str) -> str:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def home(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder)}


def test_the_table_and_the_config_are_the_same_settings():
    assert [(item.name, item.default) for item in fields(Config)] == [(item.name, item.default) for item in SETTINGS]


def test_the_modes_that_may_be_set_are_those_of_a_session():
    assert SETTINGS[0].choices == tuple(Mode)


def test_without_any_file_the_defaults_hold(tmp_path):
    assert load_config(home(tmp_path / "no such home"), None, {}) == Config()


def test_flags_win_over_the_environment_and_that_over_the_file(tmp_path):
    file = write(tmp_path, 'mode = "auto"\nthreads = 1\ncontext = 1024\nhistory = false\n')
    environment = {"LLMSH_THREADS": "2", "LLMSH_CONTEXT": "2048", "LLMSH_MODEL": ""}
    found = load_config(environment, file, {"context": 8192, "mode": None})
    assert found == Config(mode="auto", threads=2, context=8192, history=False)


def test_the_file_is_found_in_the_config_folder(tmp_path):
    (tmp_path / "llmsh").mkdir()
    write(tmp_path / "llmsh", 'model = "mine"\n')
    assert load_config({"XDG_CONFIG_HOME": str(tmp_path)}, None, {}) == Config(model="mine")


@pytest.mark.parametrize(("word", "value"), [("1", True), ("YES", True), ("off", False), ("false", False)])
def test_a_switch_in_the_environment_is_written_in_words(tmp_path, word, value):
    assert load_config(home(tmp_path) | {"LLMSH_HISTORY": word}, None, {}).history is value


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("\ncontxt = 1\n", "{file}, line 2: there is no setting contxt", "did you mean context?"),
        ("[theme]\n", "{file}, line 1: there is no setting theme", "the settings are mode, "),
        ("context = 'big'\n", "{file}, line 1: context must be a whole number, found 'big'", ""),
        ("threads = true\n", "{file}, line 1: threads must be a whole number, found True", ""),
        ("threads = -1\n", "{file}, line 1: threads must be from 0 to 1024, found -1", ""),
        ("mode = 'autos'\n", "{file}, line 1: mode must be one of read-only, ask, auto, found 'autos'", "did you mean"),
        ("mode = \n", "{file} is not valid TOML: Invalid value (at line 1, column 8)", "mend it"),
    ],
)
def test_a_wrong_file_is_named_with_line_expected_and_found(tmp_path, text, message, hint):
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config({}, file, {})
    assert caught.value.message == message.format(file=file)
    assert hint in caught.value.hint
    assert caught.value.hint


def test_a_file_that_is_no_text_is_an_error(tmp_path):
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"config\.toml is not valid TOML"):
        load_config({}, str(tmp_path / "config.toml"), {})


def test_a_file_that_was_named_must_exist(tmp_path):
    with pytest.raises(ConfigError, match=r"there is no .*/none\.toml"):
        load_config({}, str(tmp_path / "none.toml"), {})


def test_a_folder_and_a_pipe_are_no_settings_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_config({}, str(tmp_path), {})
    with pytest.raises(ConfigError, match="cannot be read: expected a file, found a pipe"):
        load_config({}, str(tmp_path / "pipe"), {})


def test_the_empty_device_is_an_empty_file():
    assert load_config({}, os.devnull, {}) == Config()


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("LLMSH_CONTEXT", "lots", "LLMSH_CONTEXT must be a whole number, found 'lots'"),
        ("LLMSH_HISTORY", "maybe", "LLMSH_HISTORY must be true or false, found 'maybe'"),
        ("LLMSH_MODE", "yolo", "LLMSH_MODE must be one of read-only, ask, auto, found 'yolo'"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path, variable, value, message):
    with pytest.raises(ConfigError) as caught:
        load_config(home(tmp_path) | {variable: value}, None, {})
    assert caught.value.message == message


def test_a_wrong_flag_is_named_as_it_is_written(tmp_path):
    with pytest.raises(ConfigError, match="--plan-tokens must be from 16 to 4096, found 1"):
        load_config(home(tmp_path), None, {"plan_tokens": 1})


def test_the_folders_are_those_of_the_xdg_variables():
    environment = {"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_CACHE_HOME": "/k", "HOME": "/h"}
    assert find_folders(environment) == Folders("/c/llmsh", "/d/llmsh", "/k/llmsh")


def test_an_empty_or_relative_variable_means_the_home_folder():
    found = find_folders({"HOME": "/h", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "data"})
    assert found == Folders("/h/.config/llmsh", "/h/.local/share/llmsh", "/h/.cache/llmsh")


def test_without_home_the_folders_are_still_absolute():
    assert all(os.path.isabs(getattr(find_folders({}), item.name)) for item in fields(Folders))


def test_what_ships_with_llmsh_is_found_from_any_folder(tmp_path):
    before = os.getcwd()
    os.chdir(tmp_path)
    try:
        assert os.path.isabs(bundled("models.toml"))
        assert os.path.isfile(bundled("models.toml"))
    finally:
        os.chdir(before)


def test_installed_what_ships_with_llmsh_is_the_packages_own(tmp_path):
    package = tmp_path / "site" / "llmsh"
    ours = Path(sys.modules[Config.__module__].__file__ or "").parent
    shutil.copytree(ours, package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    (package / "data").mkdir()
    (package / "data" / "models.toml").write_text("", encoding="utf-8")
    (tmp_path / "site" / "plugins").mkdir()
    script = "from llmsh.config import bundled; print(bundled('models.toml'), bundled('plugins'))"
    command = [sys.executable, "-P", "-c", script]
    environment = {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == f"{package}/data/models.toml {package}/data/plugins\n"


def test_a_list_is_written_as_one_in_the_file_and_as_words_in_the_environment(tmp_path):
    file = write(tmp_path, 'fetch_allow = ["localhost:8000", "printer.lan"]\n')
    assert load_config(home(tmp_path), file, {}).fetch_allow == ("localhost:8000", "printer.lan")
    environment = home(tmp_path) | {"LLMSH_LIMITS": "run.seconds=60, run.memory=2G"}
    assert load_config(environment, None, {}).limits == ("run.seconds=60", "run.memory=2G")


@pytest.mark.parametrize("value", ['"localhost"', "[1]", "true"])
def test_what_is_no_list_of_texts_is_refused(tmp_path, value):
    with pytest.raises(ConfigError, match="fetch_allow must be a list of texts"):
        load_config(home(tmp_path), write(tmp_path, f"fetch_allow = {value}\n"), {})
