"""The tree that a translation is proved in: what the plan speaks of is there, and its near misses beside it."""

from __future__ import annotations

import bz2
import grp
import gzip
import io
import lzma
import os
import pwd
import random
import re
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import Enum

from llmsh.check import BoundCall, BoundPlan
from llmsh.tuning.bash.facts import Facts, near, variants
from llmsh.tuning.bash.parse import NotTranslated
from llmsh.tuning.bash.samples_of import names_for, texts_for
from llmsh.types import Argument

LARGEST = 64 << 30
LINES = (
    "alpha beta gamma", "one two three four", "10 20 30", "3 apples", "apple,red,5", "pear,green,12", "apple,red,5",
    "ERROR disk full", "info all is well", "a:b:c", "x;y;z", "key=value", "", "  indented", "Tab\there\tnow", "zeta",
    "10.0.0.1 - GET /index.html", "foo bar", "The End",
)  # fmt: skip
AMBIENT = ("readme.md", "data.csv", "sub/notes.txt", "sub/deep/more.txt", "other/list.txt")
FOLDER_TOOLS = ("list_files", "tree", "disk_usage", "compare_folders", "find_files", "find_duplicates", "change_folder")
FILE_TOOLS = ("read", "count_text", "checksum", "edit", "delete_lines", "compare_files", "compare_lines")
MAKING = ("make_folder", "write", "save", "touch", "append")


class Filling(Enum):
    """What a name is that could be a file or a folder."""

    FILES = "files"
    FOLDERS = "folders"
    EMPTY = "empty folders"


