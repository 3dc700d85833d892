"""The table of tools in README, generated from the registry: `python -m tests.docs` writes it."""

from __future__ import annotations

from pathlib import Path

from llmsh.registry import Registry, derive
from llmsh.tools import AREAS, built_in

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- tools: python -m tests.docs -->\n", "<!-- end of tools -->"


def table() -> str:
    """The table of all built-in tools, a section for each area."""
    registry = Registry(derive(function) for function in built_in())
    lines = ["| tool | what it does | example |", "|---|---|---|"]
    for area in AREAS:
        lines.append(f"| **{area}** | | |")
        for tool in registry:
            if tool.area == area:
                plan = tool.examples[0].plan.replace("|", "\\|")
                lines.append(f"| `{tool.name}` | {tool.summary} | `{plan}` |")
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """README's text with the table as it is now."""
    before, rest = text.split(START)
    after = rest.split(END, 1)[1]
    return before + START + table() + END + after


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
