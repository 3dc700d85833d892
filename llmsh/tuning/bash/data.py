"""The rows of the data files, each a request with a command."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from llmsh.tuning.bash.places import filled

FILES: Mapping[str, str] = MappingProxyType({
    "train_nl2bash_inscope.jsonl": "nl2bash", "train_agentbench_os_verified.jsonl": "agentbench",
    "train_tldr_en_inscope.jsonl": "tldr", "train_tldr_zh_inscope.jsonl": "tldr",
})  # fmt: skip
TYPED = str.maketrans("“”‘’–—", "\"\"''--")
"""Quotes and dashes as they were before a web page made them pretty."""
FRAGMENT = re.compile(
    r"^Use |^Specify |^使用|^指定|interactive"
    r"|\b(help|version)\b|documentation|帮助|版本|交互|文档|^以.{0,12}(方式|格式)显示信息"
)
"""Descriptions of pages that are no requests, or requests to a program about itself."""


@dataclass(frozen=True)
class DataRow:
    """A request and its command."""

    request: str
    command: str
    language: str
    source: str


def rows(folder: str) -> Iterator[DataRow]:
    """All rows of all files that are there, in their order."""
    for name, source in FILES.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            for line in file:
                row = _row(json.loads(line), source)
                if row is not None:
                    yield row


def _row(value: Mapping[str, str], source: str) -> DataRow | None:
    language = value["lang"]
    if source == "nl2bash":
        return DataRow(value["nl"], value["cmd"].translate(TYPED), language, source)
    if source == "agentbench":
        command = _one_line(value["gold"])
        return DataRow(value["nl"], command, language, source) if command else None
    if FRAGMENT.search(value["nl"]):
        return None
    both = filled(value["nl"], value["cmd_template"], language, sum(map(ord, value["id"])))
    return None if both is None else DataRow(both[0], both[1], language, source)


def _one_line(gold: str) -> str:
    lines = [line for line in gold.strip().splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return lines[0].strip() if len(lines) == 1 else ""
