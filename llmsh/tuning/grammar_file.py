"""Files of the paraphrase grammar: blocks of a plan and the requests that mean it, read into frozen values.

> find_files({folder}, name={glob}<?>) | count()      the plan; several lines are several steps
? older newer                                         filters that may go into <?>
en: how many {glob} <?> are there {in folder}?        a request form; zh: likewise
+ older: older_than={age}                             a filter: forms without a plan line
= files                                               a noun: a phrase that stands for a part of a plan
@state: R = running = 运行中的; S = sleeping           a slot kind of this file
~ last: Files   ~ after: > PLAN   ~ stdin             what the request is read against; a slot of the plan before
                                                      keeps its value there, <?> is anything
* 3                                                   weight
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from llmsh.errors import UsageError
from llmsh.tuning.forms import Form, FormError, Pattern, parse_form, parse_pattern
from llmsh.tuning.values_file import Value, parse_values

LANGUAGES = ("en", "zh")
REQUEST, NOUN, FILTER = "request", "noun", "filter"
EXPECTED = "a block line starts with > ? en: zh: + = @ ~ * or #"


class GrammarError(UsageError):
    """A grammar file that cannot be used; the message starts with its name and line."""


@dataclass(frozen=True)
class Block:
    """A plan and its request forms by language. `kind` is request, noun or filter; the last two have a name."""

    file: str
    line: int
    kind: str = REQUEST
    name: str = ""
    pattern: Pattern = ()
    filters: tuple[str, ...] = ()
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    weight: float = 1.0
    last: str = ""
    after: str = ""
    stdin: bool = False

    @property
    def area(self) -> str:
        """The name of its file, without the ending."""
        return os.path.splitext(os.path.basename(self.file))[0]

    def error(self, message: str, hint: str = "") -> GrammarError:
        """An error of this block."""
        return GrammarError(f"{self.file}:{self.line}: {message}", hint)


@dataclass(frozen=True)
class GrammarFile:
    """The blocks of a file and the slot kinds it defines."""

    path: str
    blocks: tuple[Block, ...]
    kinds: Mapping[str, tuple[Value, ...]]

    @property
    def area(self) -> str:
        """The name of the file, without the ending."""
        return os.path.splitext(os.path.basename(self.path))[0]


def read_grammar(path: str) -> GrammarFile:
    """Read a grammar file. Raises GrammarError with file and line."""
    with open(path, encoding="utf-8") as file:
        return parse_grammar(file.read(), path)


def parse_grammar(text: str, path: str = "grammar") -> GrammarFile:
    """Read the text of a grammar file. Raises GrammarError with file and line."""
    blocks: list[Block] = []
    kinds: dict[str, tuple[Value, ...]] = {}
    for lines in _paragraphs(text):
        rest = []
        for number, line in lines:
            if line.startswith("@"):
                name, values = _kind(line, f"{path}:{number}")
                kinds[name] = kinds.get(name, ()) + values
            else:
                rest.append((number, line))
        if rest:
            blocks.append(_block(rest, path))
    return GrammarFile(path, tuple(blocks), kinds)


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each block; comments are left out, an indented line continues the one before it."""
    lines: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            if lines:
                yield lines
            lines = []
        elif raw[0] in " \t" and lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line}")
        elif not line.startswith("#"):
            lines.append((number, line))
    if lines:
        yield lines


def _kind(line: str, where: str) -> tuple[str, tuple[Value, ...]]:
    found = re.fullmatch(r"@\s*([a-z][a-z0-9_]*)\s*:(.*)", line)
    if found is None:
        raise GrammarError(f"{where}: a slot kind is written @name: value; value = said = 说法, not {line[:40]}")
    try:
        values = parse_values(found[2])
    except ValueError as error:
        raise GrammarError(f"{where}: {error}") from None
    if not values:
        raise GrammarError(f"{where}: the slot kind {found[1]} has no values")
    return found[1], values


def _block(lines: list[tuple[int, str]], path: str) -> Block:
    block = Block(path, lines[0][0])
    plan: list[str] = []
    forms: dict[str, list[Form]] = {}
    for number, line in lines:
        here = replace(block, line=number)
        mark, rest = _split(line, here)
        if mark in LANGUAGES:
            forms.setdefault(mark, []).append(_form(rest, here))
        elif mark == ">":
            plan.append(rest)
        else:
            block = _field(block, mark, rest, here)
    return _finish(block, plan, forms)


def _split(line: str, here: Block) -> tuple[str, str]:
    found = re.match(r"(en|zh)\s*[::]\s*|[>?+=~*]\s*", line)
    if found is None:
        raise here.error(f"cannot be read: {line[:60]}", EXPECTED)
    return found[1] or line[0], line[found.end() :]


def _form(text: str, here: Block) -> Form:
    if not text:
        raise here.error("an empty request form")
    try:
        return parse_form(text)
    except FormError as error:
        raise here.error(str(error), "write \\( \\[ \\{ \\| \\< for the character itself") from None


def _field(block: Block, mark: str, rest: str, here: Block) -> Block:
    """A block with what one of its lines says."""
    if mark == "?":
        return replace(block, filters=(*block.filters, *rest.split()))
    if mark == "*":
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", rest):
            raise here.error(f"a weight is a number such as 3 or 0.5, not {rest}")
        return replace(block, weight=float(rest))
    if mark == "=":
        return replace(block, kind=NOUN, name=_name(rest, here))
    if mark == "+":
        name, _, pattern = rest.partition(":")
        return replace(block, kind=FILTER, name=_name(name, here), pattern=parse_pattern(pattern.strip()))
    return _context(block, rest, here)


def _name(text: str, here: Block) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text.strip()):
        raise here.error(f"a name is lower case letters, digits and _, not {text.strip()!r}")
    return text.strip()


def _context(block: Block, rest: str, here: Block) -> Block:
    head, _, tail = rest.partition(":")
    head, tail = head.strip(), tail.strip()
    if head == "stdin" and not tail:
        return replace(block, stdin=True)
    if head == "last" and tail:
        return replace(block, last=tail)
    if head == "after" and tail:
        return replace(block, after=tail.removeprefix(">").strip())
    raise here.error(f"after ~ comes last: TYPE, after: > PLAN or stdin, not {rest}")


def _finish(block: Block, plan: list[str], forms: dict[str, list[Form]]) -> Block:
    if block.kind == FILTER:
        if plan:
            raise block.error("a filter has no > line: its arguments stand after its name")
        if not block.pattern:
            raise block.error(f"the filter {block.name} has no arguments", "write + name: argument={kind}")
    elif not plan:
        raise block.error("a block needs a plan", "write it on a line that starts with >")
    if not forms:
        raise block.error("a block needs request forms", "write them on lines that start with en: or zh:")
    pattern = block.pattern or parse_pattern("\n".join(plan))
    return replace(block, pattern=pattern, forms={language: tuple(held) for language, held in forms.items()})
