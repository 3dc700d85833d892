"""The tables of tools in README and README.zh, generated from the registry: `python -m tests.docs` writes them."""

from __future__ import annotations

from pathlib import Path

from llmsh.language import translator_for
from llmsh.language.translator import Translate, as_written
from llmsh.registry import Registry, derive
from llmsh.tools import AREAS, built_in

README = Path(__file__).parent.parent / "README.md"
CHINESE = README.with_suffix(".zh.md")
START, END = "<!-- tools: python -m tests.docs -->\n", "<!-- end of tools -->"
HEAD, CHINESE_HEAD = "| tool | what it does | example |", "| 工具 | 作用 | 示例 |"


def table(head: str, translate: Translate) -> str:
    """The table of all built-in tools, a section for each area."""
    registry = Registry(derive(function) for function in built_in())
    lines = [head, "|---|---|---|"]
    for area in AREAS:
        lines.append(f"| **{area}** | | |")
        for tool in registry:
            if tool.area == area:
                plan = tool.examples[0].plan.replace("|", "\\|")
                lines.append(f"| `{tool.name}` | {translate(tool.summary)} | `{plan}` |")
    return "\n".join(lines) + "\n"


def written(file: Path) -> str:
    """A README with the table as it is now."""
    before, rest = file.read_text(encoding="utf-8").split(START)
    after = rest.split(END, 1)[1]
    if file == CHINESE:
        return before + START + table(CHINESE_HEAD, translator_for({}, "zh")) + END + after
    return before + START + table(HEAD, as_written) + END + after


if __name__ == "__main__":
    for file in (README, CHINESE):
        file.write_text(written(file), encoding="utf-8")
