"""The words of a request with its values held aside, each as one private character, and their tidying up.

Nothing that is done to the words later, spelling mistakes least of all, can touch a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FIRST_HELD = 0xE000
HELD = "\ue000-\uf8ff"
EMPTY = "\x00"
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass
class Held:
    """The values of a request, in the order of their private characters; and which names they are."""

    texts: list[str] = field(default_factory=list)

    def hold(self, text: str) -> str:
        """The private character that stands for a text from now on."""
        self.texts.append(text)
        return chr(FIRST_HELD + len(self.texts) - 1)


@dataclass(frozen=True)
class Wording:
    """A request with its values held aside."""

    text: str
    values: tuple[str, ...]

    def spoken(self) -> str:
        """The request as it is typed."""
        return re.sub(f"[{HELD}]", lambda found: self.values[ord(found[0]) - FIRST_HELD], self.text)

    def value(self, char: str) -> str:
        """The value that a private character stands for."""
        return self.values[ord(char) - FIRST_HELD]


def tidy(text: str, language: str) -> str:
    """What empty slots and nested forms leave behind: doubled words, particles without a phrase, spaces.

    A lone dot in the middle of a sentence is the working folder.
    """
    if language == "zh":
        text = re.sub(f"(?<![{HELD}里下中]){EMPTY}+的", "", text)
        text = re.sub(f"在{EMPTY}", "", text)
    text = text.replace(EMPTY, "")
    if language == "zh":  # spaces between Chinese and other writing are put in later, all in one way
        text = re.sub(f"(?<![!-~{HELD}]) +| +(?![!-~{HELD}])", "", text)
        text = re.sub(r"(的|在|从)\1+", r"\1", text)
    text = re.sub(r"\b(how many|which|any|no|every|each|those|these|my) (all the|all|the) ", r"\1 ", text)
    text = re.sub(r"\b(the|a|all|in|of|all the|the file) \1\b", r"\1", text)
    text = re.sub(
        rf"\b(\w+est|recent|changed|modified|(?:first|last) [{HELD}]|best) (?:all the|all|the) ", r"\1 ", text
    )
    text = re.sub(r"\s+", " ", text).strip().rstrip(" ,，、")
    return re.sub(r" ([?,!:;,。?!]|\.(?=$| [A-Z]))(?![\w/*])", r"\1", text)
