"""The one-line sed and awk programs that have a tool of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from llmsh.tuning.bash.flow import Flow, Given, Kind, Look, Translator, paths_of, read_options
from llmsh.tuning.bash.lines import only_column, source
from llmsh.tuning.bash.parse import GIVEN, NotTranslated, Word
from llmsh.tuning.bash.patterns import from_basic, from_extended, is_plain

SUM = re.compile(
    r"(?:BEGIN ?\{ ?\w+ ?= ?0 ?;? ?\} ?)?\{ ?(\w+) ?\+= ?\$([0-9]+|NF) ?;? ?\} ?"
    r"END ?\{ ?print \1(?: ?\+ ?0)? ?;? ?\}"
)
SUBSTITUTE = re.compile(
    r"s(?P<mark>[/|#,@:!;])(?P<old>(?:\\.|(?!(?P=mark)).)+)(?P=mark)(?P<new>(?:\\.|(?!(?P=mark)).)*)(?P=mark)(?P<how>[gI]*)"
)


def sed(words: Sequence[Word], flow: Flow) -> Flow:
    """s///, and lines printed or deleted by number or pattern."""
    words = [Word("-i") if re.fullmatch(r"-i''|--in-place", word.text) else word for word in words]
    given = read_options("sed", words, "nirE", "e", "quiet:n regexp-extended:E expression=:e")
    rest = list(given.rest)
    script = given.options["e"] if given.has("e") else rest.pop(0).text if rest else ""
    script = script.strip().rstrip(";")
    if found := SUBSTITUTE.fullmatch(script):
        if given.has("n"):
            raise NotTranslated("sed: -n with s///")
        return _substitute(found, tuple(rest), flow, given)
    if given.has("i"):
        return _delete_lines(script, tuple(rest), flow)
    return _lines(script, tuple(rest), flow, quiet=given.has("n"), extended=given.has("r", "E"))


def _substitute(found: re.Match[str], rest: tuple[Word, ...], flow: Flow, given: Given) -> Flow:
    mark, old, new = found["mark"], found["old"], found["new"]
    old, new = old.replace("\\" + mark, mark), new.replace("\\" + mark, mark)
    plain = re.sub(r"\\([./*\[\]$^])", r"\1", old)
    literal = is_plain(re.sub(r"\\[./*\[\]$^]", "", old)) or (not given.has("r", "E") and is_plain(
        re.sub(r"\\[./*\[\]$^]|[+?(){}|]", "", old)))  # fmt: skip
    if re.search(r"(?<!\\)&", new) or re.search(r"\\[nULult]", new):
        raise NotTranslated("sed: & or case in the new text")
    how: dict[str, Any] = {"ignore_case": "I" in found["how"], "first_only": "g" not in found["how"]}
    if literal:
        old, new = plain, re.sub(r"\\(.)", r"\1", new)
    else:
        old = from_extended(old) if given.has("r", "E") else from_basic(old)
        how["regex"] = True
        if old.startswith("^") or old.endswith("$"):
            how["first_only"] = False
    if given.has("i"):
        how["first_only"] = False  # in a file every place is meant, and edit's first_only is one place in a file
        paths = paths_of("sed", rest, flow)
        return flow.then("edit", paths, kind=Kind.DONE, look=Look.CHANGE, old=old, new=new or None, **how)
    return source("sed", rest, flow).then("replace", old, new or None, kind=Kind.LINES, look=Look.LINES, **how)


def _delete_lines(script: str, rest: tuple[Word, ...], flow: Flow) -> Flow:
    paths = paths_of("sed", rest, flow)
    if found := re.fullmatch(r"([0-9]+)(?:,([0-9]+|\$))?d", script):
        last = "" if found[2] is None else "-" + found[2].replace("$", "")
        return flow.then("delete_lines", paths, kind=Kind.DONE, look=Look.CHANGE, lines=found[1] + last)
    if script == "$d":
        return flow.then("delete_lines", paths, kind=Kind.DONE, look=Look.CHANGE, lines="-1")
    if found := re.fullmatch(r"/((?:\\.|[^/])+)/(I?)d", script):
        pattern = from_basic(found[1].replace("\\/", "/"))
        ignore = bool(found[2])
        return flow.then("delete_lines", paths, kind=Kind.DONE, look=Look.CHANGE, matching=pattern, ignore_case=ignore)
    raise NotTranslated("sed: a script for -i that is more than s/// or d")