class Tree:
    """Files below `work`, the working folder; absolute paths of a plan lie below `bounds` already.

    `words` are those of the command: what it names itself is near by, whatever the plan made of it.
    """

    def __init__(self, bounds: str, work: str, filling: Filling, words: Sequence[str]) -> None:
        self._bounds, self._work, self._filling = bounds, work, filling
        self._near = tuple(near(words))
        self._random = random.Random(" ".join(words))
        self._now = time.time()
        self._own: list[str] = []
        self._count = 0
        self._mode = 0o640
        self._owner: str | None = None
        self._moving = self._named_folders = self._sorted = False

    def build(self, plan: BoundPlan) -> None:
        """Make what the plan speaks of."""
        calls = [call for step in plan.steps for call in step.calls]
        modes = [str(call.arguments["mode"]) for call in calls if call.tool.name == "set_permissions"]
        self._mode = 0o604 if any("640" in mode or "=" in mode for mode in modes) else 0o640
        self._owner = "nobody" if any(call.tool.name == "set_owner" for call in calls) else None
        self._moving = any(call.tool.name in ("copy", "move") for call in calls)
        self._named_folders = len(calls) == 1 or all(call.tool.area == "rows" for call in calls[1:])
        self._own = [line for call in calls for line in _lines_for(call)]
        self._sorted = any(call.tool.name == "compare_lines" for call in calls)
        umask = os.umask(0o072 if any("750" in mode or "=" in mode for mode in modes) else 0o027)
        try:
            self._build(calls)
        finally:
            os.umask(umask)

    def _build(self, calls: list[BoundCall]) -> None:
        kept = [str(call.arguments["pattern"]) for call in calls if call.tool.name == "keep"]
        self._ambient(".")
        for call in calls:
            if call.tool.name == "find_files":
                self._for_find(call.arguments, [name for pattern in kept for name in texts_for(pattern)])
            else:
                self._for_paths(call)

    def _at(self, path: str) -> str:
        """Where a path of the plan is. Raises NotTranslated where that is outside: nothing is made there."""
        full = os.path.join(self._work, os.path.expanduser(path))
        if not f"{os.path.normpath(full)}/".startswith(self._bounds + "/"):
            raise NotTranslated("a path outside the trial's folder")
        return full

    def _ambient(self, folder: str) -> None:
        for name in AMBIENT:
            self._file(os.path.join(folder, name), Facts())
        self._folder(os.path.join(folder, "hollow"), Facts())

    def _for_find(self, arguments: Mapping[str, Argument], kept: list[str]) -> None:
        for folder in (name for start in _texts(arguments["folder"]) for name in names_for(start)):
            self._folder(folder, Facts())
            self._ambient(folder)
            self._matching(folder, arguments)
            self._beside(folder, arguments, kept)
        newer = arguments.get("newer_than_file")
        if isinstance(newer, str):
            self._file(newer, Facts(age=3 * 3600))

    def _matching(self, folder: str, arguments: Mapping[str, Argument]) -> None:
        """Names that match, at every depth, with every mix of facts that matters. What is moved must differ in name."""
        fixed = _names(arguments) == _names(arguments, "x")
        make = self._folder if arguments["kind"] == "folder" else self._file
        for at, facts in enumerate(variants(arguments, self._now, self._near)):
            for level, depth in enumerate(("", f"v{at}", f"v{at}/w", f"v{at}/w/u")):
                if self._moving and fixed and (at or depth):
                    continue
                for name in _names(arguments, f"-{at}{level}" if self._moving or not depth else ""):
                    make(os.path.join(folder, depth, name), facts)
                if arguments["empty"]:  # or the folders above become empty in their turn
                    self._file(os.path.join(folder, depth, "keep.txt"), Facts())

    def _beside(self, folder: str, arguments: Mapping[str, Argument], kept: list[str]) -> None:
        """Names that nearly match, and what is to be left out, with the facts that match."""
        facts = next(variants(arguments, self._now))
        names = _names(arguments)
        beside = [near for name in names for near in (f"{name}.orig", f"x{name}", f"case/{name.swapcase()}")]
        beside += [
            near for name in kept for near in (name, f"{name}-{names[0]}", os.path.join(name.strip("/"), names[0]))
        ]
        beside += [f"{name}/{names[0]}" for pattern in _texts(arguments["exclude"]) for name in names_for(pattern)]
        beside += [name for pattern in _texts(arguments["not_name"]) for name in names_for(pattern)]
        paths = [name for pattern in _texts(arguments["path"]) for name in names_for(pattern.removeprefix("*/"))]
        beside += [path.removeprefix(folder + "/") for path in paths]
        beside += [".hidden", ".cache/inside.txt"] if arguments["hidden"] is not None else []
        for name in beside:
            self._file(os.path.join(folder, name), facts)
        if arguments["kind"] == "link" or arguments["broken"]:
            self._links(folder, names[0])
        if (self._named_folders or arguments["kind"] is not None) and not self._moving:
            for name in names:
                self._folder(os.path.join(folder, "kinds", "a", name), facts)
                self._file(os.path.join(folder, "kinds", "a", "keep.txt"), Facts())
                self._file(os.path.join(folder, "kinds", "b", name, "inside.txt"), facts)

    def _links(self, folder: str, name: str) -> None:
        self._folder(os.path.join(folder, "links"), Facts())
        for link, target in ((name, "../readme.md"), ("gone-" + name, "nowhere")):
            path = self._at(os.path.join(folder, "links", link))
            if not os.path.lexists(path):
                os.symlink(target, path)

    def _for_paths(self, call: BoundCall) -> None:
        for parameter in call.tool.parameters:
            if parameter.kind.name not in ("path", "paths", "folder"):
                continue
            values = _texts(call.arguments[parameter.name])
            for value in values:
                self._named(call, parameter.name, value)
            if "." in values or "*" in values:
                self._searched(".", call)

    def _named(self, call: BoundCall, name: str, value: str) -> None:
        if value in (".", "*"):
            return
        if name in ("to", "link") or call.tool.name in MAKING:
            self._goal(call, value)
            return
        for path in names_for(value):
            if self._is_folder(call, path):
                self._folder(path, Facts())
                if self._filling is not Filling.EMPTY:
                    self._ambient(path)
                    self._searched(path, call)
            else:
                self._file(path, Facts())

    def _searched(self, folder: str, call: BoundCall) -> None:
        """Files of the names that a search in a folder asks for."""
        for name in (name for pattern in _texts(call.arguments.get("name", ())) for name in names_for(pattern)):
            self._file(os.path.join(folder, name), Facts())
            self._file(os.path.join(folder, "sub", name), Facts())

    def _is_folder(self, call: BoundCall, path: str) -> bool:
        if os.path.isdir(self._at(path)) or call.tool.name in FOLDER_TOOLS or path.endswith("/"):
            return True
        ending = re.search(r"[^/.]\.\w+$", path) is not None
        return not ending and call.tool.name not in FILE_TOOLS and self._filling is not Filling.FILES

    def _goal(self, call: BoundCall, value: str) -> None:
        """Where something is to be put: the folder above is there, and the folder itself where it must be one."""
        self._folder(os.path.dirname(value.rstrip("/")) or ".", Facts())
        tool, folders = call.tool.name, self._filling is not Filling.FILES
        into = (tool == "make_link" and folders) or (
            tool in ("copy", "move") and (folders or value.endswith("/") or not call.arguments["paths"])
        )
        if into or tool == "change_folder":
            self._folder(value, Facts())
        elif tool == "append" or (tool == "save" and call.arguments["append"]) or (tool == "touch" and folders):
            self._file(value, Facts())

    def _folder(self, path: str, facts: Facts) -> None:
        full = self._at(path)
        if os.path.lexists(full):
            return
        os.makedirs(full, exist_ok=True)
        self._dress(full, facts)

    def _file(self, path: str, facts: Facts) -> None:
        full = self._at(path)
        if os.path.lexists(full) or path.endswith("/"):
            return
        try:
            os.makedirs(os.path.dirname(full), exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # a part of the path is a file: it is left out
            return
        if facts.size is not None:
            with open(full, "wb") as file:
                file.truncate(min(facts.size, LARGEST))
        else:
            self._fill(full)
        self._dress(full, facts)

    def _dress(self, full: str, facts: Facts) -> None:
        if facts.mode is not None or not os.path.isdir(full):
            os.chmod(full, self._mode if facts.mode is None else facts.mode)
        owner = facts.owner or self._owner
        with suppress(KeyError, PermissionError):  # no such user, or not ours to give: it stays as it is
            os.chown(full, -1 if owner is None else _uid(owner), -1 if facts.group is None else _gid(facts.group))
        self._count += 1  # no two files of one age: the newest must be one
        moment = self._now - facts.age - self._count * 0.01
        os.utime(full, (moment, moment))

    def _fill(self, full: str) -> None:
        if full.endswith((".zip", ".jar")):
            with zipfile.ZipFile(full, "w") as packed:
                packed.writestr("packed/first.md", "hello\n")
        elif re.search(r"\.(tar(\.\w+)?|tgz|tbz2?|txz)$", full):
            self._tar(full)
        else:
            data = ("\n".join(self._some_lines(full)) + "\n").encode()
            with open(full, "wb") as file:
                file.write(_packer(full)(data))

    def _tar(self, full: str) -> None:
        inside = os.path.join(self._bounds, "hello")
        with open(inside, "w", encoding="utf-8") as file:
            file.write("hello\n")
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            tar.add(inside, "packed/first.md")
        with open(full, "wb") as archive:
            archive.write(_packer(full)(packed.getvalue()))

    def _some_lines(self, full: str) -> list[str]:
        """Lines of all sorts, and in most files those that the plan looks for."""
        own = [] if "one-two" in full or "/w/" in full else self._own
        lines = [*self._random.sample(LINES, self._random.randint(8, 14)), *own, *own[:1]]
        return sorted(set(lines)) if self._sorted else lines  # comm wants them so


def _packer(path: str) -> Callable[[bytes], bytes]:
    """What packs a file of this name; nothing for most."""
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "z2": bz2.compress, "xz": lzma.compress}
    return packers.get(path[-2:], bytes)


