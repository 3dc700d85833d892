"""/tools: what plans are made of."""

from __future__ import annotations

import difflib

from llmsh.commands.base import Command, Context, said
from llmsh.errors import UsageError
from llmsh.registry import Parameter, Tool
from llmsh.types import Column, Rows, Table
from llmsh.units import show_seconds, show_size


def run(context: Context, words: list[str]) -> Rows:
    """All tools, or one of them in full."""
    if not words:
        columns = (Column("tool"), Column("area"), Column("does"))
        return Table(columns, [(tool.name, tool.area, tool.summary) for tool in context.registry])
    tool = context.registry.get(words[0])
    if tool is None:
        near = difflib.get_close_matches(words[0], [tool.name for tool in context.registry], 1)
        raise UsageError(f"there is no tool named {words[0]}", f"did you mean {near[0]}?" if near else "see /tools")
    return said(*_lines(tool))


def _lines(tool: Tool) -> list[str]:
    takes = "nothing" if tool.takes is None else tool.takes.__name__ + ("" if tool.needs_given else ", or nothing")
    gives = "what it takes" if tool.gives is None else tool.gives.__name__
    lines = [tool.signature(), "", tool.summary, "", f"takes   {takes}", f"gives   {gives}", f"from    {tool.origin}"]
    lines += [f"limits  {shown}" if index == 0 else f"        {shown}" for index, shown in enumerate(_limits(tool))]
    if tool.parameters:
        lines += ["", "arguments"]
        lines += [f"  {parameter.name:<16} {_meaning(parameter)}" for parameter in tool.parameters]
    lines += ["", "examples"]
    for example in tool.examples:
        lines += [f"  {example.request}", f"    {example.plan}"]
    return lines


def _limits(tool: Tool) -> list[str]:
    """What one call may use, and under which names the setting `limits` changes it."""
    limits = tool.limits
    return [
        f"seconds    {show_seconds(limits.seconds)}, on the clock and of each processor",
        f"memory     {show_size(limits.memory)} for each process",
        f"processes  {limits.processes} of the programs it runs, if any",
        f"file       {show_size(limits.file)} in one file",
        f"open_files {limits.open_files} at once",
        f"output     {show_size(limits.output)}, {limits.rows} rows",
    ]


def _meaning(parameter: Parameter) -> str:
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    return (parameter.means or parameter.kind.name) + choices


COMMAND = Command("tools", "/tools [NAME]", "what plans are made of", run)
