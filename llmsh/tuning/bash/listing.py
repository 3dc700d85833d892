"""Programs that tell of files without changing them: ls, du, stat, file, md5sum, diff and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from llmsh.tuning.bash.flow import Flow, Given, Kind, Look, Translator, names_of, paths_of, read_options
from llmsh.tuning.bash.parse import NotTranslated, Word

FORMATS = {
    "%a": "mode", "%A": "permissions", "%U": "owner", "%G": "group", "%s": "size", "%y": "modified", "%Y": "modified",
    "%n": "path", "%N": "path", "%h": "links", "%i": "inode", "%x": "accessed", "%z": "changed", "%X": "accessed",
}  # fmt: skip
LONG = ("permissions", "links", "owner", "group", "size", "modified", "modified", "modified", "path")
"""The columns of ls -l, as awk and sort count them."""


def ls(words: Sequence[Word], flow: Flow) -> Flow:
    """The contents of folders, or the details of files that are named."""
    given = read_options("ls", words, "lahAtrS1FGdgopBnQ", "", "all:a almost-all:A human-readable:h reverse:r color:G")
    detailed = given.has("l", "g", "o", "n")
    columns = LONG if detailed else ()
    if any(word.given for word in given.rest):
        if len(given.rest) > 1:
            raise NotTranslated("ls: files by name beside those of the pipe")
        kept = (
            flow.then("file_info", kind=Kind.ROWS, look=Look.NAMES, columns=columns)
            if detailed
            else replace(flow, look=Look.NAMES)
        )
        return _ordered(kept, given)
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated("ls: in a pipe")
    names = names_of("ls", given.rest)
    patterns = [word for word in given.rest if word.pattern]
    if given.has("d") and names == ("*/",):
        return Flow().then("list_files", kind=Kind.PATHS, look=Look.NAMES, kind_="folder")
    if patterns and (len(patterns) != len(names) or not given.has("d")) and any("." not in name for name in names):
        raise NotTranslated("ls: a pattern that may be folders")
    if given.has("d") and not patterns:
        return flow.then("file_info", names, kind=Kind.ROWS, look=Look.NAMES)
    shown = () if names == (".",) else names
    hidden = given.has("a", "A")
    listed = Flow().then("list_files", shown, kind=Kind.PATHS, look=Look.NAMES, columns=columns, hidden=hidden)
    return _ordered(listed, given)


def _ordered(flow: Flow, given: Given) -> Flow:
    backwards = given.has("r")
    if given.has("t", "S"):
        column = "modified" if given.has("t") else "size"
        return flow.then("sort", column, kind=flow.kind, look=flow.look, columns=flow.columns, descending=not backwards)
    return flow.then("reverse", kind=flow.kind, look=flow.look, columns=flow.columns) if backwards else flow


def du(words: Sequence[Word], flow: Flow) -> Flow:
    """How much space folders take."""
    given = read_options(
        "du", words, "shackbmxlL0", "d", "summarize:s human-readable:h all:a max-depth=:d total:c bytes:b"
        " apparent-size:b one-file-system:x exclude=:X"
    )  # fmt: skip
    if given.has("l", "L"):
        raise NotTranslated("du: links")
    paths = paths_of("du", given.rest, flow) if given.rest else ()
    if not given.rest and flow.kind is not Kind.NOTHING:
        raise NotTranslated("du: in a pipe")
    depth = given.number("d")
    every = not given.has("s") and depth is None and not given.has("a")
    if every and not (flow.calls and not paths):
        depth = 99
    done = flow.then(
        "disk_usage", () if paths == (".",) else paths, kind=Kind.ROWS, look=Look.SIZES, columns=("size", "path"),
        depth=depth or None, files=given.has("a"), exclude=given.options.get("X"), same_disk=given.has("x"),
    )  # fmt: skip
    if depth == 99:
        raise NotTranslated("du: every folder below, at any depth")
    return done.then("sum", kind=Kind.ROWS, look=Look.RUNS) if given.has("c") and not paths and flow.calls else done


def stat(words: Sequence[Word], flow: Flow) -> Flow:
    """What the file system knows of files."""
    given = read_options("stat", words, "L", "c", "format=:c printf=:c dereference:L")
    paths = paths_of("stat", given.rest, flow)
    done = flow.then("file_info", paths, kind=Kind.ROWS, look=Look.RUNS)
    if not given.has("c"):
        return done
    fields = given.options["c"].replace("\\n", "").replace(",", " ").split()
    if not fields or any(field not in FORMATS for field in fields):
        raise NotTranslated("stat: a format it does not know")
    columns = tuple(FORMATS[field] for field in fields)
    times = {"modified", "accessed", "changed"} & set(columns)
    look = Look.RUNS if times else Look.CELLS
    return done.then("select", columns, kind=Kind.ROWS, look=look, columns=columns)


def file(words: Sequence[Word], flow: Flow) -> Flow:
    """What kind of content files hold."""
    given = read_options("file", words, "biLsz", "", "brief:b mime:i mime-type:i")
    return flow.then("file_type", paths_of("file", given.rest, flow), kind=Kind.ROWS, look=Look.RUNS)


def _checksum(kind: str) -> Translator:
    def translate(words: Sequence[Word], flow: Flow) -> Flow:
        given = read_options("checksum", words, "cbt", "", "check:c binary:b")
        if given.has("c"):
            paths = paths_of("checksum", given.rest, flow)
            if len(paths) != 1:
                raise NotTranslated("checksum: several lists to check")
            return flow.then("check_checksums", paths[0], kind=Kind.ROWS, look=Look.RUNS)
        paths = paths_of("checksum", given.rest, flow)
        shown = None if kind == "sha256" else kind
        return flow.then("checksum", paths, kind=Kind.ROWS, look=Look.CELLS, columns=("checksum", "path"), kind_=shown)

    return translate


def tree(words: Sequence[Word], flow: Flow) -> Flow:
    """A folder drawn as a tree."""
    given = read_options("tree", words, "adfiphsugDFnCr", "LI")
    if given.has("f", "i") or flow.kind is not Kind.NOTHING:
        raise NotTranslated("tree: full paths")
    names = names_of("tree", given.rest)
    depth = given.number("L")
    exclude = tuple(given.options["I"].split("|")) if given.has("I") else ()
    return Flow().then(
        "tree", () if names == (".",) else names, kind=Kind.ROWS, look=Look.RUNS, depth=depth,
        hidden=given.has("a"), folders_only=given.has("d"), exclude=exclude,
    )  # fmt: skip


def diff(words: Sequence[Word], flow: Flow) -> Flow:
    """How two files or folders differ."""
    given = read_options(
        "diff", words, "ruNqwibcayB", "UCW", "recursive:r brief:q unified:u ignore-case:i ignore-all-space:w"
        " side-by-side:y new-file:N"
    )  # fmt: skip
    names = paths_of("diff", given.rest, flow)
    if len(names) != 2 or given.has("y", "c", "C", "b", "a", "B"):
        raise NotTranslated("diff: another form than lines added and taken away")
    if given.has("r"):
        return Flow().then("compare_folders", *names, kind=Kind.ROWS, look=Look.RUNS)
    if given.has("q"):
        raise NotTranslated("diff: -q")
    context = given.number("U")
    return Flow().then(
        "compare_files", *names, kind=Kind.LINES, look=Look.DIFFERENCES, context=None if context == 3 else context,
        ignore_space=given.has("w"), ignore_case=given.has("i"),
    )  # fmt: skip


def comm(words: Sequence[Word], flow: Flow) -> Flow:
    """The lines that two sorted files share."""
    given = read_options("comm", words, "123")
    names = paths_of("comm", given.rest, flow)
    shown = {"12": "both", "23": "first", "13": "second"}.get("".join(sorted(given.options)))
    if shown is None or len(names) != 2:
        raise NotTranslated("comm: several columns")
    return Flow().then(
        "compare_lines", *names, kind=Kind.LINES, look=Look.LINES, show=None if shown == "both" else shown
    )


def _select(program: str, column: str) -> Translator:
    def translate(words: Sequence[Word], flow: Flow) -> Flow:
        if not (len(words) == 1 and words[0].given):
            raise NotTranslated(f"{program}: of a text")
        return flow.then("select", column, kind=Kind.LINES, look=Look.LINES)

    return translate


def echo(words: Sequence[Word], flow: Flow) -> Flow:
    """Echo of what the pipe brings shows it."""
    if len(words) == 1 and words[0].given:
        return flow
    raise NotTranslated("echo: of a text")


def which(words: Sequence[Word], flow: Flow) -> Flow:
    """Where programs are."""
    given = read_options("which", words, "a", "", "all:a")
    if flow.kind is not Kind.NOTHING:
        raise NotTranslated("which: in a pipe")
    names = names_of("which", given.rest)
    return Flow().then("which", names, kind=Kind.PATHS, look=Look.RUNS, all=given.has("a"))


PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    "ls": ls, "du": du, "stat": stat, "file": file, "tree": tree, "diff": diff, "comm": comm, "echo": echo,
    "which": which, "md5sum": _checksum("md5"), "sha1sum": _checksum("sha1"), "sha256sum": _checksum("sha256"),
    "sha512sum": _checksum("sha512"), "basename": _select("basename", "name"), "dirname": _select("dirname", "folder"),
})  # fmt: skip