def _lines(script: str, rest: tuple[Word, ...], flow: Flow, *, quiet: bool, extended: bool) -> Flow:
    if found := re.fullmatch(r"/((?:\\.|[^/])+)/(I?)([pd])", script):
        if quiet is (found[3] == "d"):
            raise NotTranslated("sed: lines printed twice")
        written = found[1].replace("\\/", "/")
        pattern = from_extended(written) if extended else from_basic(written)
        tool = "drop" if found[3] == "d" else "keep"
        return source("sed", rest, flow).then(tool, pattern, kind=Kind.LINES, ignore_case=bool(found[2]))
    if found := re.fullmatch(r"([0-9]+)(?:,([0-9]+|\$))?p", script):
        if not quiet:
            raise NotTranslated("sed: lines printed twice")
        return _between(int(found[1]), found[2], rest, flow)
    if found := re.fullmatch(r"1,?([0-9]*)d", script):
        return _skipped(int(found[1] or 1), rest, flow)
    if script == "$d":
        return source("sed", rest, flow).then("skip", kind=flow.kind, at_end=True)
    if script == "$p" and quiet:
        return _between(-1, None, rest, flow)
    if found := re.fullmatch(r"([0-9]+)q", script):
        return _between(1, found[1], rest, flow)
    raise NotTranslated("sed: a script that is more than s///, p or d")


def _between(first: int, last: str | None, rest: tuple[Word, ...], flow: Flow) -> Flow:
    span = str(first) if last is None else f"{first}-{last.replace('$', '')}"
    if rest:
        paths = paths_of("sed", rest, flow)
        if first == -1:
            return flow.then("read", paths, kind=Kind.LINES, look=Look.LINES, last=1)
        return flow.then("read", paths, kind=Kind.LINES, look=Look.LINES, lines=span)
    flow = source("sed", rest, flow)
    if first == -1:
        return flow.then("last", kind=flow.kind)
    if first > 1:
        flow = flow.then("skip", None if first == 2 else first - 1, kind=flow.kind)
    if last == "$":
        return flow
    count = 1 if last is None else int(last) - first + 1
    return flow.then("first", None if count == 1 else count, kind=flow.kind)


def _skipped(count: int, rest: tuple[Word, ...], flow: Flow) -> Flow:
    if rest:
        paths = paths_of("sed", rest, flow)
        return flow.then("read", paths, kind=Kind.LINES, look=Look.LINES, lines=f"{count + 1}-")
    flow = source("sed", rest, flow)
    return flow.then("skip", None if count == 1 else count, kind=flow.kind, look=flow.look, columns=flow.columns)


def awk(words: Sequence[Word], flow: Flow) -> Flow:
    """Fields printed, numbers added up, lines kept by pattern or number."""
    given = read_options("awk", words, "", "F")
    rest = list(given.rest)
    if not rest:
        raise NotTranslated("awk: no program")
    script = re.sub(r"\s+", " ", rest.pop(0).text).strip().rstrip(";").strip()
    lines = source("awk", rest, flow)
    separator = given.options.get("F")
    if separator is not None:
        separator = separator.strip("\"'").replace("\\t", "\t").replace("\\|", "|")
        if len(separator) != 1:
            raise NotTranslated("awk: a separator that is a pattern")
    if found := re.fullmatch(r"\{ ?print ((?:\$(?:[0-9]+|NF)(?:, ?| )?)+);? ?\}", script):
        return _fields(re.findall(r"\$([0-9]+|NF)", found[1]), lines, separator)
    if found := SUM.fullmatch(script):
        return _total(found[2], lines, separator)
    if separator is None and not lines.columns:
        return _chosen(script, lines)
    raise NotTranslated("awk: a longer program")


def _fields(fields: list[str], flow: Flow, separator: str | None) -> Flow:
    if fields == ["0"]:
        return flow
    if flow.columns:
        if len(fields) != 1:
            raise NotTranslated("awk: several columns of a table")
        number = len(flow.columns) if fields[0] == "NF" else int(fields[0])
        if not 1 <= number <= len(flow.columns):
            raise NotTranslated("awk: there is no such column")
        return only_column(flow, flow.columns[number - 1])
    shown = ",".join("-1" if field == "NF" else field for field in fields)
    look = Look.LINES if len(fields) == 1 else Look.CELLS
    if separator in (None, " "):
        return flow.then("cut", shown, kind=Kind.LINES, look=look)
    return flow.then("cut", shown, kind=Kind.LINES, look=look, separator=separator)


