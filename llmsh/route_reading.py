"""How one simple command reads: as a command, as part of a sentence, or as either.

A shell would run almost any sentence that begins with the name of a program. What tells them apart are the words beside
it: options, paths and numbers on the one hand, articles, prepositions and questions on the other.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from llmsh import route_words as known
from llmsh.shell_words import Simple, Word

Has = Callable[[str], bool]

ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(?:\[\w+\])?\+?=")
OPTION = re.compile(r"-{1,2}[A-Za-z0-9?@#][^\s，。？！]*|--|\+[A-Za-z0-9%/]\S*|-")
PATHLIKE = re.compile(
    r"\.{1,2}$|~|[^\s]*[*/\[{]|[^\s]*\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,8}$|\w+@|\w+:\S|%\d|!!|@\w"
)
NUMBER = re.compile(r"[+-]?\d+(?:[.:,/-]\d+)*[kKMGTsmhd%]?")
NO_REDIRECT = re.compile(r"[<>]\d+(?:\.\d+)?\s*(?:[kKMGT]?i?[bB]?|%|days?|lines?)")
WIDE = re.compile(r"[^\x00-\x7f]")
CHINESE = re.compile(known.CHINESE_PHRASE)
NO_VALUE = re.compile(r"-|-\d+|-[A-Z]{3,}|--.+=.*")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
LONGEST_NAME = 6
"""Words of a file's name at most."""
COMPARISONS = ("=", "==", "!=", "-eq", "-ne", "-lt", "-gt")


class Reading(IntEnum):
    """How a simple command reads."""

    SPEECH = 0  # words that only a sentence has
    UNKNOWN = 1  # begins with no program
    EITHER = 2  # a program that is a word too, and nothing that decides
    SHAPED = 3  # no program, but a command's shape
    COMMAND = 4


@dataclass(frozen=True)
class World:
    """What is there: programs, tools and files."""

    programs: Has
    exists: Has

    def runs(self, name: str) -> bool:
        """Whether a shell would find something to run under that name."""
        return name in known.BUILTINS or self.programs(name)


def read(part: Simple, world: World, *, piped: bool) -> Reading:
    """How a simple command reads. `piped`: it stands in a pipe."""
    if any(NO_REDIRECT.fullmatch(redirect) for redirect in part.redirects):  # "find files > 1MB" is no redirection
        return Reading.SPEECH
    words = list(part.words)
    while words and words[0].text in known.KEYWORDS:
        words.pop(0)
    return _read_words(words, world, piped=piped, redirected=bool(part.redirects))


def _read_words(words: list[Word], world: World, *, piped: bool, redirected: bool) -> Reading:
    """How a simple command reads, from its words alone."""
    assigned = False
    while words and ASSIGNMENT.match(words[0].text):
        words, assigned = words[1:], True
    if not words:
        return Reading.COMMAND
    head, args = words[0].text.strip("'\""), words[1:]
    if words[0].expands and head[0] == "$" and not head[1].isdigit():
        return Reading.COMMAND
    if "/" in head and (head[0] in "./~" or world.runs(head)):
        return _after_path(args)
    facts = Facts.of(head, args, world, piped=piped)
    if not world.runs(head):
        return _unknown(head, facts)
    if head in known.FREE_TEXT:
        return Reading.COMMAND
    if not args:
        alone = assigned or redirected or piped or head not in known.NOT_ALONE
        return Reading.COMMAND if alone else Reading.EITHER
    if head in known.PREFIXES:
        return _prefixed(args, world, piped=piped, redirected=redirected)
    spoken = facts.speech or _names_with_spaces(args, world.exists)
    return Reading.SPEECH if spoken else _program(head, args, facts, world, piped=piped, redirected=redirected)


def _names_with_spaces(args: list[Word], exists: Has) -> bool:
    """Whether words that name nothing are together the name of a file: a shell would take them one by one."""
    bare = ["" if word.quoted or word.expands else os.path.expanduser(word.text) for word in args]
    for start in range(len(bare)):
        words = list(itertools.takewhile(bool, bare[start : start + LONGEST_NAME]))
        runs = (words[:count] for count in range(2, len(words) + 1))
        if any(exists(" ".join(run)) and not any(map(exists, run)) for run in runs):
            return True
    return False


