"""The small folder in which every tool's examples run. Examples' `finds` are what these files make true."""

from __future__ import annotations

import os
import tarfile
import time
from pathlib import Path

DAY = 86400
FILES: dict[str, str] = {
    "README.md": "# Demo\n\nA small project.\n\n## Use\n\nRun `python a.py`.\n",
    "notes.txt": "buy milk\nTODO call Ann\npay rent\nTODO fix the roof\nread a book\n",
    "copy-of-notes.txt": "buy milk\nTODO call Ann\npay rent\nTODO fix the roof\nread a book\n",
    "todo.txt": "one\ntwo\nthree\n",
    "names.txt": "carol\nalice\nbob\nalice\ndave\nbob\nalice\n",
    "numbers.txt": "10\n2\n33\n4\n",
    "data.csv": "name,age,city\nAnn,31,Oslo\nBob,25,Rome\nCid,47,Oslo\nDee,38,Bern\n",
    "a.py": "import sys\n\nprint('hello')\n",
    "script.sh": "#!/bin/sh\necho run\n",
    "empty.txt": "",
    ".hidden": "secret\n",
    "sub/b.py": "# TODO: tidy\nvalue = 1\n",
    "sub/deep/c.py": "value = 2\n",
    "src/main.py": "from util import add\n\n# TODO: options\nprint(add(1, 2))\n",
    "src/util.py": "def add(a, b):\n    return a + b\n",
    "src/style.css": "body { color: red; }\n",
    "docs/guide.md": "# Guide\n\nFirst steps.\n",
    "docs/intro.md": "# Intro\n\nHello.\n",
    "docs/report.pdf": "%PDF-1.4\n%%EOF\n",
    "build/x.tmp": "x" * 10,
    "build/y.tmp": "y" * 20,
    "logs/app.log": "".join(f"line {n} {'ERROR disk' if n % 10 == 0 else 'INFO ok'}\n" for n in range(1, 101)),
    "logs/error.log": "ERROR one\nerror two\nWARN three\n",
    "logs/old.log": "old\n",
    "server.ini": "[server]\nport = 80\ntimeout = 30\nretries = 30\n",
    "config.json": '{\n  "name": "demo",\n  "port": 80\n}\n',
    ".env": "DEBUG=true\n",
}
AGES = {"build/x.tmp": 30, "logs/old.log": 800, "docs/intro.md": 10, "docs/guide.md": 3}
"""Days since a file was changed; the others are an hour old."""


def plant(root: Path) -> None:
    """Create the tree below `root`, an existing empty folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "emptydir").mkdir()
    (root / "images").mkdir()
    (root / "images/photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"j" * 5000)
    (root / "images/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"p" * 300)
    (root / "big.bin").write_bytes(b"\x00" * (2 << 20))
    (root / "link.txt").symlink_to("notes.txt")
    (root / "script.sh").chmod(0o755)
    with tarfile.open(root / "archive.tar.gz", "w:gz") as archive:
        archive.add(root / "todo.txt", "todo.txt")
        archive.add(root / "sub/b.py", "sub/b.py")
    now = time.time()
    for path in sorted(root.rglob("*"), reverse=True):
        moment = now - AGES.get(str(path.relative_to(root)), 1 / 24) * DAY
        os.utime(path, (moment, moment), follow_symlinks=False)
