"""How people really type: politeness, case, punctuation, slips of the keyboard; nothing of it inside a value.

A request comes as a Wording, in which a value is one private character: what is done here to words cannot reach it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from llmsh.tuning.slips import traditional, typo, typo_zh
from llmsh.tuning.wording import HELD, Wording

QUESTION = re.compile(
    r"(?i)(how|what|which|who|where|when|why|whose|is|are|was|were|does|did|has|do (i|you|we|they)|will|any)\b"
)
QUESTION_ZH = re.compile(r"多少|几个|哪|什么|吗|有没有|是不是|谁|怎么|多大|几|多长|何时")
POLITE = (
    ("please {}", 5), ("can you {}?", 3), ("could you {}?", 3), ("{} please", 3), ("{}, please", 1), ("pls {}", 1),
    ("plz {}", 0.5), ("can you please {}?", 1), ("could you please {}?", 1), ("i want to {}", 1), ("just {}", 0.5),
    ("I'd like to {}", 1), ("I need to {}", 1), ("i need you to {}", 0.7), ("hey, {}", 0.5), ("now {}", 0.7),
    ("ok, {}", 0.4), ("would you {}?", 0.5), ("{} for me", 0.7), ("{}, thanks", 0.5), ("{} thx", 0.3),
    ("let's {}", 0.4), ("go ahead and {}", 0.2), ("hi, please {}", 0.3), ("quickly {}", 0.2), ("help me {}", 0.5),
    ("i would like you to {}", 0.3), ("kindly {}", 0.2),
)  # fmt: skip
POLITE_ZH = (
    ("请{}", 5), ("帮我{}", 5), ("请帮我{}", 2), ("麻烦{}", 1), ("麻烦你{}", 0.7), ("能不能{}", 0.6), ("能帮我{}吗", 1),
    ("可以{}吗", 0.6), ("我想{}", 1.5), ("我要{}", 1), ("{}，谢谢", 0.5), ("{}吧", 0.5), ("给我{}", 1),
    ("你好，{}", 0.2), ("我需要{}", 0.6), ("请你{}", 0.5), ("现在{}", 0.3), ("帮忙{}", 0.7), ("快{}", 0.1),
    ("请问能{}吗", 0.2), ("可不可以{}", 0.2),
)  # fmt: skip
BIT_ZH = re.compile(
    "^(统计|查看|检查|查|看|整理|搜索|搜|列出|显示|对比|比较|计算|算|备份|压缩|清理|排序)(?!一下|看|出|成|到|为|算)"
)
SHORTER = (
    (r"\bwhat is\b", "what's"), (r"\bwhat are\b", "what're"), (r"\bdirectory\b", "dir"), (r"\bdirectories\b", "dirs"),
    (r"\bdo not\b", "don't"), (r"\bthat have\b", "with"), (r"\band\b", "&"), (r"\byou\b", "u"),
    (r"\bbigger than\b", ">"),
    (r"\bwhich\b", "what"), (r"'", ""), (r"\bfiles\b", "file"), (r"\binto\b", "to"),
)  # fmt: skip

JOINING = "/._-"
"""What joins the parts of a name."""


@dataclass(frozen=True)
class Manners:
    """How often each thing is done to a request, from 0 to 1."""

    polite: float = 0.18
    terse: float = 0.05
    shorter: float = 0.06
    typo: float = 0.16
    case: float = 0.30
    ending: float = 0.35
    typo_zh: float = 0.10
    traditional: float = 0.04


def noisy(
    wording: Wording, language: str, verbs: frozenset[str], rng: Random, manners: Manners | None = None
) -> Wording:
    """A wording as somebody might type it. `verbs` are those that a request may start with to be made polite."""
    manners = manners or Manners()
    if language == "zh":
        return _noisy_zh(wording, verbs, rng, manners)
    text = wording.text
    steps: tuple[tuple[float, Callable[[str, Random], str]], ...] = (
        (manners.polite, lambda said, rng: _polite(said, verbs, rng)), (manners.terse, _terse),
        (manners.shorter, _shorter), (manners.typo, typo), (manners.ending, _ending), (manners.case, _case),
    )  # fmt: skip
    for share, step in steps:
        if rng.random() < share:
            text = step(text, rng)
    return replace(wording, text=text)


def _polite(text: str, verbs: frozenset[str], rng: Random) -> str:
    first = re.match(r"[a-zA-Z]*", text)
    if first is None or first[0].lower() not in verbs or re.search(r"[?？]$|please", text):
        return text
    frame = rng.choices([frame for frame, _ in POLITE], [share for _, share in POLITE])[0]
    bare = text.rstrip(".")
    said = frame.format(bare if frame.startswith("{}") else bare[:1].lower() + bare[1:])
    return said if rng.random() < 0.7 else said.removesuffix("?")


def _terse(text: str, _: Random) -> str:
    """Without articles, as one writes in a hurry."""
    return re.sub(r"\b(the|a|an|all the|of the) (?=\S)", "", text) if len(text) > 12 else text


def _shorter(text: str, rng: Random) -> str:
    pattern, said = rng.choice(SHORTER)
    return re.sub(pattern, said, text, count=1)


def _ending(text: str, rng: Random) -> str:
    """Another end of the sentence."""
    if text.endswith("?"):
        return text[:-1] if rng.random() < 0.8 else text[:-1] + " ?"
    if QUESTION.match(text):
        return text + "?"
    return text + rng.choices((".", "!", "..."), (86, 9, 5))[0]


def _case(text: str, rng: Random) -> str:
    """A capital letter at the start, mostly; shouting and small letters now and then."""
    style = rng.random()
    if style < 0.90:
        return text[:1].upper() + text[1:]
    return text.upper() if style < 0.95 else text.lower()


def _noisy_zh(wording: Wording, verbs: frozenset[str], rng: Random, manners: Manners) -> Wording:
    text = wording.text
    if rng.random() < manners.polite:
        text = _polite_zh(text, verbs, rng)
    if rng.random() < manners.polite / 2:
        text = BIT_ZH.sub(lambda found: found[1] + "一下", text)
    text = re.sub(r"[?？.。!！]$", "", text)
    question = QUESTION_ZH.search(text) is not None
    ending = rng.random()
    if ending < manners.ending + 0.2 * question:
        text += rng.choice(("？", "？", "?") if question else ("。", "。", "。", "。", ".", "！"))
    if rng.random() < 0.12:
        text = text.replace("，", rng.choice((",", " ")))
    written = rng.random()  # who writes traditional characters slips into other ones than these
    if written < manners.traditional:
        text = traditional(text, rng)
    elif written < manners.traditional + manners.typo_zh:
        text = typo_zh(text, rng)
    return replace(wording, text=spaced(replace(wording, text=text), rng))


def _polite_zh(text: str, verbs: frozenset[str], rng: Random) -> str:
    if not any(text.startswith(verb) for verb in verbs) or re.match("[请帮能可麻我]", text) or QUESTION_ZH.search(text):
        return text
    frame = rng.choices([frame for frame, _ in POLITE_ZH], [share for _, share in POLITE_ZH])[0]
    return frame.format(re.sub(r"[.。]$", "", text))


def spaced(wording: Wording, rng: Random) -> str:
    """Chinese with or without spaces around other writing: one way through the whole request, mostly."""
    style = rng.choices((0.0, 1.0, 0.5), (55, 33, 12))[0]
    text = wording.text
    said = ""
    for index, char in enumerate(text):
        said += char
        if index + 1 < len(text) and rng.random() < style and _border(wording, char, text[index + 1]):
            said += " "
    return said


def _border(wording: Wording, left: str, right: str) -> bool:
    """Whether Chinese and other writing meet between two characters, and not two parts of one name."""
    if (left in JOINING and _is_value(right)) or (right in JOINING and _is_value(left)):
        return False
    before = wording.value(left)[-1:] if _is_value(left) else left
    after = wording.value(right)[:1] if _is_value(right) else right
    return _chinese(before) != _chinese(after) and not any(char in " ，。？！、：；（）“”" for char in before + after)


def _is_value(char: str) -> bool:
    return re.match(f"[{HELD}]", char) is not None


def _chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
