"""Placeholders of a tldr page, as in {{path/to/file}}, filled with names: in the command and in the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PLACE = re.compile(r"\{\{(.*?)\}\}")
OPTION = re.compile(r"\{\{\[(-[^|\]]*)\|([^\]]*)\]\}\}")
ENDING = re.compile(r"(?:(?:path/to/|路径/到/)?[\w文件目标归档存压缩源-]*?)((?:\.[a-z0-9]{2,4}){1,2})")
KINDS: Mapping[str, str] = MappingProxyType({
    "file": r"(path/to/|路径/到/)?(input_|source_|target_|a_|some_)?(file|file_?name|文件名?|本地文件|源文件)[0-9]?",
    "folder": r"(path/to/|路径/到/)?(source_|target_)?(directory|folder|dir|目录|文件夹)[0-9]?",
    "pattern": r"(search_)?(pattern|string|word)|模式|搜索字符串|字符串|关键字",
    "count": r"count|number|n|数量|行数|深度|count_of_lines",
    "user": r"user(name)?|用户名?",
    "pid": r"pid|process_id|进程(id|号)",
})  # fmt: skip
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "file": ("report.txt", "notes.txt", "data.csv", "main.py"), "folder": ("docs", "project", "backup", "photos"),
    "ending": ("backup", "release", "files", "old"), "pattern": ("TODO", "error", "warning", "test"),
    "count": ("5", "10", "20", "3"), "user": ("alice", "bob", "www-data", "root"),
    "pid": ("1234", "4321", "812", "2077"),
})  # fmt: skip
A = r"\b(?:(?:an?|the|some|one|your|this|given|specific|specified) )+(?:(?:text|local|single|regular|input|existing) )*"
THIS = r"(?:一个|指定的?|特定的?|给定的?|某个|该|文本|本地|普通)*"
ENGLISH: Mapping[str, tuple[str, str]] = MappingProxyType({
    "file": (A + r"(?:compressed )?(?:file|archive)s?\b(?! (?:name|system|type|descriptor|size))", "NAME"),
    "folder": (A + r"(?:directory|folder)\b", "the NAME directory"),
    "pattern": (A + r"(?:search )?(?:pattern|string|word|regular expression)\b", '"NAME"'),
    "count": (r"\b(?:a )?few(?= )", "NAME"),
    "user": (A + r"user\b", "user NAME"),
    "pid": (A + r"process\b(?: ID)?", "process NAME"),
})  # fmt: skip
CHINESE: Mapping[str, tuple[str, str]] = MappingProxyType({
    "file": (THIS + r"(?:文件|归档|存档|压缩包)(?!系统|名|描述|类型|夹|大小|和|或)", " NAME "),
    "folder": (r"(?<![前父子主根工作])" + THIS + r"(?:目录|文件夹)(?!及|和|或|项)", " NAME 目录"),
    "pattern": (THIS + r"(?:模式|字符串|关键字|正则表达式)", " NAME "),
    "count": (r"(?<=[前后])几(?=[行个])", " NAME "),
    "user": (THIS + r"用户(?!组|名)", "用户 NAME "),
    "pid": (THIS + r"进程(?!树|号|的 ?id)", "进程 NAME "),
})  # fmt: skip


def filled(request: str, template: str, language: str, seed: int) -> tuple[str, str] | None:
    """The request and the command with names in their places; None where the request has no place for one."""
    template = OPTION.sub(lambda flag: flag[2] if flag[2].startswith("--") else flag[1], template)
    for place in dict.fromkeys(PLACE.findall(template)):
        found = _name(place, seed)
        if found is None:
            return None
        kind, name = found
        template = template.replace("{{" + place + "}}", name)
        named = _named(request, place, kind, name, language)
        if named is None:
            return None
        request = named
    return _tidy(request, language), template


def _name(place: str, seed: int) -> tuple[str, str] | None:
    """The kind and the name for a placeholder; a literal stands for itself."""
    for kind, pattern in KINDS.items():
        if re.fullmatch(pattern, place):
            return kind, NAMES[kind][(seed + ord(place[-1])) % 4]
    if ending := ENDING.fullmatch(place):
        return "file", NAMES["ending"][seed % 4] + ending[1]
    return ("literal", place) if re.fullmatch(r"[0-9]+|\*?\.\w+|[a-z]+", place) else None


def _named(request: str, place: str, kind: str, name: str, language: str) -> str | None:
    if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", request):
        return request
    if kind == "literal" and not re.search(r"[0-9.]", place) and f"`{place}`" not in request:
        return None
    if f"`{place}`" in request:
        return request.replace(f"`{place}`", name, 1)
    words = CHINESE if language == "zh" else ENGLISH
    if kind not in words:
        return None
    pattern, new = words[kind]
    text, count = re.subn(pattern, new.replace("NAME", name), request, count=1, flags=re.IGNORECASE)
    return text if count else None


def _tidy(request: str, language: str) -> str:
    text = re.sub(r"`([^`]+)`", r"\1", request)
    text = re.sub(r"\s+", " ", text).strip()
    if language == "zh":
        text = re.sub(r" ?([，。、：；（）！？]) ?", r"\1", text)
    return text[:1].upper() + text[1:] if language == "en" else text