def _program(head: str, args: list[Word], facts: Facts, world: World, *, piped: bool, redirected: bool) -> Reading:
    """How the arguments of a program read, once no word of them belongs to a sentence alone."""
    table = known.TABLES.get(known.SAME_AS.get(head, head))
    if table is not None:
        return _with_subcommand(head, args, table, facts)
    if head in known.NAMES_A_PROGRAM:
        return _about_programs(args, world, facts)
    if head in known.SPEECH:
        return _english_program(head, args, facts, world, joined=redirected or (piped and facts.evidence > 0))
    if head in known.READS_STDIN and len(args) == 1 and not (piped or redirected or args[0].quoted):
        return Reading.EITHER
    if head in known.INTERPRETERS and not facts.evidence:
        return Reading.EITHER
    wordy = not facts.evidence and len(facts.plain) > 1 and facts.said >= (2 if head in known.NEW_NAMES else 1)
    too_many = head in known.ONE_NAME and len(facts.plain) > 1 and not facts.options
    return Reading.EITHER if wordy or too_many else Reading.COMMAND


@dataclass(frozen=True)
class Facts:
    """What the arguments of a command show: `evidence` of a command, of `speech`, and what lies between."""

    options: int
    evidence: int  # options, paths, numbers, quotes, expansions
    plain: tuple[str, ...]
    said: int
    speech: bool

    @staticmethod
    def of(head: str, args: list[Word], world: World, *, piped: bool) -> Facts:
        """Read the arguments. The value of an option and a search pattern may be any word."""
        options = evidence = 0
        plain: list[str] = []
        pattern = head in known.PATTERN_FIRST and len(args) > 1
        free = False
        for arg in args:
            text = arg.text
            if OPTION.fullmatch(text) and not WIDE.search(text.partition("=")[0]):
                options, evidence, free = options + 1, evidence + 1, not NO_VALUE.fullmatch(text)
                continue
            if arg.quoted or arg.expands or _is_evidence(text, world):
                evidence += 1
            elif pattern:
                sentence = text in ("for", "the", "all", "every", "through") and len(args) > 2
                plain.append(text if sentence else "")
            elif not free or text in known.JOINING:
                plain.append(text)
            pattern, free = False, False
        speech = _is_speech(
            head, args, [word for word in plain if word], world, shaped=options > 0 or (piped and len(args) == 1)
        )
        said = sum(word.lower() in known.ENGLISH for word in plain)
        return Facts(options, evidence, tuple(plain), said, speech)


def _is_evidence(text: str, world: World) -> bool:
    if text[-1] in ",?!:;" and len(text) > 1:
        return False
    return bool(PATHLIKE.match(text) or NUMBER.fullmatch(text) or text in known.NAMES or ASSIGNMENT.match(text)) or (
        world.exists(text)
    )


def _is_speech(head: str, args: list[Word], plain: list[str], world: World, *, shaped: bool) -> bool:
    texts = [arg.text for arg in args if not arg.quoted]
    if any(_wide_speech(text) and not world.exists(text) for text in texts if WIDE.search(text)):
        return True
    wordy = head in known.SPEECH
    if any(re.fullmatch(r"[A-Za-z]{2,}[,!]|-[A-Za-z]+,", text) for text in texts[:-1]):
        return True
    if head in known.INTERPRETERS and texts and texts[0].lower() in known.THINGS and not world.exists(texts[0]):
        return True  # "python files over 10k"
    if texts and texts[-1].lower() in known.POLITE:
        return True
    ends = texts and re.fullmatch(r"[A-Za-z.]*[A-Za-z]{2}[?!]", texts[-1])
    if ends and (wordy or len(texts) > 2):
        return True
    own = known.KNOWN_WORDS.get(head, frozenset()) | known.TABLES.get(known.SAME_AS.get(head, head), frozenset())
    words = [word.lower().rstrip(".,?!;:") for word in plain if word not in own]
    firm = sum(word in known.GRAMMAR for word in words)
    loose = sum(word in known.LOOSE for word in words)
    if any(word in known.THINGS for word in words) and wordy and not shaped:
        return True
    if any(one in known.LOOSE and two in known.THINGS for one, two in pairwise(words)):
        return True  # "stop all containers"
    if not shaped and len(words) > 1 and words[-1] in known.MANY_THINGS and head not in known.NEW_NAMES:
        return True  # "rm temp files"
    if not shaped and known.QUANTITIES.intersection(texts[:-1]) - own:
        return True  # "ps all zombies"
    longer = sum(len(word) > 1 for word in words if word in known.LOOSE)
    return firm >= 1 or (wordy and not shaped and longer >= 1) or (loose >= 2 and longer >= 1 and not shaped)


def _wide_speech(text: str) -> bool:
    """Whether an argument in Chinese or another wide script is part of a sentence rather than a name."""
    if PATHLIKE.match(text) or ASSIGNMENT.match(text) or (text.startswith("--") and "=" in text):
        return False
    return any(char in known.CHINESE_GRAMMAR for char in text) or bool(CHINESE.search(text))


