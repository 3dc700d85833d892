"""Values for the slots of the grammar: drawn from lists, or made up from them, with the ways people say them.

The lists stand in `values/NAME.txt`. A kind is either one of the lists or a method here that composes its values.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from llmsh.tuning.amounts import age, column, count, day, line, line_range, number, port, row, size
from llmsh.tuning.values_file import Value, plain_value, read_values

LISTS = {
    "word": "words", "word2": "new_words", "regex": "regexes", "namepart": "name_parts", "procname": "processes",
    "host": "hosts", "user": "users", "group": "groups", "mode": "modes", "envvar": "envvars", "program": "programs",
    "branch": "branches", "message": "messages", "package": "packages", "text": "texts", "delimiter": "delimiters",
    "algorithm": "algorithms", "colname": "column_names", "newfolder": "new_folders",
}  # fmt: skip
"""Slot kinds whose values are drawn from a list as they stand."""

AMOUNTS: Mapping[str, Callable[[Random], Value]] = {
    "size": size, "age": age, "day": day, "count": count, "number": number, "line": line, "linerange": line_range,
    "column": column, "port": port, "pid": number, "row": row,
}  # fmt: skip

ENDINGS = {
    "textfile": "txt txt txt md md rst log csv tex ini conf py html",
    "csvfile": "csv csv csv csv tsv",
    "jsonfile": "json",
    "logfile": "log log log log txt out",
    "script": "sh sh sh py py pl rb js",
    "image": "png jpg jpg jpeg gif webp bmp svg",
    "archive": "zip zip tar.gz tar.gz tgz tar tar.xz tar.bz2 7z",
    "file": "txt txt txt md py py js json csv log log pdf docx xlsx html css c h cpp java go rs sh yml yaml toml ini"
    " conf xml sql png jpg zip tar.gz mp3 mp4 bak tmp dat ipynb svg tex pptx",
}
PATH_KINDS = ("file", "newfile", "folder", "subfolder", *ENDINGS)
"""Kinds whose values are names: said as they stand, or with the word for what they are."""


@dataclass(frozen=True)
class Slots:
    """Draws values by slot kind. `lists` are the values of each file of the folder `values`."""

    lists: Mapping[str, tuple[Value, ...]]

    @classmethod
    def load(cls) -> Slots:
        """The slots over the lists that ship with llmsh."""
        lists = read_values(os.path.join(os.path.dirname(__file__), "values"))
        return cls({name: tuple(_as_text(value) for value in values) for name, values in lists.items()})

    def knows(self, kind: str) -> bool:
        """Whether there is such a kind."""
        return kind in LISTS or kind in AMOUNTS or kind in self._makers()

    def kinds(self) -> list[str]:
        """The names of all kinds."""
        return sorted({*LISTS, *AMOUNTS, *self._makers()})

    def draw(self, kind: str, rng: Random) -> Value:
        """A value of a kind."""
        if kind in LISTS:
            return rng.choice(self.lists[LISTS[kind]])
        if kind in AMOUNTS:
            return AMOUNTS[kind](rng)
        return self._makers()[kind](rng)

    def _makers(self) -> dict[str, Callable[[Random], Value]]:
        makers: dict[str, Callable[[Random], Value]] = {
            "folder": self._folder, "subfolder": self._subfolder, "file": self._file, "newfile": self._new_file,
            "newarchive": self._new_archive, "newname": self._new_name, "name": self._name, "glob": self._glob,
            "ext": self._ext, "extnew": self._ext, "url": self._url,
        }  # fmt: skip
        return {**{kind: partial(self._file, kind=kind) for kind in ENDINGS}, **makers}

    def _folder(self, rng: Random) -> Value:
        here = Value(".", ("this folder", "the current folder", "this directory", "the current directory"),
                     ("当前目录", "当前文件夹", "这个目录", "这个文件夹"))  # fmt: skip
        return here if rng.random() < 0.35 else self._subfolder(rng)

    def _subfolder(self, rng: Random) -> Value:
        names = rng.choices(
            ("folders", "nested_folders", "absolute_folders", "home_folders"), (60, 14, 17, 9)
        )[0]  # fmt: skip
        value = rng.choice(self.lists[names])
        if names != "home_folders" and rng.random() < 0.04 and isinstance(value.plan, str):
            return plain_value(value.plan + "/")
        return value

    def _stem(self, rng: Random) -> str:
        stem = str(rng.choice(self.lists["stems"]).plan)
        style = rng.random()
        if style < 0.03:
            return stem.upper()
        if style < 0.07:
            return f"{stem}{rng.choice(('-', '_', ''))}{rng.randint(1, 30)}"
        if style < 0.10:
            return f"{rng.choice((2021, 2022, 2023, 2024))}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}-{stem}"
        return stem

    def _name(self, rng: Random, kind: str = "file") -> Value:
        return plain_value(f"{self._stem(rng)}.{rng.choice(ENDINGS[kind].split())}")

    def _file(self, rng: Random, kind: str = "file") -> Value:
        """Mostly a bare name; some below a folder, absolute, from the home folder or without an ending."""
        where = rng.random()
        if kind == "file" and where > 0.84:
            return rng.choice(self.lists["absolute_files" if where > 0.92 else "home_files"])
        name = str(self._name(rng, kind).plan)
        if where > 0.74:
            name = f"{str(self._subfolder(rng).plan).rstrip('/')}/{name}"
        return plain_value(name)

    def _new_file(self, rng: Random) -> Value:
        return self._file(rng, rng.choice(("textfile", "textfile", "csvfile", "jsonfile", "script", "logfile")))

    def _new_name(self, rng: Random) -> Value:
        return self._name(rng, rng.choice(("file", "textfile", "textfile")))

    def _new_archive(self, rng: Random) -> Value:
        return self._file(rng, "archive")

    def _ext(self, rng: Random) -> Value:
        ending = str(rng.choice(self.lists["extensions"]).plan)
        return Value(ending, (ending, "." + ending), (ending, "." + ending))

    def _glob(self, rng: Random) -> Value:
        style = rng.random()
        if style < 0.82:
            return glob_of(rng.choice(self.lists["extensions"]))
        if style < 0.94:
            return named_glob(str(rng.choice(self.lists["name_parts"]).plan), rng)
        stem = str(rng.choice(self.lists["name_parts"]).plan)
        pattern = f"{stem}{rng.choice(('_*', '-*', '?', '*'))}.{rng.choice(ENDINGS['file'].split())}"
        return Value(
            pattern, (f"{pattern} files", f"files matching {pattern}"), (f"{pattern}文件", f"匹配{pattern}的文件")
        )

    def _url(self, rng: Random) -> Value:
        folder = rng.choice(("", "", "files/", "data/", "pub/", "releases/v1.2/", "img/"))
        name = self._name(rng).plan
        name = str(name).replace(" ", "_")
        name = name if name.isascii() else "file.zip"
        return plain_value(
            f"{rng.choice(('https', 'https', 'http'))}://{rng.choice(self.lists['domains']).plan}/{folder}{name}"
        )


def _as_text(value: Value) -> Value:
    """Every value of a list is a text: 8080 is a word to search for, False one to write."""
    return replace(value, plan=str(value.plan))


def glob_of(extension: Value) -> Value:
    """All files of an ending: `*.py` and what they are called."""
    ending = str(extension.plan)
    english = (f".{ending} files", f"*.{ending} files", f"{ending} files", f"*.{ending}", f"files ending in .{ending}")
    chinese = (f"{ending}文件", f".{ending}文件", f"*.{ending}", f"*.{ending}文件", f"扩展名为{ending}的文件")
    # the nouns are what people say most
    return Value(f"*.{ending}", extension.en * 2 + english, extension.zh * 2 + chinese)


def named_glob(part: str, rng: Random) -> Value:
    """Files by a piece of their name: at its start, at its end or anywhere."""
    style = rng.choice(("start", "any", "any", "written"))
    if style == "start":
        english = (
            f"files starting with {part}",
            f"files whose name starts with {part}",
            f"files that begin with {part}",
        )
        return Value(
            f"{part}*", english, (f"以{part}开头的文件", f"名字以{part}开头的文件", f"文件名以{part}开头的文件")
        )
    if style == "any":
        english = (
            f"files with {part} in the name",
            f"files whose name contains {part}",
            f"files named something with {part}",
        )
        return Value(
            f"*{part}*", english, (f"名字里有{part}的文件", f"文件名包含{part}的文件", f"名字中带{part}的文件")
        )
    return Value(f"{part}*", (f"{part}* files", f"files matching {part}*"), (f"{part}*文件", f"匹配{part}*的文件"))
