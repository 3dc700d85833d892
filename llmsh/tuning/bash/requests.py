"""Requests as people would type them, and rows whose request does not say what their command does."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from llmsh.plan import parse, print_plan
from llmsh.tuning.bash.literals import strangers
from llmsh.types import Call, Plan

GARBAGE = re.compile(
    r"(?i)n/?a$|todo|http\S+|<[a-z_ -]+>|\{[a-z_]+\}|\$\{?\w|`[^`]*[ $][^`]*`|\bgnu\b.*specific|see (man|the)|explained"
)
CHANGES = {
    "delete": r"delet|remov|\brm\b|clean|erase|purge|get rid|unlink|empty out|clear|wipe|discard|trash|drop|删|清|移除",
    "copy": r"cop|duplicat|back ?up|\bcp\b|save|put|创建|复制|备份|拷贝",
    "move": r"mov|renam|\bmv\b|put|transfer|移|重命名|放",
    "archive": r"archiv|compress|\btar\b|zip|pack|back ?up|压缩|归档|打包|存档",
    "set_permissions": r"permission|chmod|mode|writ|execut|read|access|\b[0-7]{3,4}\b|权限|执行|可读",
    "set_owner": r"own|group|chown|chgrp|user|belong|所有者|用户|组",
    "count": r"count|how many|number|total|amount|数|多少|几",
    "count_text": r"count|how many|number|total|lines|数|多少|行",
    "count_matches": r"count|how many|number|total|times|数|多少|几",
    "save": r"sav|writ|redirect|output|store|log|put|append|list|file|保存|写|输出",
    "sum": r"sum|total|add|size|space|how much|总|和", "unique": r"uniq|duplicat|distinct|differ|once|重复|唯一|不同",
    "group": r"count|how many|number|occur|frequen|times|次数|统计|重复|uniq",
    "replace": r"replac|chang|substitut|remov|delet|strip|convert|squeez|insert|append|prefix|without|\badd|替换|删",
    "extract": r"extract|unpack|decompress|unzip|untar|uncompress|restor|解|提取",
}  # fmt: skip
LEAVES_OUT = (
    r"not\b|wihout|dont|expect those|n't|without|exclud|except|ignor|skip|other than|avoid|but\b|omit"
    r"|prun|outside|lacking|non-|never|不|除|排除|忽略"
)
LEVELS = (
    r"only|recurs|immediate|direct(ly)? |\bsub|level|depth|deep|\btop\b|\bfirst\b|descend|one|层|级|递归|子目录|深度"
)
HABITS = {
    "ignore_case": r"case|sensitiv|capital|upper|lower|-iname|grep -\w*i|大小写|大写|小写",
    "kind": r"regular|normal|ordinary|plain|-type|普通",
}
"""Options that many commands have out of habit, and the words of a request that wants them."""
LONG = 160
"""From here on a request tells a story, and quotes what its plan need not name."""


def cleaned(request: str) -> str:
    """One line, one space between words, no quotes around it all. Empty where it is no request."""
    text = re.sub(r"\s+", " ", request).strip().strip("\u200b\ufeff")
    text = re.sub(r" ([.,;:?!])(?=\s|$)", r"\1", text)
    if len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') == 2:
        text = text[1:-1].strip()
    text = re.sub(r"^\((?:[A-Za-z]+[ -]?)+specific\)\s*", "", text)
    if GARBAGE.search(text) or not 8 <= len(text) <= 600 or text.count('"') % 2:
        chinese = re.search(r"[一-鿿]", text)
        return text if chinese and 4 <= len(text) <= 120 and not GARBAGE.search(text) else ""
    return text


def mismatch(request: str, plan_text: str) -> str:
    """Why a request does not ask for this plan; nothing where it does."""
    plan = parse(plan_text)
    unknown = strangers(plan, request)
    if unknown:
        return "values that the request does not name"
    text = request.lower()
    tools = {call.tool for step in plan.steps for call in step.calls}
    for tool in sorted(tools & set(CHANGES)):
        if not re.search(CHANGES[tool], text):
            return f"{tool} that the request does not ask for"
    if re.search(r"\b(delete|remove|erase)\b", text) and not tools & {
        "delete", "delete_lines", "replace", "edit", "set_permissions", "drop", "unique", "cut", "trim", "set_lines",
        "skip",
    }:  # fmt: skip
        return "a request to delete, and nothing is"
    if re.match(r"(count|how many)\b", text) and not tools & {
        "count", "count_text", "count_each", "count_matches", "group", "measure", "sum", "disk_usage",
    }:  # fmt: skip
        return "a request to count, and nothing is"
    return _details(text, plan, tools)


def asked_for(plan_text: str, request: str) -> str:
    """The plan without what commands say out of habit and the request does not: -iname, and -type f beside a name."""
    text = request.lower()
    habits = {name for name, words in HABITS.items() if not re.search(words, text)}
    plan = parse(plan_text)
    steps = tuple(replace(step, calls=tuple(_without(call, habits) for call in step.calls)) for step in plan.steps)
    return print_plan(replace(plan, steps=steps))


def _without(call: Call, habits: Set[str]) -> Call:
    named = any(name == "name" for name, _ in call.options)
    return replace(call, options=tuple(
        (name, value) for name, value in call.options
        if name not in habits or (name == "kind" and not (named and value == "file"))
    ))  # fmt: skip


def _details(text: str, plan: Plan, tools: set[str]) -> str:
    options = {name for step in plan.steps for call in step.calls for name, _ in call.options}
    if options & {"not_name", "exclude"} and not re.search(LEAVES_OUT, text):
        return "left out what the request wants in"
    if options & {"depth", "min_depth"} and not re.search(LEVELS, text):
        return "levels that the request does not name"
    if re.search(r"exclud|except\b|排除", text) and not (
        options & {"not_name", "exclude", "invert", "without", "hidden", "at_end"}
        or tools & {"drop", "where", "skip", "keep"}
    ):
        return "left in what the request wants out"
    if (
        re.search(r"case[- ]?insens|ignor\w+ (the )?case|regardless of case|忽略大小写", text)
        and "ignore_case" not in options
    ):
        return "upper and lower case matter, and should not"
    places = re.sub(r"(current|home|working|this|\S*/\S*)\W* (directory|folder)\b", "", text)
    kinds = {value for step in plan.steps for call in step.calls for name, value in call.options if name == "kind"}
    if "folder" in kinds and not re.search(r"director|folder|\bdirs?\b|direcor|目录|文件夹", places):
        return "folders where files are meant"
    if (
        "file" in kinds
        and re.search(r"\b(director|folder)", places)
        and not re.search(r"file|regular|image|text|log", places)
    ):
        return "files where folders are meant"
    quotes = re.findall(r"(?<![\w./*-])[\w-]{2,}\.[a-z]{2,4}\b", text) + re.findall(
        r"(?<![\w])[\"'`]([^\"'`]{2,40})[\"'`](?!\w)", text
    )
    said = re.sub(r"[^\w]", "", repr(plan).lower())
    if len(text) < LONG and any(re.sub(r"[^\w]", "", quote) not in said for quote in quotes):
        return "the request names more than the plan"
    return ""
