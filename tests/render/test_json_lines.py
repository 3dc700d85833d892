"""--json: one object a turn on standard output, nothing else."""

from __future__ import annotations

import json

from llmsh.turn_json import turn_json
from llmsh.types import PATH, Files, Status
from tests.render.drawing import json_lines, turn


def test_a_turn_is_one_line_and_its_notes_go_to_standard_error():
    done = turn(Files((PATH,), [("a\nb",), ("raw\udcff",)], ["2 folders could not be read"]))
    out, err = json_lines(done)
    assert (out.count(b"\n"), json.loads(out), err) == (1, turn_json(done), b"note: 2 folders could not be read\n")


def test_a_failure_is_an_object_too_and_its_hint_is_said():
    failed = turn(status=Status.FAILED, message="no such file: a", hint="look")
    out, err = json_lines(failed)
    assert (json.loads(out), err) == (turn_json(failed), b"error: no such file: a\nhint: look\n")


def test_a_question_is_an_object():
    asked = turn(status=Status.ASKED, message="which folder?")
    assert json_lines(asked)[0] == json.dumps(turn_json(asked), separators=(",", ":")).encode() + b"\n"
