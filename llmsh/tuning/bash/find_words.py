"""The words of a find command: starts, a tree of tests, the actions, and the same command as people mean it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from llmsh.tuning.bash.parse import GIVEN, NotTranslated, Word

ONE = frozenset((
    "-name", "-iname", "-path", "-wholename", "-ipath", "-iwholename", "-regex", "-iregex", "-type", "-xtype",
    "-size", "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-newermt", "-newerct", "-newerat",
    "-perm", "-user", "-group", "-uid", "-gid", "-links", "-inum", "-maxdepth", "-mindepth", "-regextype",
    "-printf", "-fprint", "-lname", "-samefile", "-fstype", "-used",
))  # fmt: skip
NONE = frozenset((
    "-print", "-print0", "-ls", "-delete", "-prune", "-quit", "-empty", "-depth", "-xdev", "-mount", "-daystart",
    "-follow", "-noleaf", "-d", "-executable", "-readable", "-writable", "-nouser", "-nogroup", "-true", "-false",
    "-nowarn",
))  # fmt: skip
EXEC = frozenset(["-exec", "-ok", "-execdir", "-okdir"])
ACTIONS = frozenset(["-print", "-print0", "-ls", "-delete", "-quit", "-printf", "-fprint"]) | EXEC
EVERYWHERE = frozenset((
    "-maxdepth", "-mindepth", "-regextype", "-depth", "-d", "-xdev", "-mount", "-daystart", "-follow", "-noleaf",
    "-nowarn",
))  # fmt: skip


@dataclass(frozen=True)
class Test:
    """One primary with its arguments."""

    name: str
    words: tuple[Word, ...] = ()
    negated: bool = False

    @property
    def text(self) -> str:
        """Its argument."""
        return self.words[0].text


@dataclass(frozen=True)
class Both:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """One of these."""

    parts: tuple[Node, ...]
    negated: bool = False


Node = Test | Both | Either


@dataclass(frozen=True)
class FindCommand:
    """Where to look, what holds everywhere, and the expression."""

    starts: tuple[Word, ...]
    settings: tuple[Test, ...]
    expression: Both | Either
    follow: bool


def read_find(words: Sequence[Word]) -> FindCommand:
    """Read the arguments of find. Raises NotTranslated."""
    queue = list(words)
    follow = False
    while queue and queue[0].text in ("-H", "-L", "-P"):
        follow = queue.pop(0).text == "-L" or follow
    starts = []
    while queue and queue[0].text not in ("(", "!", ")") and not (queue[0].text.startswith("-")):
        starts.append(queue.pop(0))
    parser = _Expression(queue)
    expression = parser.whole()
    follow = follow or any(test.name == "-follow" for test in parser.settings)
    return FindCommand(tuple(starts), tuple(parser.settings), expression, follow)


class _Expression:
    def __init__(self, queue: list[Word]) -> None:
        self._queue, self.settings = queue, list[Test]()

    def whole(self) -> Both | Either:
        found = self._either()
        if self._queue:
            raise NotTranslated(f"find: {self._queue[0].text[:20]} is out of place")
        return found if isinstance(found, Both | Either) else Both((found,))

    def _peek(self) -> str:
        return self._queue[0].text if self._queue else ""

    def _either(self) -> Node:
        parts = [self._both()]
        while self._peek() in ("-o", "-or"):
            self._queue.pop(0)
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts: list[Node] = []
        while self._peek() not in ("", "-o", "-or", ")"):
            if self._peek() in ("-a", "-and"):
                self._queue.pop(0)
                continue
            node = self._factor()
            if isinstance(node, Test) and node.name in EVERYWHERE:
                self.settings.append(node)
            elif isinstance(node, Both):
                parts.extend(node.parts)
            else:
                parts.append(node)
        if len(parts) == 1 and isinstance(parts[0], Either) and not parts[0].negated:
            return parts[0]
        return Both(tuple(parts))

    def _factor(self) -> Node:
        word = self._queue.pop(0)
        if word.text in ("!", "-not"):
            return self._negated()
        if word.text == "(":
            node = self._either()
            if self._peek() != ")":
                raise NotTranslated("find: an unfinished bracket")
            self._queue.pop(0)
            return node
        return self._primary(word)

    def _negated(self) -> Node:
        if not self._queue:
            raise NotTranslated("find: nothing to negate")
        node = self._factor()
        if isinstance(node, Both) and len(node.parts) == 1:
            node = node.parts[0]
        if isinstance(node, Both):
            raise NotTranslated("find: a negated group")
        return replace(node, negated=not node.negated)

    def _primary(self, word: Word) -> Test:
        name = word.text
        if name in NONE:
            return Test(name)
        if name in EXEC:
            return Test("-exec", tuple(self._until_end()))
        if name not in ONE:
            raise NotTranslated(f"find: {name[:20]}")
        if not self._queue:
            raise NotTranslated(f"find: {name} without a value")
        return Test(name, (self._queue.pop(0),))

    def _until_end(self) -> Iterator[Word]:
        """The words of -exec; {} alone is what was found."""
        while self._queue:
            word = self._queue.pop(0)
            if word.text in (";", "+"):
                return
            if "{}" in word.text and word.text != "{}":
                raise NotTranslated("find: -exec with {} inside a word")
            yield GIVEN if word.text == "{}" else word
        raise NotTranslated("find: -exec without an end")
