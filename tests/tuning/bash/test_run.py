from __future__ import annotations

import json
from pathlib import Path

from llmsh.tuning.bash.run import translate_folder
from llmsh.tuning.samples import Sample, read_samples

ROWS = [
    {"nl": "Count the c files", "cmd": "find . -name '*.c' | wc -l", "lang": "en"},
    {"nl": "count the c  files.", "cmd": "find . -type f -name '*.c' | wc -l", "lang": "en"},
    {"nl": "split big.log in files of 100 lines", "cmd": "split -l 100 big.log", "lang": "en"},
    {"nl": "Find files in some folder", "cmd": "find /home/peter", "lang": "en"},
    {"nl": "use $x", "cmd": "echo $x", "lang": "en"},
]


def test_a_folder_of_rows_becomes_samples_each_request_once(tmp_path: Path) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (tmp_path / "train_nl2bash_inscope.jsonl").write_text(lines, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    collected = translate_folder(str(tmp_path), str(out))
    assert list(read_samples(str(out))) == [
        Sample("Count the c files", 'find_files(name="*.c") | count()', "en", "nl2bash"),
        Sample("split big.log in files of 100 lines", 'run("split -l 100 big.log", writes=".")', "en", "nl2bash-run"),
    ]
    assert dict(collected.dropped) == {
        "nl2bash: values that the request does not name": 1,
        "nl2bash: no request": 1,
    }
