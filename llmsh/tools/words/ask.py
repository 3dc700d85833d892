"""Ask back what is missing."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.types import LINE, Question


@tool(
    in_session=True,
    also=("unclear", "nonsense", "which", "ambiguous", "哪个", "不清楚"),
    examples=(
        Example(
            "delete it",
            'ask("What should I delete? Please name the file or folder.")',
            finds=("What should I delete? Please name the file or folder.",),
        ),
        Example("move the file", 'ask("Which file should I move, and where to?")'),
        Example("rename notes.txt", 'ask("What should notes.txt be called?")'),
        Example("copy this to the backup", 'ask("Which file should I copy, and what is the path of the backup?")'),
        Example("kill the process", 'ask("Which process should I stop? Please give its name or process id.")'),
        Example("search for it in the logs", 'ask("What text should I search for in the logs?")'),
        Example("clean up", 'ask("What should I clean up: temporary files, a folder, or something else?")'),
        Example("download the file please", 'ask("What is the address of the file to download?")'),
        Example("make it bigger", 'ask("What should be bigger, and how big?")'),
        Example("asdf qwer zxcv", 'ask("I do not understand this. What would you like to do?")'),
        Example("change the permissions of script.sh", 'ask("Which permissions should script.sh get?")'),
        Example("把它删了", 'ask("要删除什么？请说出文件或文件夹的名字。")', language="zh"),
        Example("把文件移过去", 'ask("要移动哪个文件，移到哪里？")', language="zh"),
        Example("帮我重命名一下", 'ask("要重命名哪个文件，新名字是什么？")', language="zh"),
        Example("压缩一下", 'ask("要压缩哪些文件，压缩包叫什么名字？")', language="zh"),
        Example("啊吧啦咕噜", 'ask("我没看懂这句话，您想做什么？")', language="zh"),
        Example("结束那个进程", 'ask("要结束哪个进程？请给出名字或进程号。")', language="zh"),
    ),
)
def ask(question: str) -> Question:
    """Ask the user for what is missing, when the request names nothing that could be meant, or makes no sense.

    Args:
        question: the whole question, in the language of the request.
    """
    return Question(LINE, [(line,) for line in question.splitlines()])
