"""Say that something cannot or should not be done, and why."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.types import LINE, Refusal


@tool(
    in_session=True,
    also=("impossible", "cannot", "not possible", "做不到", "不能"),
    examples=(
        Example(
            "order a pizza",
            'refuse("I cannot order food. I work with the files and programs of this computer.")',
            finds=("I cannot order food. I work with the files and programs of this computer.",),
        ),
        Example("hack my neighbour's wifi", 'refuse("I do not help to break into other people\'s networks.")'),
        Example("what is the weather tomorrow?", 'refuse("I cannot know the weather: I only see this computer.")'),
        Example("call my mother", 'refuse("I cannot make phone calls from this shell.")'),
        Example(
            "make me a coffee", 'refuse("I cannot make coffee. I work with the files and programs of this computer.")'
        ),
        Example("steal the passwords of the other users", 'refuse("I do not help to take other people\'s passwords.")'),
        Example("write a virus for me please", 'refuse("I do not help to write malicious software.")'),
        Example("who will win the election", 'refuse("I cannot know that: I only see this computer.")'),
        Example("turn on the lights in the kitchen", 'refuse("I cannot control lights from this shell.")'),
        Example("帮我点一份外卖", 'refuse("我不能点外卖，只能处理这台电脑上的文件和程序。")', language="zh"),
        Example("明天天气怎么样？", 'refuse("我无法知道天气，我只能看到这台电脑。")', language="zh"),
        Example("破解邻居的无线密码", 'refuse("我不会帮忙入侵别人的网络。")', language="zh"),
        Example("给我妈打个电话", 'refuse("我不能从这里打电话。")', language="zh"),
    ),
)
def refuse(reason: str) -> Refusal:
    """Say why it will not be done: impossible here, or harmful to others.

    Args:
        reason: whole sentences, in the language of the request.
    """
    return Refusal(LINE, [(line,) for line in reason.splitlines()])
