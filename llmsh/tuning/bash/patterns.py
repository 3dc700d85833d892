"""The regular expressions of grep, sed and awk as Python writes them."""

from __future__ import annotations

import re

from llmsh.tuning.bash.parse import NotTranslated

CLASSES = {
    "[:digit:]": "0-9", "[:alpha:]": "A-Za-z", "[:alnum:]": "A-Za-z0-9", "[:space:]": r" \t", "[:upper:]": "A-Z",
    "[:lower:]": "a-z", "[:blank:]": r" \t", "[:xdigit:]": "0-9A-Fa-f", "[:punct:]": "!-/:-@[-`{-~",
}  # fmt: skip
SIGNS = re.compile(r"[\\^$.|?*+()\[\]{}]")


def is_plain(pattern: str) -> bool:
    """Whether a pattern holds no sign that means something."""
    return not SIGNS.search(pattern)


def from_basic(pattern: str) -> str:
    r"""A basic regular expression, where \( \) \| \+ \? \{ mean what ( ) | + ? { mean elsewhere."""
    return _parts(pattern, basic=True)


def from_extended(pattern: str) -> str:
    """An extended regular expression."""
    return _parts(pattern, basic=False)


def _parts(pattern: str, *, basic: bool) -> str:
    done: list[str] = []
    rest = pattern
    while rest:
        if found := re.match(r"\[\^?\]?(?:\[:\w+:\]|[^\]])*\]", rest):
            part = found[0]
            for name, signs in CLASSES.items():
                part = part.replace(name, signs)
            if "[:" in part or "[." in part or "[=" in part:
                raise NotTranslated("a pattern with a class that is not known")
            done.append(part)
        elif found := re.match(r"\\(.)", rest):
            done.append(_escaped(found[1], basic=basic))
        else:
            found = re.match(r"(?s).", rest)
            assert found is not None  # noqa: S101  the rest is not empty
            literal = basic and found[0] == "$" and len(rest) > 1 and not rest.startswith(("$\\)", "$\\|"))
            swapped = literal or (
                basic and (found[0] in "()|+?{}" or (found[0] == "*" and not "".join(done).strip("^")))
            )
            done.append("\\" + found[0] if swapped else found[0])
        rest = rest[found.end() :]
    return "".join(done)


def _escaped(sign: str, *, basic: bool) -> str:
    if sign in "<>":
        return r"\b"
    if basic and sign in "()|+?{}":
        return sign
    if sign in "'\"/-_:,;=#@!%&~ `":
        return sign
    return "\\" + sign
