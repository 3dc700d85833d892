"""Each test of find as arguments of find_files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from llmsh.tuning.bash.find_wanted import KINDS, NAMES, PATHS, UNITS, Wanted, unescaped
from llmsh.tuning.bash.find_words import Test
from llmsh.tuning.bash.parse import NotTranslated


def _named(test: Test, wanted: Wanted) -> None:
    pattern = unescaped(test.text)
    option = "not_name" if test.negated else "name"
    if test.name == "-iname" and pattern != ".*":
        wanted.set(ignore_case=True)
    if test.negated:
        if pattern == ".*":
            wanted.set(hidden=False)
        elif pattern not in (".", "..", "./"):
            wanted.extend(option, (pattern,))
        return
    if pattern == ".*":
        wanted.set(hidden=True)
        return
    if pattern == "[!.]*":
        wanted.set(hidden=False)
        return
    if "[" in pattern and (plain := re.sub(r"\[(\w)(\w)\]", _one_letter, pattern)) != pattern and "[" not in plain:
        wanted.set(ignore_case=True)
        pattern = plain
    wanted.set(**{option: (pattern,)})


def _one_letter(found: re.Match[str]) -> str:
    """[Rr] is r whatever its case; other choices stay."""
    same = found[1].lower() == found[2].lower() and found[1] != found[2]
    return found[1].lower() if same else found[0]


def _pathed(test: Test, wanted: Wanted) -> None:
    pattern = unescaped(test.text)
    if test.name in PATHS[2:]:
        wanted.set(ignore_case=True)
    if not test.negated:
        wanted.set(path=(pattern,))
    elif pattern in ("*/.*", "*/.*/*", "./.*", "./.*/*"):
        wanted.set(hidden=False)
    elif found := re.fullmatch(r"(?:\*/|\./)?([\w.-]+(?:/[\w.-]+)*\*?)(?:/\*|/)?|(\*[\w.-]+\*)", pattern):
        wanted.extend("exclude", (found[1] or found[2],))
    else:
        raise NotTranslated("find: ! -path that is no folder")


def _regex(test: Test, wanted: Wanted) -> None:
    text = test.text
    if test.name == "-iregex":
        wanted.set(ignore_case=True)
    values: tuple[str, ...] = ()
    if found := re.fullmatch(r"(?:\^)?\.[*+]\\\.\\?\(([\w\\|]+?)\\?\)\$?", text):
        endings = re.split(r"\\?\|", found[1])
        small = tuple(dict.fromkeys(ending.lower() for ending in endings))
        if len(small) < len(endings):  # jpg and JPG
            wanted.set(ignore_case=True)
            endings = list(small)
        values = tuple(f"*.{ending}" for ending in endings)
    elif found := re.fullmatch(r"\^?\.[*+]\\?\.(\w+)\$?", text):
        values = (f"*.{found[1]}",)
    elif found := re.fullmatch(r"\.\*(\w[\w-]*)\.\*", text):
        values = (f"*{found[1]}*",)
    elif found := re.fullmatch(r"\.\*/([\w-]+)", text):
        values = (found[1],)
    if not values:
        raise NotTranslated("find: a regular expression for the path")
    if test.negated:
        wanted.extend("not_name", values)
    else:
        wanted.set(name=values)


def _kind(test: Test, wanted: Wanted) -> None:
    kind = KINDS.get(test.text)
    if kind is None:
        raise NotTranslated("find: several kinds in -type")
    if test.negated:
        wanted.after.append(("kind", "!=", kind))
    else:
        wanted.set(kind=kind)


def _other_kind(test: Test, wanted: Wanted) -> None:
    if test.text != "l" or test.negated:
        raise NotTranslated("find: -xtype")
    wanted.set(broken=True)


def _size(test: Test, wanted: Wanted) -> None:
    found = re.fullmatch(r"([-+]?)([0-9]+)([cwbkMG]?)", test.text)
    if found is None:
        raise NotTranslated("find: a size it does not know")
    sign, number, unit = found.groups()
    if unit in ("b", "w", ""):
        amount = int(number) * (2 if unit == "w" else 512)
        size = f"{amount // 1024}K" if amount % 1024 == 0 and amount else str(amount)
    else:
        size = number + UNITS[unit]
    if test.negated:
        sign = {"+": "-", "-": "+"}.get(sign, "?")
    if sign == "?":
        raise NotTranslated("find: ! -size")
    if not sign and number == "0":
        wanted.set(empty=True)
        wanted.options.setdefault("kind", "file")
    elif sign == "+" and number == "0":
        wanted.set(min_size="1")
    else:
        wanted.set(**{{"+": "min_size", "-": "max_size", "": "size"}[sign]: size})


def _age(test: Test, wanted: Wanted) -> None:
    found = re.fullmatch(r"([-+]?)([0-9]+)", test.text)
    if found is None:
        raise NotTranslated("find: an age it does not know")
    sign, number = found[1], int(found[2])
    unit = "min" if test.name.endswith("min") else "d"
    _which_time(test.name[1], wanted)
    if test.negated:
        sign = {"+": "-", "-": "+"}.get(sign, "?")
    if sign == "?":
        raise NotTranslated("find: ! with an exact age")
    if sign == "-":
        wanted.set(newer_than=f"{number}{unit}")
    elif sign == "+":
        wanted.set(older_than=f"{number}{unit}")
    else:
        wanted.set(newer_than=f"{number + 1}{unit}")
        if number:
            wanted.set(older_than=f"{number}{unit}")


def _which_time(letter: str, wanted: Wanted) -> None:
    wanted.set(which=letter)
    if letter != "m":
        wanted.set(time={"a": "accessed", "c": "changed"}[letter])


def _newer(test: Test, wanted: Wanted) -> None:
    if test.negated:
        raise NotTranslated("find: ! -newer FILE")
    wanted.set(newer_than_file=test.text)


def _since(test: Test, wanted: Wanted) -> None:
    text = test.text.strip()
    if found := re.fullmatch(r"([0-9]{4})[-/]?([0-9]{2})[-/]?([0-9]{2})( [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?", text):
        day = f"{found[1]}-{found[2]}-{found[3]}{found[4] or ''}".removesuffix(" 00:00:00").removesuffix(" 00:00")
    elif found := re.fullmatch(r"-?([0-9]+) (day|week|hour|minute|min|month|year)s?(?: ago)?", text):
        day = found[1] + {"day": "d", "week": "w", "hour": "h", "month": "mo", "year": "y"}.get(found[2], "min")
    elif text in ("today", "yesterday"):
        day = text
    else:
        raise NotTranslated("find: a date it does not know")
    _which_time({"-newermt": "m", "-newerct": "c", "-newerat": "a"}[test.name], wanted)
    wanted.set(**{"older_than" if test.negated else "newer_than": day})


def _permission(test: Test, wanted: Wanted) -> None:
    text = test.text
    if re.fullmatch(r"0?[0-7]{3,4}", text):
        mode = text[-4:].removeprefix("0") if len(text) > 3 else text
        if test.negated:
            wanted.after.append(("mode", "!=", f"{int(text, 8):04o}"))
        else:
            wanted.set(permission=mode)
        return
    if found := re.fullmatch(r"[/+](?:0?(444|222)|(?:a|ugo)[+=]([rw])|\+([rw]))", text):
        letter = {"444": "r", "222": "w"}.get(found[1] or "", found[2] or found[3])
        wanted.set(permission=f"a-{letter}" if test.negated else f"+{letter}")
        return
    letters = _letters(text)
    if letters is None:
        raise NotTranslated("find: a permission it does not know")
    if letters in ("any+x",):
        wanted.set(executable=not test.negated)
        return
    if test.negated:
        if "," in letters or not re.fullmatch(r"[ugo]\+[rwx]", letters):
            raise NotTranslated("find: ! -perm of several bits")
        letters = letters.replace("+", "-")
    wanted.set(permission=letters)


def _letters(text: str) -> str | None:
    """-022, /111, -u+w and their like as letters; "any+x" where somebody may execute; None where no letters say it."""
    if re.fullmatch(r"[-/+]0?111|[/+]a\+x|[/+](ugo|u)?\+x|[/+](u\+x,g\+x,o\+x|u=x,g=x,o=x)", text) and text[0] != "-":
        return "any+x"
    if found := re.fullmatch(r"[-/]([ugo]\+?=?[rwxst])", text):
        return found[1].replace("=", "+")
    if found := re.fullmatch(r"-((?:[ugoa]+[+=][rwxst]+)(?:,[ugoa]+[+=][rwxst]+)*)", text):
        return found[1].replace("=", "+")
    found = re.fullmatch(r"([-/+])0?([0-7]{3,4})", text)
    if found is None:
        return None
    bits = int(found[2], 8)
    if found[1] != "-" and bits.bit_count() != 1:
        return None
    return _of_bits(bits)


def _of_bits(bits: int) -> str:
    parts = []
    triples = {who: bits >> shift & 7 for who, shift in (("u", 6), ("g", 3), ("o", 0))}
    if len(set(triples.values())) == 1 and triples["u"]:
        parts.append("a+" + _rwx(triples["u"]))
    else:
        parts.extend(f"{who}+{_rwx(three)}" for who, three in triples.items() if three)
    special = {0o4000: "u+s", 0o2000: "g+s", 0o1000: "+t"}
    parts.extend(letters for bit, letters in special.items() if bits & bit)
    return ",".join(parts)


def _rwx(three: int) -> str:
    return "".join(letter for letter, bit in (("r", 4), ("w", 2), ("x", 1)) if three & bit)


def _whose(test: Test, wanted: Wanted) -> None:
    column = {"-user": "owner", "-uid": "owner", "-group": "group", "-gid": "group"}[test.name]
    if test.negated:
        wanted.after.append((column, "!=", test.text))
    else:
        wanted.set(**{column: test.text})


def _counted(test: Test, wanted: Wanted) -> None:
    found = re.fullmatch(r"([-+]?)([0-9]+)", test.text)
    if found is None or test.negated:
        raise NotTranslated(f"find: {test.name}")
    operation = {"+": ">", "-": "<", "": "="}[found[1]]
    wanted.after.append(({"-links": "links", "-inum": "inode"}[test.name], operation, found[2]))


def _empty(test: Test, wanted: Wanted) -> None:
    wanted.set(empty=not test.negated)


def _executable(test: Test, wanted: Wanted) -> None:
    wanted.set(executable=not test.negated)


TESTS: Mapping[str, Callable[[Test, Wanted], None]] = MappingProxyType({
    **dict.fromkeys(NAMES, _named), **dict.fromkeys(PATHS, _pathed), "-regex": _regex, "-iregex": _regex,
    "-type": _kind, "-xtype": _other_kind, "-size": _size, "-newer": _newer, "-perm": _permission,
    **dict.fromkeys(("-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin"), _age),
    **dict.fromkeys(("-newermt", "-newerct", "-newerat"), _since),
    **dict.fromkeys(("-user", "-uid", "-group", "-gid"), _whose),
    **dict.fromkeys(("-links", "-inum"), _counted), "-empty": _empty, "-executable": _executable,
})  # fmt: skip