def _texts(value: Argument) -> list[str]:
    items = value if isinstance(value, tuple) else (value,)
    return [item for item in items if isinstance(item, str) and item]


def _lines_for(call: BoundCall) -> Iterator[str]:
    """Lines that a call would find, and the same in other letters and inside a word."""
    for name in ("pattern", "old", "matching"):
        value = call.arguments.get(name)
        if isinstance(value, str):
            plain = call.arguments.get("fixed") or (name == "old" and not call.arguments.get("regex"))
            for text in [value] if plain else texts_for(value):
                yield from (text, f"see {text} here {text}", text.upper(), text.lower(), f"un{text.strip()}ed")
    separator = call.arguments.get("separator")
    if isinstance(separator, str) and separator:
        yield separator.join(("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"))


def _names(arguments: Mapping[str, Argument], fill: str = "") -> list[str]:
    found = [name for pattern in _texts(arguments["name"]) for name in names_for(pattern, fill)]
    if isinstance(arguments["regex"], str):
        found.extend(texts_for(arguments["regex"]))
    return [name.lstrip("/") for name in found] or [f"plain{fill}.txt", f"other{fill}.log"]


def _uid(name: str) -> int:
    return int(name) if name.isdecimal() else pwd.getpwnam(name).pw_uid


def _gid(name: str) -> int:
    return int(name) if name.isdecimal() else grp.getgrnam(name).gr_gid