def _after_path(args: list[Word]) -> Reading:
    """`./run.sh all the things` is a command, `/tmp is full` says something about a folder."""
    texts = [arg.text for arg in args if not arg.quoted]
    verb = texts and texts[0] in (
        "is",
        "are",
        "was",
        "has",
        "have",
        "does",
        "do",
        "did",
        "will",
        "won't",
        "keeps",
        "and",
    )
    comma = any(re.fullmatch(r"[A-Za-z]{2,}[,?]", text) for text in texts)
    wide = any(_wide_speech(text) for text in texts if WIDE.search(text))
    return Reading.SPEECH if verb or comma or wide else Reading.COMMAND


def _unknown(head: str, facts: Facts) -> Reading:
    word = head.lower()
    if word in known.GRAMMAR or word in known.ENGLISH or word in known.SPEECH:
        return Reading.SPEECH if facts.speech or facts.plain else Reading.UNKNOWN
    if facts.options and not facts.speech and re.fullmatch(r"[A-Za-z0-9][\w.+-]*", head) and len(facts.plain) < 3:
        return Reading.SHAPED
    return Reading.SPEECH if facts.speech else Reading.UNKNOWN


def _prefixed(args: list[Word], world: World, *, piped: bool, redirected: bool) -> Reading:
    """`sudo`, `time`, `env`...: what follows its options decides."""
    rest, options = list(args), 0
    while rest and (OPTION.fullmatch(rest[0].text) or NUMBER.fullmatch(rest[0].text) or ASSIGNMENT.match(rest[0].text)):
        options += OPTION.fullmatch(rest[0].text) is not None
        rest.pop(0)
    if rest and options and not world.runs(rest[0].text):  # the value of the last option: `sudo -u bob ls`
        rest.pop(0)
    whole = len(rest) == 1 and rest[0].quoted and " " in rest[0].text  # watch 'ls -l | wc -l'
    if not rest or whole or rest[0].text == "!!" or rest[0].text.startswith("-"):
        return Reading.COMMAND
    return _read_words(rest, world, piped=piped, redirected=redirected)


def _with_subcommand(head: str, args: list[Word], table: frozenset[str], facts: Facts) -> Reading:
    named = [arg.text for arg in args if not OPTION.fullmatch(arg.text)]
    if not named or named[0] in table:
        return Reading.COMMAND
    if WIDE.search(named[0]) or named[0].lower() in known.ENGLISH:
        return Reading.SPEECH
    alias = head == "git" and len(args) <= 2 and len(named[0]) <= 4  # `git st`: everybody has a few
    return Reading.COMMAND if facts.options or alias else Reading.EITHER


def _about_programs(args: list[Word], world: World, facts: Facts) -> Reading:
    named = [arg.text for arg in args if not OPTION.fullmatch(arg.text) and not NUMBER.fullmatch(arg.text)]
    if all(world.runs(name) or world.runs(name.partition("-")[0]) for name in named) or facts.options:
        return Reading.COMMAND
    one = len(named) == 1 and named[0].lower() not in known.ENGLISH and re.fullmatch(r"[a-z][\w+-]*", named[0])
    return Reading.COMMAND if one else Reading.EITHER


def _english_program(head: str, args: list[Word], facts: Facts, world: World, *, joined: bool) -> Reading:
    """A program that is an English word needs the shape of a command, not merely words that could be names."""
    texts = [arg.text for arg in args]
    own = known.KNOWN_WORDS.get(head, frozenset())
    plain = [word for word in facts.plain if word not in own]
    variables = head in ("export", "unset") and all(VARIABLE.fullmatch(text) for text in texts)
    if facts.options or variables or any(text in COMPARISONS for text in texts):
        return Reading.COMMAND
    if not plain and (facts.evidence or own.intersection(texts)):
        bare = head in known.NEVER_BARE and not own.intersection(texts)
        return Reading.COMMAND if not bare or _is_enough(head, texts, world) else Reading.EITHER
    return Reading.COMMAND if len(plain) <= 1 and joined else Reading.EITHER


def _is_enough(head: str, texts: list[str], world: World) -> bool:
    """Whether bare names are enough for one of the programs that are spoken of most: `find src`, `zip a.zip a.txt`."""
    if head == "zip":
        return texts[0].endswith(".zip") and len(texts) > 1
    if head == "find":
        return all("/" in text or text in (".", "..", "~") or "$" in text or world.exists(text) for text in texts)
    return head in ("convert", "compare", "rename", "play", "mail", "wait", "join") and len(texts) > 1
