"""`llmsh NAME` is `/NAME`: tools, models, plugins, history, config."""

from __future__ import annotations

from tests.e2e.driver import Driver, Ran


def test_tools_lists_every_tool(llmsh: Driver) -> None:
    ran = llmsh.run("tools")

    header, *rows = [line.split("\t") for line in ran.out.splitlines()]
    assert header == ["tool", "area", "does"]
    assert {"find_files", "delete", "processes", "run", "ask", "convert_units"} <= {row[0] for row in rows}
    assert all(len(row) == 3 and all(row) for row in rows)


def test_tools_with_a_name_shows_it_in_full(llmsh: Driver) -> None:
    ran = llmsh.run("tools", "first")

    assert ran.status == 0
    assert ran.out.startswith("first(")
    assert "\nexamples\n" in ran.out


def test_an_unknown_tool_is_an_error_with_the_nearest_name(llmsh: Driver) -> None:
    assert llmsh.run("tools", "find_file") == Ran(
        2, "", "error: there is no tool named find_file\nhint: did you mean find_files?\n"
    )


def test_models_lists_the_catalogue(llmsh: Driver) -> None:
    ran = llmsh.run("models", "list")

    header, *rows = [line.split("\t") for line in ran.out.splitlines()]
    assert header == ["model", "size", "memory", "licence", "fetched", "in_use"]
    assert rows[0] == ["qwen2.5-coder-0.5b-instruct", "491400064", "900000000", "Apache-2.0", "no", "no"]


def test_a_model_that_was_not_fetched_cannot_be_checked(llmsh: Driver) -> None:
    path = llmsh.home / ".cache/llmsh/models/SmolLM2-135M-Instruct.Q4_1.gguf"

    assert llmsh.run("models", "check", "smollm2-135m-instruct") == Ran(
        2,
        "",
        f"error: smollm2-135m-instruct is not fetched: there is no {path}\n"
        "hint: llmsh models pull smollm2-135m-instruct\n",
    )


def test_the_model_that_is_used_is_kept_in_the_settings(llmsh: Driver) -> None:
    (llmsh.config / "config.toml").write_text("# mine\nthreads = 2\n")

    assert llmsh.run("models", "use", "gemma-3-270m").status == 0

    assert (llmsh.config / "config.toml").read_text() == 'model = "gemma-3-270m"\n# mine\nthreads = 2\n'


def test_plugins_are_listed_with_their_tools(llmsh: Driver) -> None:
    rows = [line.split("\t") for line in llmsh.run("plugins").out.splitlines()]

    assert rows[0] == ["plugin", "from", "tools", "error"]
    assert [(row[0], row[2]) for row in rows[1:]] == [("convert_units", "convert_units"), ("notes", "note notes")]


def test_plugins_check_fails_where_one_is_broken(llmsh: Driver) -> None:
    assert llmsh.run("plugins", "check").status == 0
    folder = llmsh.config / "plugins"
    folder.mkdir()
    (folder / "wrong.py").write_text("def register(registry)\n")

    ran = llmsh.run("plugins", "check")

    assert ran.status == 2
    assert "error: 1 of 3 plugins are broken: plugin wrong cannot be loaded: SyntaxError" in ran.err


def test_history_shows_what_earlier_runs_did_the_newest_last(llmsh: Driver) -> None:
    llmsh.lines('find_files("docs") | count()', "echo hello")
    llmsh.lines('read("missing.txt")')

    assert llmsh.run("history").out == (
        "line\tplan\tstatus\n"
        'find_files("docs") | count()\tfind_files("docs") | count()\tdone\n'
        "echo hello\t\tdone\n"
        'read("missing.txt")\tread("missing.txt")\tfailed\n'
    )
    assert llmsh.run("history", "missing").out.splitlines()[1:] == ['read("missing.txt")\tread("missing.txt")\tfailed']


def test_why_explains_the_line_before(llmsh: Driver) -> None:
    llmsh.answers["what is in docs?"] = 'list_files("docs") | count()'

    out = llmsh.lines("what is in docs?", "/why").out

    assert out.splitlines()[1:7] == [
        "line        what is in docs?",
        "read as     ask",
        "status      done",
        'plan        list_files("docs") | count()',
        "model       scripted, confidence in this plan 0.99",
        "list_files  allow (reading): it only reads",
    ]


def test_config_names_every_setting_and_the_file(llmsh: Driver) -> None:
    ran = llmsh.run("config")

    assert [line.split("\t")[0] for line in ran.out.splitlines()] == [
        "setting", "mode", "model", "threads", "context", "plan_tokens", "sure", "sure_changing",
        "language", "history", "fetch_allow", "limits", "fetch_proxy",
    ]  # fmt: skip
    assert ran.err == f"note: settings are read from {llmsh.config}/config.toml\n"


def test_help_and_version_need_nothing(llmsh: Driver) -> None:
    assert llmsh.run("--help").out.lstrip().startswith("Usage: llmsh")
    assert llmsh.run("--version").out.startswith("llmsh ")


def test_subcommands_speak_json_too(llmsh: Driver) -> None:
    ran = llmsh.run("--json", "plugins")

    (turn,) = ran.turns
    assert turn["route"] == "slash"
    assert [row["plugin"] for row in turn["result"]["rows"]] == ["convert_units", "notes"]


def test_doctor_says_what_holds_here_with_the_evidence(llmsh: Driver) -> None:
    ran = llmsh.run("doctor")

    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert lines[0].split()[:2] in (["cage", "strict:"], ["cage", "floor:"], ["cage", "none:"])
    evidence = [line for line in lines if " outside: " in line]
    assert {line.split()[0] for line in evidence} >= {"tool"}
    assert all("outside: succeeded" in line for line in evidence)


def test_limits_are_shown_as_they_are_set(llmsh: Driver) -> None:
    (llmsh.config / "config.toml").write_text('limits = ["run.seconds=60", "run.memory=1K"]\n')

    shown = llmsh.run("tools", "run").out
    assert "limits  seconds    1 min, on the clock" in shown
    assert "memory     1.0 KB for each process" in shown


def test_a_mean_needs_an_adapter_to_go_on_from(llmsh: Driver) -> None:
    ran = llmsh.run("tune", "x.gguf", "--work", "work", "--interpolate", "0.5")
    assert ran.status == 2
    assert "--from" in ran.err