def _total(field: str, flow: Flow, separator: str | None) -> Flow:
    if field == "NF":
        field = str(len(flow.columns)) if flow.columns else "-1"
    number = int(field)
    if flow.columns:
        if not 1 <= number <= len(flow.columns):
            raise NotTranslated("awk: there is no such column")
        return flow.then("sum", flow.columns[number - 1], kind=Kind.ROWS, look=Look.LINES)
    if separator not in (None, " "):
        flow = flow.then("cut", field, kind=Kind.LINES, separator=separator)
        return flow.then("sum", kind=Kind.ROWS, look=Look.LINES)
    if number < 1:
        return flow.then("cut", field, kind=Kind.LINES).then("sum", kind=Kind.ROWS, look=Look.LINES)
    return flow.then("sum", str(number), kind=Kind.ROWS, look=Look.LINES)


def _chosen(script: str, flow: Flow) -> Flow:
    if script == "END ?{ ?print NR ?}" or re.fullmatch(r"END ?\{ ?print NR ?\}", script):
        return flow.then("count", kind=Kind.ROWS, look=Look.LINES)
    if found := re.fullmatch(r"NR ?== ?([0-9]+)(?: ?\{ ?print(?: \$0)? ?\})?", script):
        return _between(int(found[1]), None, (), flow)
    if found := re.fullmatch(r"NR ?> ?([0-9]+)(?: ?\{ ?print(?: \$0)? ?\})?", script):
        return _skipped(int(found[1]), (), flow)
    if found := re.fullmatch(
        r"length(?:\(\$0\)|\(\)|\(\))? ?(>|<|>=|<=) ?([0-9]+)(?: ?\{ ?print(?: \$0)? ?\})?", script
    ):
        return flow.then("where", "length", found[1], found[2], kind=flow.kind)
    if found := re.fullmatch(r"(!?) ?/((?:\\.|[^/])+)/(?: ?\{ ?print(?: \$0)? ?\})?", script):
        pattern = from_extended(found[2].replace("\\/", "/"))
        return flow.then("drop" if found[1] else "keep", pattern, kind=flow.kind)
    if found := re.fullmatch(r"\$([0-9]+) ?(==|>|<|>=|<=|!=) ?\"?([\w.]+)\"?(?: ?\{ ?print(?: \$0)? ?\})?", script):
        return flow.then("where", found[1], found[2].replace("==", "="), found[3], kind=flow.kind)
    if script in ("NF", "NF > 0", "NF>0"):
        return flow.then("keep", r"\S", kind=flow.kind)
    if script in ("!seen[$0]++", "!x[$0]++", "!a[$0]++", "!_[$0]++"):
        return flow.then("unique", kind=flow.kind)
    raise NotTranslated("awk: a longer program")


def perl(words: Sequence[Word], flow: Flow) -> Flow:
    """Perl -pi -e 's///' changes files as sed -i does."""
    given = read_options("perl", words, "pinwl", "e")
    found = SUBSTITUTE.fullmatch(given.options.get("e", "").strip().rstrip(";"))
    if found is None or not given.has("p") or given.has("l"):
        raise NotTranslated("perl: more than s///")
    how = Given({**given.options, "E": ""}, given.rest)
    return _substitute(found, given.rest, flow, how)


def rename(words: Sequence[Word], flow: Flow) -> Flow:
    """Rename 's/old/new/' for each file."""
    given = read_options("rename", words, "vf")
    rest = list(given.rest)
    found = SUBSTITUTE.fullmatch(rest.pop(0).text.strip().rstrip(";")) if rest else None
    if found is None or re.search(r"[$&]|\\", found["new"]):
        raise NotTranslated("rename: more than s///")
    old = found["old"]
    paths = paths_of("rename", rest or [GIVEN], flow)
    ending = re.fullmatch(r"\\\.(\w+)\$", old)
    if ending and re.fullmatch(r"\.\w+", found["new"]):
        return flow.then("rename", paths, kind=Kind.DONE, look=Look.CHANGE, extension=found["new"][1:])
    regex = not is_plain(old)
    return flow.then("rename", paths, kind=Kind.DONE, look=Look.CHANGE, old=old, new=found["new"], regex=regex)


PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    "sed": sed, "awk": awk, "gawk": awk, "perl": perl, "rename": rename, "prename": rename,
})  # fmt: skip
