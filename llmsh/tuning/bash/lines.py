"""Programs that read text: cat, head, tail, sort, uniq, wc, cut, tr and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from llmsh.tuning.bash.flow import Flow, Kind, Look, Translator, paths_of, read_options
from llmsh.tuning.bash.parse import NotTranslated, Word

ORDERING = frozenset(("sort", "largest", "smallest", "group", "reverse"))
COUNTED = {"l": "lines", "w": "words", "m": "characters", "c": "bytes"}


def source(program: str, words: Sequence[Word], flow: Flow) -> Flow:
    """The lines that a program reads: of the files it names, or what is in the pipe."""
    if words:
        paths = paths_of(program, words, flow)
        return flow.then("read", paths, kind=Kind.LINES, look=Look.LINES)
    if flow.kind in (Kind.NOTHING, Kind.DONE):
        raise NotTranslated(f"{program}: standard input")
    return flow


def cat(words: Sequence[Word], flow: Flow) -> Flow:
    """The text of files."""
    given = read_options("cat", words, "nuvetAsE")
    if given.has("v", "e", "t", "A", "E", "s"):
        raise NotTranslated("cat: signs made visible")
    flow = source("cat", given.rest, flow)
    if not given.has("n"):
        return flow
    if flow.last is not None and flow.last.tool == "read":
        call = replace(flow.last, options=(*flow.last.options, ("numbers", True)))
        return replace(flow, calls=(*flow.calls[:-1], call), look=Look.CELLS)
    return flow.then("number_lines", kind=Kind.LINES, look=Look.CELLS)


def pager(words: Sequence[Word], flow: Flow) -> Flow:
    """Less and more only show."""
    return source("less", [word for word in words if not word.text.startswith("-")], flow)


def head(words: Sequence[Word], flow: Flow) -> Flow:
    """The first lines."""
    count, rest = _how_many("head", words)
    if count.startswith("-"):
        return _cut_off(source("head", rest, flow), "skip", int(count[1:]), at_end=True)
    return _end("head", rest, flow, int(count.lstrip("+")))


def tail(words: Sequence[Word], flow: Flow) -> Flow:
    """The last lines."""
    count, rest = _how_many("tail", words)
    if count.startswith("+"):
        return _cut_off(source("tail", rest, flow), "skip", max(int(count[1:]) - 1, 0))
    return _end("tail", rest, flow, int(count.lstrip("-")))


def _how_many(program: str, words: Sequence[Word]) -> tuple[str, tuple[Word, ...]]:
    words = [Word("-n" + word.text[1:]) if re.fullmatch(r"-[0-9]+", word.text) else word for word in words]
    if program == "tail":
        words = [
            Word("-n" + word.text)
            if re.fullmatch(r"\+[0-9]+", word.text) and (not at or words[at - 1].text != "-n")
            else word
            for at, word in enumerate(words)
        ]
    given = read_options(program, words, "qz", "n", "lines=:n quiet:q")
    count = given.options.get("n", "10")
    if not re.fullmatch(r"[-+]?[0-9]+", count):
        raise NotTranslated(f"{program}: a number was expected")
    return count, given.rest


def _end(program: str, rest: tuple[Word, ...], flow: Flow, count: int) -> Flow:
    side = "first" if program == "head" else "last"
    if rest:
        paths = paths_of(program, rest, flow)
        if len(paths) > 1 or any(sign in path for path in paths for sign in "*?["):
            raise NotTranslated(f"{program}: several files with headings")
        kept = flow.then("read", paths, kind=Kind.LINES, look=Look.LINES)
        call = replace(kept.calls[-1], options=((side, count),))
        return replace(kept, calls=(*kept.calls[:-1], call))
    return _cut_off(source(program, rest, flow), side, count)


def _cut_off(flow: Flow, tool: str, count: int, *, at_end: bool = False) -> Flow:
    number = None if count == 1 else count
    tools = [call.tool for call in flow.calls]
    unsorted = tools[:1] in (["find_files"], ["search"], ["search_files"]) and not ORDERING & set(tools)
    look = Look.RUNS if unsorted and tool != "skip" else flow.look  # find gives files in the order of the disk
    return flow.then(tool, number, kind=flow.kind, look=look, columns=flow.columns, at_end=at_end)


def sort(words: Sequence[Word], flow: Flow) -> Flow:
    """sort, of lines and of columns."""
    given = read_options(
        "sort", words, "rnufbhgVz", "kt", "reverse:r numeric-sort:n unique:u ignore-case:f key=:k human-numeric-sort:h"
    )
    if given.has("t", "V", "g"):
        raise NotTranslated("sort: by fields with a separator, or by version")
    flow = source("sort", given.rest, flow)
    keys = re.fullmatch(r"([0-9]+)(?:,\1)?([nrbh]*)(?:,[0-9]+)?[nr]*", given.options.get("k", "1"))
    if keys is None:
        raise NotTranslated("sort: by several keys")
    descending = given.has("r") or "r" in keys[2]
    numeric = given.has("n", "h") or bool(set(keys[2]) & set("nh"))
    if flow.columns:
        column = _column("sort", flow, int(keys[1]))
        numbers = column in ("size", "count", "modified", "accessed", "changed", "links", "inode")
        flow = flow.then(
            "sort", column, kind=flow.kind, look=flow.look, columns=flow.columns, descending=descending,
            numeric=numeric and not numbers,
        )  # fmt: skip
    else:
        by = keys[1] if given.has("k") else None
        flow = flow.then("sort", by, kind=flow.kind, descending=descending, numeric=numeric, ignore_case=given.has("f"))
    return flow.then("unique", kind=flow.kind, columns=flow.columns) if given.has("u") else flow


def _column(program: str, flow: Flow, number: int) -> str:
    if not 1 <= number <= len(flow.columns):
        raise NotTranslated(f"{program}: there is no such column")
    return flow.columns[number - 1]


def uniq(words: Sequence[Word], flow: Flow) -> Flow:
    """uniq, whose input is taken to be sorted."""
    given = read_options("uniq", words, "cdui", "", "count:c repeated:d unique:u ignore-case:i")
    flow = source("uniq", given.rest, flow)
    if flow.columns:
        raise NotTranslated("uniq: of a table")
    if flow.last is not None and flow.last.tool == "sort" and (given.has("c") or not flow.last.options):
        flow = flow.without_last()
    if given.has("c"):
        if given.has("d", "u", "i"):
            raise NotTranslated("uniq: -c with -d or -u")
        return flow.then("group", kind=Kind.ROWS, look=Look.CELLS, columns=("count", "line"))
    only = "repeated" if given.has("d") else "once" if given.has("u") else None
    return flow.then("unique", kind=flow.kind, only=only, ignore_case=given.has("i"))


def wc(words: Sequence[Word], flow: Flow) -> Flow:
    """How many lines, words, characters or bytes."""
    given = read_options("wc", words, "lwmc", "", "lines:l words:w chars:m bytes:c")
    if len(given.options) != 1:
        raise NotTranslated("wc: several counts at once")
    what = COUNTED[next(iter(given.options))]
    shown = None if what == "lines" else what
    if not given.rest:
        flow = source("wc", (), flow)
        if what == "lines":
            return flow.then("count", kind=Kind.ROWS, look=Look.LINES)
        if flow.columns:
            raise NotTranslated("wc: of a table")
        return flow.then("measure", shown, kind=Kind.ROWS, look=Look.LINES)
    paths = paths_of("wc", given.rest, flow)
    one = len(paths) == 1 and not any(sign in paths[0] for sign in "*?[")
    tool, look = ("count_text", Look.NUMBER) if one else ("count_each", Look.CELLS)
    columns = () if one else ("count", "path")
    return flow.then(tool, paths, kind=Kind.ROWS, look=look, columns=columns, what=shown)


def cut(words: Sequence[Word], flow: Flow) -> Flow:
    """Fields or characters."""
    given = read_options("cut", words, "s", "dfcb", "delimiter=:d fields=:f characters=:c")
    flow = source("cut", given.rest, flow)
    if given.has("c", "b"):
        return flow.then("cut", given.options.get("c") or given.options["b"], kind=Kind.LINES, by="characters")
    fields = given.options.get("f", "")
    if not re.fullmatch(r"[0-9]+(-[0-9]*)?(,[0-9]+(-[0-9]*)?)*", fields):
        raise NotTranslated("cut: fields it does not know")
    if flow.columns:
        return _of_columns(flow, fields)
    return flow.then("cut", fields, kind=Kind.LINES, separator=given.options.get("d", "\t"))


def _of_columns(flow: Flow, fields: str) -> Flow:
    found = re.fullmatch(r"([0-9]+)(-?)", fields)
    if found is None:
        raise NotTranslated("cut: several columns of a table")
    number = int(found[1])
    if found[2] and number != len(flow.columns):
        raise NotTranslated("cut: several columns of a table")
    return only_column(flow, _column("cut", flow, number))


def only_column(flow: Flow, column: str) -> Flow:
    """One column of a table; the select that made the others is not needed any more."""
    calls = list(flow.calls)
    if column == "path":
        calls = [call for call in calls if call.tool != "select"]
        if (calls and calls[0].tool in ("find_files", "list_files")) or not calls:
            return Flow(tuple(calls), Kind.PATHS, Look.LINES)
    return Flow(tuple(calls), Kind.LINES, flow.look).then("select", column, kind=Kind.LINES, look=Look.LINES)


def tr(words: Sequence[Word], flow: Flow) -> Flow:
    """Letters for letters, where that is one of the ordinary ways."""
    given = read_options("tr", words, "dsc", "", "delete:d squeeze-repeats:s")
    sets = [_signs(word.text) for word in given.rest]
    if flow.kind is Kind.NOTHING or flow.columns:
        raise NotTranslated("tr: standard input")
    if given.has("c"):
        raise NotTranslated("tr: all other signs")
    if given.has("d") and len(sets) == 1 and len(sets[0]) == 1:
        if sets[0] == "\n":
            return flow.then("join_lines", "", kind=Kind.LINES)
        return flow.then("replace", sets[0], kind=Kind.LINES)
    if given.has("s") and len(sets) == 1 and len(sets[0]) == 1 and sets[0] != "\n":
        return flow.then("replace", f"{re.escape(sets[0])}+", sets[0], kind=Kind.LINES, regex=True)
    if given.options or len(sets) != 2:
        raise NotTranslated("tr: -d or -s with several signs")
    return _letters(flow, *sets)


def _letters(flow: Flow, old: str, new: str) -> Flow:
    small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if (old, new) == (small, large):
        return flow.then("upper", kind=Kind.LINES)
    if (old, new) == (large, small):
        return flow.then("lower", kind=Kind.LINES)
    if len(old) != 1 or len(new) != 1:
        raise NotTranslated("tr: several signs at once")
    if new == "\0":  # for xargs -0: the files stay what they are
        return flow
    if old == "\n":
        return flow.then("join_lines", None if new == " " else new, kind=Kind.LINES)
    if new == "\n":
        return flow.then("split", None if old == " " else old, kind=Kind.LINES)
    return flow.then("replace", old, new, kind=Kind.LINES)


def _signs(text: str) -> str:
    known = {"[:upper:]": "A-Z", "[:lower:]": "a-z", "[A-Z]": "A-Z", "[a-z]": "a-z", "[:space:]": " ", "[:blank:]": " "}
    text = known.get(text, text)
    text = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0").replace("\\000", "\0")
    text = re.sub(r"\\(.)", r"\1", text)
    spans = {"A-Z": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a-z": "abcdefghijklmnopqrstuvwxyz", "0-9": "0123456789"}
    return spans.get(text, text)


def _plain(tool: str, program: str) -> Translator:
    def translate(words: Sequence[Word], flow: Flow) -> Flow:
        flow = source(program, words, flow)
        return flow.then(tool, kind=flow.kind, columns=flow.columns)

    return translate


def nl(words: Sequence[Word], flow: Flow) -> Flow:
    """Numbers before lines."""
    given = read_options("nl", words, "", "b")
    return cat([Word("-n"), *given.rest], flow)


def paste(words: Sequence[Word], flow: Flow) -> Flow:
    """All lines in one; several files side by side have no tool."""
    given = read_options("paste", words, "s", "d", "serial:s delimiters=:d")
    rest = tuple(word for word in given.rest if word.text != "-")
    if not given.has("s") or len(rest) > 1:
        raise NotTranslated("paste: files side by side")
    separator = given.options.get("d", "\t").replace("\\n", "\n").replace("\\t", "\t")
    return source("paste", rest, flow).then("join_lines", None if separator == " " else separator, kind=Kind.LINES)


def fold(words: Sequence[Word], flow: Flow) -> Flow:
    """Lines of a certain width."""
    given = read_options("fold", words, "s", "w", "width=:w spaces:s")
    if not given.has("s"):
        raise NotTranslated("fold: inside words")
    width = given.number("w")
    return source("fold", given.rest, flow).then("wrap", None if width == 80 else width, kind=Kind.LINES)


def shuf(words: Sequence[Word], flow: Flow) -> Flow:
    """Lines in a random order."""
    given = read_options("shuf", words, "", "n", "head-count=:n")
    flow = source("shuf", given.rest, flow).then("shuffle", kind=flow.kind or Kind.LINES)
    if not given.has("n"):
        return flow
    return _cut_off(replace(flow, look=Look.RUNS), "first", given.number("n") or 1)


PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    "cat": cat, "less": pager, "more": pager, "head": head, "tail": tail, "sort": sort, "uniq": uniq, "wc": wc,
    "cut": cut, "tr": tr, "nl": nl, "paste": paste, "fold": fold, "shuf": shuf,
    "rev": _plain("reverse_text", "rev"), "tac": _plain("reverse", "tac"), "zcat": cat, "bzcat": cat, "xzcat": cat,
})  # fmt: skip
