"""find as find_files: its tests become arguments, its actions the calls after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from llmsh.tuning.bash.find_tests import TESTS
from llmsh.tuning.bash.find_wanted import NAMES, PATHS, Wanted, unescaped
from llmsh.tuning.bash.find_words import ACTIONS, Both, Either, FindCommand, Node, Test, read_find
from llmsh.tuning.bash.flow import Flow, Kind, names_of
from llmsh.tuning.bash.parse import NotTranslated, Word
from llmsh.types import Argument

FORMATS = {
    "%p": "path", "%f": "name", "%h": "folder", "%s": "size", "%T@": "modified", "%t": "modified", "%m": "mode",
    "%u": "owner", "%g": "group", "%i": "inode", "%n": "links", "%M": "permissions", "%A@": "accessed",
    "%C@": "changed", "%T+": "modified", "%TY-%Tm-%Td": "modified", "%a": "accessed", "%c": "changed", "%P": "path",
    "%TY-%Tm-%Td %TT": "modified", "%TY-%Tm-%Td %TH:%TM": "modified", "%TY-%Tm-%Td %TH:%TM:%TS": "modified",
}  # fmt: skip


def find(words: Sequence[Word]) -> tuple[Flow, list[Test]]:
    """The calls that find what is asked for, and the actions that are left to be done on it."""
    command = read_find(words)
    wanted = Wanted()
    _settings(command, wanted)
    _expression(command.expression, wanted)
    options = wanted.options
    options.pop("which", None)
    if options.pop("daystart", None):
        _from_midnight(options)
    starts = names_of("find", command.starts)
    if options.get("name") == ("*",):
        del options["name"]
    folders = tuple(start.rstrip("/") or "/" for start in starts)
    here = not folders or folders == (".",)
    flow = Flow().then("find_files", None if here else _single(folders), kind=Kind.PATHS)
    call = replace(flow.calls[-1], options=tuple((name, _single(value)) for name, value in options.items()))
    flow = replace(flow, calls=(call,))
    for column, operation, value in wanted.after:
        if column == "kind" and "kind" in options:
            continue  # what is a file is no folder
        flow = flow.then("where", column, operation, value, kind=Kind.PATHS)
    return flow, wanted.actions


def _single(value: Argument) -> Argument:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _settings(command: FindCommand, wanted: Wanted) -> None:
    for test in command.settings:
        if test.name == "-maxdepth":
            wanted.set(depth=_natural(test.text))
            if test.text == "0":
                raise NotTranslated("find: -maxdepth 0")
        elif test.name == "-mindepth" and _natural(test.text) > 1:
            wanted.set(min_depth=int(test.text))
        elif test.name in ("-xdev", "-mount"):
            wanted.set(same_disk=True)
        elif test.name == "-daystart":
            wanted.set(daystart=True)
    kinds = [
        test.text
        for test in command.expression.parts
        if isinstance(test, Test) and test.name == "-type" and not test.negated
    ]
    if command.follow and kinds == ["l"]:
        wanted.set(broken=True)
        wanted.set(kind="link")
    elif command.follow:
        raise NotTranslated("find: links are followed (-L)")


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise NotTranslated("find: a number was expected")
    return int(text)


def _expression(node: Both | Either, wanted: Wanted) -> None:
    if isinstance(node, Both):
        _both(node, wanted)
        return
    kept = [part for part in node.parts if not _prune(part, wanted)]
    if len(kept) == 1:
        part = kept[0]
        _expression(part if isinstance(part, Both | Either) else Both((part,)), wanted)
    else:
        _alternatives(kept, wanted)


def _prune(node: Node, wanted: Wanted) -> bool:
    """Whether this alternative only says what to leave out."""
    if not isinstance(node, Both) or not node.parts or node.parts[-1] != Test("-prune"):
        return False
    tests = list(node.parts[:-1])
    if len(tests) == 1 and isinstance(tests[0], Either) and not tests[0].negated:
        tests = [part.parts[0] if isinstance(part, Both) and len(part.parts) == 1 else part for part in tests[0].parts]
    else:
        tests = [test for test in tests if test != Test("-type", (Word("d"),))]
        if len(tests) != 1:
            raise NotTranslated("find: -prune under several conditions")
    for test in tests:
        if not isinstance(test, Test) or test.negated or test.name not in (*NAMES[:1], *PATHS[:2]):
            raise NotTranslated("find: -prune under a condition")
        wanted.extend("exclude", (_left_out(test.text),))
    return True


def _left_out(pattern: str) -> str:
    """The name that a folder to be left out is known by."""
    name = re.sub(r"^(\./|\*/)", "", re.sub(r"/\*?$", "", unescaped(pattern)))
    if not name or name == "*":
        raise NotTranslated("find: everything is left out")
    return name


def _alternatives(parts: list[Node], wanted: Wanted) -> None:
    """Alternatives that differ in their names alone; what else each asks for must be the same."""
    rest: list[list[Node]] = []
    names: list[Test] = []
    for part in parts:
        tests = list(part.parts) if isinstance(part, Both) else [part]
        named = [test for test in tests if isinstance(test, Test) and test.name in (*NAMES, *PATHS, "-regex")]
        if len(named) != 1 or named[0].negated:
            raise NotTranslated("find: alternatives (-o) that are not names")
        names.append(named[0])
        rest.append([test for test in tests if test is not named[0]])
    if any(other != rest[0] for other in rest[1:]):
        raise NotTranslated("find: alternatives (-o) with different conditions")
    _either_names(names, wanted)
    _both(Both(tuple(rest[0])), wanted)


def _either_names(names: list[Test], wanted: Wanted) -> None:
    kinds = {test.name for test in names}
    if kinds <= set(NAMES) or kinds <= set(PATHS):
        if len(kinds) > 1:
            raise NotTranslated("find: names with and without case (-o)")
        option = "name" if kinds <= set(NAMES) else "path"
        wanted.set(**{option: tuple(unescaped(test.text) for test in names)})
        if kinds & {"-iname", "-ipath", "-iwholename"}:
            wanted.set(ignore_case=True)
        return
    raise NotTranslated("find: alternatives (-o) of names and paths")


def _both(node: Both, wanted: Wanted) -> None:
    for part in node.parts:
        if isinstance(part, Test) and part.name in ACTIONS:
            if part.negated:
                raise NotTranslated("find: a negated action")
            wanted.actions.append(part)
        elif wanted.actions and wanted.actions[-1].name != "-exec":
            raise NotTranslated("find: tests behind an action")
        elif isinstance(part, Test):
            _test(part, wanted)
        elif isinstance(part, Either):
            _group(part, wanted)
        else:
            _both(part, wanted)


def _group(group: Either, wanted: Wanted) -> None:
    tests = [part.parts[0] if isinstance(part, Both) and len(part.parts) == 1 else part for part in group.parts]
    plain = [test for test in tests if isinstance(test, Test) and not test.negated]
    if group.negated:
        if len(plain) != len(tests):
            raise NotTranslated("find: a negated group")
        for test in plain:
            _test(replace(test, negated=True), wanted)
        return
    if any(_prune(part, Wanted()) for part in group.parts if isinstance(part, Both)):
        raise NotTranslated("find: -prune inside a group")
    _alternatives(list(group.parts), wanted)


def _test(test: Test, wanted: Wanted) -> None:
    if test.name not in TESTS:
        raise NotTranslated(f"find: {'! ' if test.negated else ''}{test.name}")
    TESTS[test.name](test, wanted)


def _from_midnight(options: dict[str, Argument]) -> None:
    """-daystart counts days from the last midnight."""
    if options.get("newer_than") == "1d" and options.get("older_than") in (None, "0d"):
        options["newer_than"] = "today"
        options.pop("older_than", None)
    elif options.get("newer_than") == "2d" and options.get("older_than") == "1d":
        options.update(newer_than="yesterday", older_than="today")
