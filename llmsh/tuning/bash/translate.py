"""A bash command as the plan that an expert would write for it, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from llmsh.check import check
from llmsh.errors import PlanError
from llmsh.registry import Registry
from llmsh.tuning.bash import changing, grep, lines, listing, scripts, system
from llmsh.tuning.bash.find import FORMATS, find
from llmsh.tuning.bash.find_words import Test
from llmsh.tuning.bash.flow import Flow, Kind, Look, Translator, names_of
from llmsh.tuning.bash.parse import GIVEN, NotTranslated, Pipeline, Simple, Word, parse
from llmsh.tuning.bash.shorter import shorter
from llmsh.types import Plan, Step

PROGRAMS: Mapping[str, Translator] = MappingProxyType({
    **lines.PROGRAMS, **scripts.PROGRAMS, **listing.PROGRAMS, **changing.PROGRAMS, **system.PROGRAMS,
    "grep": grep.grep, "egrep": grep.egrep, "fgrep": grep.fgrep, "rgrep": grep.rgrep, "zgrep": grep.grep,
})  # fmt: skip
FOLDERS_OF_PROGRAMS = re.compile(r"^/(?:usr/)?(?:local/)?s?bin/(?=\w+$)")
XARGS_FLAGS = re.compile(
    r"-(?:0|r|t|p|x|0r|r0|0x|n1|n ?[0-9]+|P ?[0-9]+|L ?[0-9]+|d\\n|l)|--null|--no-run-if-empty|--verbose"
)


@dataclass(frozen=True)
class Translation:
    """A plan, the command it came from, and how their outputs are held against one another."""

    plan: str
    pipelines: tuple[Pipeline, ...]
    look: Look


def translate(command: str, registry: Registry, request: str = "") -> Translation:
    """The plan for a command. Raises NotTranslated, which says why there is none.

    `request` decides between plans that do the same: a move that the request calls renaming is `rename`.
    """
    return translate_parsed(parse(command), registry, request)


def translate_parsed(pipelines: tuple[Pipeline, ...], registry: Registry, request: str = "") -> Translation:
    """The same for a command that is parsed already."""
    flows = [_pipeline(pipeline) for pipeline in pipelines]
    if any(flow.kind is not Kind.DONE for flow in flows[:-1]):
        raise NotTranslated("several commands, each with output")
    steps = tuple(Step(None, shorter(flow.calls, request)) for flow in flows)
    if not all(step.calls for step in steps):
        raise NotTranslated("nothing is left of the command")
    try:
        text = check(Plan(steps), registry).text
    except PlanError as error:
        raise NotTranslated(f"the plan does not fit: {error.message}") from None
    return Translation(text, pipelines, flows[-1].look)


def _pipeline(pipeline: Pipeline) -> Flow:
    flow = Flow()
    for index, simple in enumerate(pipeline):
        if simple.reads is not None:
            if index or flow.kind is not Kind.NOTHING:
                raise NotTranslated("a file redirected into a pipe")
            flow = flow.then("read", names_of("<", [simple.reads]), kind=Kind.LINES, look=Look.LINES)
        if simple.writes is not None and index < len(pipeline) - 1:
            raise NotTranslated("output to a file inside a pipe")
        flow = _written(simple, flow)
        if flow.kind is Kind.DONE and index < len(pipeline) - 1:
            raise NotTranslated("a pipe that goes on behind a change")
    return flow


def _written(simple: Simple, flow: Flow) -> Flow:
    if simple.writes is None:
        return _program(simple.words, flow)
    target = names_of(">", [simple.writes])[0]
    program = simple.words[0].text
    if program == "echo" and flow.kind is Kind.NOTHING:
        return _echo(simple.words[1:], target, appends=simple.appends)
    flow = _program(simple.words, flow)
    last = flow.last
    if last is not None and last.tool == "read" and len(flow.calls) == 1 and not last.options and not simple.appends:
        if isinstance(last.args[0], tuple):
            return Flow().then("join_files", last.args[0], kind=Kind.DONE, look=Look.CHANGE, to=target)
        return Flow().then("copy", last.args[0], kind=Kind.DONE, look=Look.CHANGE, to=target)
    return changing.saved(flow, target, append=simple.appends)


def _echo(words: Sequence[Word], target: str, *, appends: bool) -> Flow:
    if not words or any(word.pattern or word.text.startswith("-") or "\\" in word.text for word in words):
        raise NotTranslated("echo: with options")
    text = " ".join(word.text for word in words)
    return Flow().then("append" if appends else "write", target, text, kind=Kind.DONE, look=Look.CHANGE)


def _program(words: Sequence[Word], flow: Flow) -> Flow:
    """What one program adds to the flow."""
    if not words or words[0].given:
        raise NotTranslated("the program itself comes from the pipe")
    program = FOLDERS_OF_PROGRAMS.sub("", words[0].text)
    rest = list(words[1:])
    if program in ("sudo", "command", "nohup", "time"):
        if rest and rest[0].text.startswith("-"):
            raise NotTranslated(f"{program}: with options")
        return _program(rest, flow)
    if program == "find":
        if flow.kind is not Kind.NOTHING:
            raise NotTranslated("find: in a pipe")
        return _actions(*find(rest))
    if program == "xargs":
        return _xargs(rest, flow)
    if program not in PROGRAMS:
        raise NotTranslated(f"no tool for {program[:20]}")
    return PROGRAMS[program](rest, flow)


def _xargs(words: list[Word], flow: Flow) -> Flow:
    if flow.kind not in (Kind.PATHS, Kind.LINES):
        raise NotTranslated("xargs: of no files")
    mark = None
    while words and words[0].text.startswith("-"):
        text = words.pop(0).text
        if found := re.fullmatch(r"-0?[IJ](.*)|-0?i(.*)|--replace=?(.*)", text):
            mark = found[1] or found[2] or found[3] or ("{}" if text[-1] not in "IJ" else words.pop(0).text)
        elif text in ("-n", "-P", "-L", "-d") and words:
            text += words.pop(0).text
            if not XARGS_FLAGS.fullmatch(text):
                raise NotTranslated("xargs: separators")
        elif not XARGS_FLAGS.fullmatch(text):
            raise NotTranslated("xargs: options")
    if not words:
        return flow
    if mark is None:
        return _program([*words, GIVEN], flow)
    if any(mark in word.text and word.text != mark for word in words):
        raise NotTranslated("xargs: with the name inside a word")
    return _program([GIVEN if word.text == mark else word for word in words], flow)


def _actions(flow: Flow, actions: list[Test]) -> Flow:
    if len(actions) > 1 and actions[0].name in ("-print", "-print0", "-ls"):
        actions = actions[1:]  # it only tells what the next one does
    for action in actions:
        if flow.kind is Kind.DONE:
            raise NotTranslated("find: several actions")
        flow = _action(action, flow)
    return flow


def _action(action: Test, flow: Flow) -> Flow:
    if action.name in ("-print", "-print0"):
        return flow
    if action.name == "-delete":
        return flow.then("delete", kind=Kind.DONE, look=Look.CHANGE)
    if action.name == "-quit":
        return flow.then("first", kind=flow.kind, look=Look.RUNS)
    if action.name == "-ls":
        return flow.then("file_info", kind=Kind.ROWS, look=Look.NAMES, columns=("inode", "blocks", *listing.LONG))
    if action.name == "-fprint":
        return changing.saved(flow, action.text, append=False)
    if action.name == "-printf":
        return _printf(action.text, flow)
    return _program(action.words, flow)


def _printf(text: str, flow: Flow) -> Flow:
    """The facts that -printf shows, in its order."""
    text = re.sub(r"%-?[0-9]+(?:\.[0-9]+)?(?=[a-zA-Z])", "%", text).replace("\\n", "").replace("\\0", "")
    for letter, sign in (("T", "%t"), ("A", "%a"), ("C", "%c")):
        text = re.sub(rf"(?:%{letter}[a-zA-Z@+](?:[-:./ ](?=%{letter}))?)+", sign, text)
    columns: list[str] = []
    while text:
        found = next((sign for sign in sorted(FORMATS, key=len, reverse=True) if text.startswith(sign)), None)
        if found is not None:
            columns.append(FORMATS[found])
            text = text[len(found) :]
        elif separator := re.match(r"\\t|[ \t:,|'\"-]", text):
            text = text[separator.end() :]
        else:
            raise NotTranslated("find: -printf with other text")
    if not columns or len(set(columns)) != len(columns):
        raise NotTranslated("find: -printf with other text")
    if columns == ["path"]:
        return flow
    times = {"modified", "accessed", "changed"} & set(columns)
    if len(columns) == 1:
        look = Look.RUNS if times else Look.LINES
        return flow.then("select", columns[0], kind=Kind.LINES, look=look)
    look = (Look.NAMES if "path" in columns else Look.RUNS) if times else Look.CELLS
    return flow.then("select", tuple(columns), kind=Kind.ROWS, look=look, columns=tuple(columns))
