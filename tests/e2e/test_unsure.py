"""What happens where it is not clear which plan is meant: nothing, until one was chosen."""

from __future__ import annotations

import pytest

from tests.e2e.driver import Driver, Ran

DELETE, LIST, READ = 'delete("notes.txt")', 'file_info("notes.txt")', 'read("notes.txt", first=1)'
REQUEST = "what about notes.txt"
CHOICES = [(DELETE, 0.45), (LIST, 0.35), (READ, 0.15)]
HINT = "hint: say it in other words, or give the plan itself\n"


def test_a_change_that_is_not_sure_is_asked_about_even_with_yes(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = CHOICES
    before = llmsh.files()

    ran = llmsh.run("--yes", "-c", REQUEST)

    assert ran == Ran(
        3, "", f"it is not clear what is meant\nsay which:\n  1  {DELETE}\n  2  {LIST}\n  3  {READ}\n{HINT}"
    )
    assert llmsh.files() == before


def test_reading_needs_less_confidence_than_a_change(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = [(READ, 0.45), (DELETE, 0.4)]

    assert llmsh.lines(REQUEST) == Ran(0, "buy milk\n", f"-> {READ}\n")


def test_json_says_what_was_doubted_and_that_nothing_ran(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = CHOICES[:2]

    (turn,) = llmsh.json(REQUEST)

    assert {name: turn[name] for name in ("status", "plan", "confidence", "message", "calls", "result")} == {
        "status": "asked",
        "plan": DELETE,
        "confidence": 0.45,
        "message": f"it is not clear what is meant\nsay which:\n  1  {DELETE}\n  2  {LIST}",
        "calls": [],
        "result": None,
    }


def test_the_same_plan_written_differently_is_offered_once(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = [(DELETE, 0.4), ("delete(['notes.txt'])", 0.3), ("no_such_tool()", 0.2), (READ, 0.1)]

    assert llmsh.lines(REQUEST).err.splitlines()[2:-1] == [f"  1  {DELETE}", f"  2  {READ}"]


def test_words_are_no_choice_and_need_no_confidence(llmsh: Driver) -> None:
    llmsh.answers |= {REQUEST: [(DELETE, 0.4), ('ask("What?")', 0.3), (READ, 0.1)], "hello": [('answer("Hi")', 0.1)]}

    asked, answered = llmsh.lines(REQUEST), llmsh.lines("hello")

    assert asked.err.splitlines()[2:-1] == [f"  1  {DELETE}", f"  2  {READ}"]
    assert (answered.status, answered.out) == (0, "Hi\n")


@pytest.mark.parametrize(
    ("request_", "plan", "invented"),
    [
        ("delete the old notes", 'delete("todo.txt")', "todo.txt"),
        ("how large is the folder", 'disk_usage("/srv/data")', "/srv/data"),
        ("stop that process", "stop(4242)", "4242"),
    ],
)
def test_a_value_that_nobody_spoke_of_is_caught_however_sure_the_model_is(
    llmsh: Driver, request_: str, plan: str, invented: str
) -> None:
    llmsh.answers[request_] = [(plan, 0.99)]
    before = llmsh.files()

    ran = llmsh.run("--yes", "-c", request_)

    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        f"it is not clear what is meant: the request does not speak of {invented}\nsay which:\n  1  {plan}\n{HINT}"
    )
    assert llmsh.files() == before


def test_a_plan_that_leaves_out_a_file_of_the_request_gives_way_to_one_that_does_not(llmsh: Driver) -> None:
    request_, left, whole = "join notes.txt and todo.txt", 'read("notes.txt")', 'read(["notes.txt", "todo.txt"])'
    llmsh.answers |= {request_: [(left, 0.5), (whole, 0.4)], f"{request_} up": [(left, 0.9), ("list_files()", 0.1)]}

    assert llmsh.lines(request_).err == f"-> {whole}\n"
    asked = llmsh.lines(f"{request_} up")
    assert (asked.status, asked.err.splitlines()[0]) == (
        3,
        "it is not clear what is meant: the plan leaves out todo.txt",
    )


def test_a_name_from_the_folder_or_the_previous_line_is_not_invented(llmsh: Driver) -> None:
    llmsh.answers |= {
        "show the readme": 'read("README.md", first=1)',
        "how many lines are in todo.txt": 'read("todo.txt") | count()',
        "and show it": 'read("todo.txt", first=1)',
    }

    assert llmsh.lines("show the readme").out == "# Demo\n"
    assert llmsh.lines("how many lines are in todo.txt", "and show it").out == "3\none\n"


def test_a_plan_that_was_not_chosen_is_nothing_to_go_on_from(llmsh: Driver) -> None:
    llmsh.answers |= {"delete the old notes": 'delete("todo.txt")', "yes do it": 'delete("todo.txt")'}

    assert llmsh.run("--yes", "-c", "delete the old notes", "-c", "yes do it").status == 3
    assert (llmsh.tree / "todo.txt").exists()


def test_a_dry_run_shows_the_plan_and_says_that_it_is_not_sure(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = CHOICES

    ran = llmsh.run("--dry-run", "-c", REQUEST)

    assert (ran.status, ran.out.splitlines()[0]) == (0, DELETE)
    assert ran.err.endswith("not sure: it is not clear what is meant\n")


def test_both_bounds_are_settings_and_0_never_asks(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = [(READ, 0.2)]
    llmsh.answers["show the old notes"] = [('read("todo.txt", first=1)', 0.2)]

    assert llmsh.lines(REQUEST).status == 3
    assert llmsh.lines(REQUEST, env={"LLMSH_SURE": "10"}).out == "buy milk\n"
    assert llmsh.lines("show the old notes", env={"LLMSH_SURE": "0"}).out == "one\n"
    assert llmsh.lines(REQUEST, env={"LLMSH_SURE": "10", "LLMSH_SURE_CHANGING": "90"}).status == 0


def test_a_plan_that_is_typed_is_never_doubted(llmsh: Driver) -> None:
    assert llmsh.run("--yes", "-c", DELETE).status == 0
    assert not (llmsh.tree / "notes.txt").exists()


def test_the_user_picks_a_plan_by_its_number_and_why_tells_it(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = CHOICES
    screen = llmsh.repl()
    screen.prompt()
    screen.enter(REQUEST)
    shown = screen.wait(r"which one\? \[1-3, Enter: none\]")
    assert shown.split("\r\n")[-5:-1] == [
        "it is not clear what is meant", f"  1  {DELETE}", f"  2  {LIST}", f"  3  {READ}",
    ]  # fmt: skip
    screen.type("3\r")
    screen.wait("\nbuy milk\r\n")
    screen.prompt()
    screen.enter("/why")
    told = screen.wait("took ")
    assert "confidence in this plan 0.15" in told
    assert "unsure      it is not clear what is meant" in told
    screen.prompt()
    assert screen.end() == 0


def test_a_chosen_change_is_still_confirmed(llmsh: Driver) -> None:
    llmsh.answers[REQUEST] = CHOICES
    screen = llmsh.repl()
    screen.prompt()
    screen.enter(REQUEST)
    screen.wait(r"Enter: none\]")
    screen.type("1\r")
    screen.wait(r"\[y/N\]")
    screen.type("n\r")
    screen.prompt()
    assert screen.end() == 4
    assert (llmsh.tree / "notes.txt").exists()


@pytest.mark.parametrize("answer", ["\r", "4\r", "\x03"])
def test_enter_or_anything_else_picks_none(llmsh: Driver, answer: str) -> None:
    llmsh.answers[REQUEST] = CHOICES
    screen = llmsh.repl()
    screen.prompt()
    screen.enter(REQUEST)
    screen.wait(r"Enter: none\]")
    screen.type(answer)
    screen.wait("none of these plans was meant\r\nhint: say it in other words\r\n")
    screen.prompt()
    assert screen.end() == 3


def test_a_script_that_holds_no_plan_is_named(llmsh: Driver) -> None:
    llmsh.answers["x"] = [["a", "b"]]

    ran = llmsh.lines("?x")

    assert ran.status == 2
    assert "answers.json cannot be read" in ran.err


def test_another_reading_is_taken_where_the_likeliest_cannot_be_and_where_it_names_what_nobody_spoke_of(
    llmsh: Driver,
) -> None:
    llmsh.answers |= {
        "first line of notes.txt": [('read("notes.txt") | select("title")', 0.6), (DELETE, 0.2), (READ, 0.15)],
        REQUEST: [('read("secret.txt")', 0.9), (READ, 0.05)],
    }

    ran = llmsh.lines("first line of notes.txt")
    other = llmsh.lines(REQUEST, env={"LLMSH_SURE": "1"})

    assert (ran.status, ran.out) == (0, "buy milk\n")
    assert ran.err.splitlines()[-2:] == [f"-> {READ}", "the likeliest reading failed: there is no column title"]
    assert (other.status, other.out, other.err) == (0, "buy milk\n", f"-> {READ}\n")


def test_what_was_read_rightly_and_fails_is_said(llmsh: Driver) -> None:
    llmsh.answers |= {
        "read nothing.txt": [('read("nothing.txt")', 0.9), (READ, 0.08)],
        "run the tests": [('run("false")', 0.5), (READ, 0.4)],
    }

    assert llmsh.lines("read nothing.txt").status == 1
    assert llmsh.lines("run the tests").out == ""
