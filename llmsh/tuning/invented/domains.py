"""Files of invented tools: domains, each with tools in several spellings, what people say for them and to what values.

[music]                                        a domain
no: I cannot play music. = 我不能播放音乐。       the refusal where there is no tool; none if run() could do it
@artist: Abba; Queen; 周杰伦                     values of a parameter; @hours: %halves takes those of [common],
                                               or of a slot kind of the grammar
! songs list_songs -> Table: title year#       names of one tool, what it gives, columns (# holds numbers;
                                               year#=年份|年代|made_in is how it is said in either language)
: Songs of the library | The songs you own     summaries
- title|song: text                             a parameter, its names and its type; -? is optional
-< textfile: lines                             what comes through the pipe: lines of that file, or files
en: (show|list) songs [by {artist}]            requests; np en: noun phrases for the rows it gives
then en: play them                             what is done to piped lines, said behind "sort x.txt and"
en?: play it [at {volume}] => Which song?      too little is said: what is asked back
~ sort_lines                                   a tool of llmsh that it might be taken for by its name
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from llmsh.tuning.forms import Form, FormError, parse_form
from llmsh.tuning.grammar_file import GrammarError
from llmsh.tuning.values_file import Value, parse_values

PHRASES = ("en", "zh", "np en", "np zh", "then en", "then zh")
COMMON = "common"


@dataclass(frozen=True)
class Slotted:
    """A parameter of an invented tool: the slot it is filled from, its possible names, its type.

    One that is `piped` is no parameter of the tool: what it is filled from comes through the pipe.
    """

    slot: str
    names: tuple[str, ...]
    kind: str
    required: bool
    piped: bool = False


@dataclass(frozen=True)
class Family:
    """One tool in all its spellings. `phrases` are request forms by language, noun phrases under "np en".

    `said` are other words for its columns in both languages; `like` are tools of llmsh with a name much like its own.
    """

    where: str
    names: tuple[str, ...]
    gives: str
    columns: tuple[str, ...]
    summaries: tuple[str, ...] = ()
    parameters: tuple[Slotted, ...] = ()
    phrases: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    unclear: tuple[tuple[str, str, str], ...] = ()
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Domain:
    """Tools of one field, the values of their slots, and how a request of it is refused where there is no tool.

    A slot in `draws` is filled as another kind is; one in `measures` with an amount of a measure that is common to all.
    """

    name: str
    families: tuple[Family, ...] = ()
    kinds: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    draws: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)


def read_domains(folder: str) -> tuple[Domain, ...]:
    """The domains of all files *.txt of a folder. Raises GrammarError."""
    domains: list[Domain] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                domains += parse_domains(file.read(), path)
    return tuple(with_common(domains))


def with_common(domains: Sequence[Domain]) -> list[Domain]:
    """The domains that have tools, with the values that they take from the domain [common]."""
    shared = {kind: values for domain in domains if domain.name == COMMON for kind, values in domain.kinds.items()}
    whole = []
    for domain in domains:
        if domain.name != COMMON:
            taken = {slot: shared[kind] for slot, kind in domain.draws.items() if kind in shared}
            drawn = {slot: kind for slot, kind in domain.draws.items() if kind not in shared}
            own = domain.kinds
            measures = {slot: kind for slot, kind in domain.draws.items() if kind in shared and slot not in own}
            whole.append(replace(domain, kinds={**taken, **own}, draws=drawn, measures=measures))
    return whole


def parse_domains(text: str, path: str = "invented") -> list[Domain]:
    """The domains of a text. Raises GrammarError with file and line."""
    domains: list[Domain] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line, where = raw.strip(), f"{path}:{number}"
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            domains.append(Domain(line.strip("[]")))
            continue
        try:
            domains[-1] = _read(domains[-1], line, where)
        except (ValueError, IndexError, FormError) as error:
            raise GrammarError(f"{where}: {line[:60]} cannot be read: {error}") from None
    return domains


def _read(domain: Domain, line: str, where: str) -> Domain:
    """A domain with one more line."""
    if line.startswith("no:"):
        english, chinese = line[3:].split(" = ")
        return replace(domain, refusals={"en": english.strip(), "zh": chinese.strip()})
    if line.startswith("@"):
        name, _, values = line[1:].partition(":")
        if values.strip().startswith("%"):
            return replace(domain, draws={**domain.draws, name.strip(): values.strip()[1:]})
        return replace(domain, kinds={**domain.kinds, name.strip(): parse_values(values)})
    if line.startswith("!"):
        return replace(domain, families=(*domain.families, _family(line, where)))
    *others, family = domain.families
    return replace(domain, families=(*others, _extended(family, line)))


def _family(line: str, where: str) -> Family:
    names, _, gives = line[1:].partition("->")
    kind, _, columns = gives.partition(":")
    pairs = [column.partition("=") for column in columns.split()]
    said = {name.rstrip("#"): tuple(words.split("|")) for name, _, words in pairs if words}
    return Family(where, tuple(names.split()), kind.strip(), tuple(name for name, _, _ in pairs), said=said)


def _extended(family: Family, line: str) -> Family:
    if line.startswith(":"):
        return replace(family, summaries=tuple(text.strip() for text in line[1:].split("|")))
    if line.startswith("~"):
        return replace(family, like=tuple(line[1:].split()))
    if line.startswith("-"):
        found = re.fullmatch(r"-([?<]?)\s*([a-z0-9_|]+): (text|int|float|bool|choice|path|age|size|lines|files)", line)
        if found is None or (found[1] == "<") != (found[3] in ("lines", "files")):
            raise ValueError("a parameter is written - name|other_name: type, or -< slot: lines")
        names = tuple(found[2].split("|"))
        slotted = Slotted(names[0], names, found[3], found[1] != "?", piped=found[1] == "<")
        return replace(family, parameters=(*family.parameters, slotted))
    head, _, rest = line.partition(":")
    if head in PHRASES:
        held = family.phrases.get(head, ())
        return replace(family, phrases={**family.phrases, head: (*held, parse_form(rest.strip()))})
    if head in ("en?", "zh?"):
        request, question = rest.split("=>")
        parse_form(request.strip())
        return replace(family, unclear=(*family.unclear, (head[:2], request.strip(), question.strip())))
    raise ValueError("a line starts with ! : - ~ en: zh: np en: np zh: then en: then zh: en?: zh?: no: @ or [")
