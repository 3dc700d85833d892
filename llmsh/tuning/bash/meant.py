"""The same command as people mean it, so that a plan can be held against it.

Programs have habits that their users do not ask for: find counts ages and sizes in whole units, rounded (-mtime +7 is
older than 8 days, -size -1M is empty files only), it gives the start folder itself, and folders where files of a size
are wanted; s/// without g changes the first place in each line; packers delete what they packed; rm -i asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from llmsh.tuning.bash.facts import BYTES
from llmsh.tuning.bash.parse import Pipeline, Word

KEEPING = ("gunzip", "bunzip2", "unxz", "gzip", "bzip2", "xz")
ASKING = ("rm", "mv", "cp", "/bin/rm", "/bin/mv")
PATTERNS = ("-name", "-iname", "-path", "-wholename", "-ipath", "-iwholename")


def meant(pipeline: Pipeline) -> Pipeline:
    """A pipeline as people mean it."""
    done = tuple(replace(simple, words=_words(simple.words)) for simple in pipeline)
    if done[-1].writes is None:
        return done
    lines = tuple(Word("-print") if word.text == "-print0" else word for word in done[-1].words)
    return (*done[:-1], replace(done[-1], words=lines))  # a list in a file is one of lines


def _words(words: Sequence[Word]) -> tuple[Word, ...]:
    kept = [word for word in words if word.text != "sudo"]
    plain = [
        word for at, word in enumerate(kept)
        if not (at and word.text == "-i" and kept[at - 1].text in ASKING)
    ]  # fmt: skip
    if plain and plain[0].text == "find":
        plain = [plain[0], *as_meant(plain[1:])]
    keeping = [each for word in plain for each in ((word, Word("-k")) if word.text in KEEPING else (word,))]
    return tuple(_everywhere(keeping))


def _everywhere(words: list[Word]) -> list[Word]:
    """Sed -i 's/a/b/' changes one place in each line; what is meant is all."""
    if not any(word.text == "sed" for word in words) or not any(word.text.startswith("-i") for word in words):
        return words
    return [
        replace(word, text=word.text + "g") if re.fullmatch(r"s([/|#,@:!;]).+\1.*\1", word.text) else word
        for word in words
    ]


def as_meant(words: Sequence[Word]) -> tuple[Word, ...]:
    """The arguments of find as people mean them."""
    changed = [_argument(words[at - 1].text if at else "", word) for at, word in enumerate(words)]
    for at, word in enumerate(words[1:], 1):
        if words[at - 1].text in ("-mtime", "-atime", "-ctime") and changed[at] != word:
            changed[at - 1] = Word(words[at - 1].text.replace("time", "min"))
    texts = [word.text for word in words]
    starts = next((at for at, text in enumerate(texts) if re.match(r"-[a-z]|[!(]", text)), len(changed))
    first = []
    if "-mindepth" not in texts:
        first += [Word("-mindepth"), Word("1")]
    if any(text in ("rm", "rmdir", "mv") for text in texts) and not {"-depth", "-prune"} & set(texts):
        first.append(Word("-depth"))  # what is deleted is not looked into any more
    if "-size" in texts and not {"-type", "-o", "-or"} & set(texts):
        first += [Word("-type"), Word("f")]
    return (*changed[:starts], *first, *changed[starts:])


def _argument(before: str, word: Word) -> Word:
    text = word.text
    if before in ("-mtime", "-atime", "-ctime") and re.fullmatch(r"[-+][0-9.]+", text):
        return Word(f"{text[0]}{float(text[1:]) * 1440:.0f}")
    if before == "-size" and (found := re.fullmatch(r"([-+]?)([0-9]+)([cwbkMG]?)", text)):
        return Word(f"{found[1]}{int(found[2]) * BYTES[found[3]]}c")
    if before == "-perm" and re.match(r"\+[0-7]+$", text):
        return Word("/" + text[1:])
    if text in ("-ok", "-okdir"):
        return Word("-exec")
    return replace(word, pattern=False) if before in PATTERNS else word
