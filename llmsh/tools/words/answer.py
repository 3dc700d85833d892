"""Answer with words alone."""

from __future__ import annotations

from llmsh.tool import Example, tool
from llmsh.types import LINE, Answer


@tool(
    in_session=True,
    also=("hello", "thanks", "who are you", "help", "chat", "你好", "谢谢", "你是谁"),
    examples=(
        Example(
            "hello",
            'answer("Hello! What would you like to do?")',
            finds=("Hello! What would you like to do?",),
        ),
        Example("thanks a lot", 'answer("You are welcome!")'),
        Example("good morning", 'answer("Good morning! What can I do for you?")'),
        Example(
            "who are you?",
            'answer("I am llmsh, a shell for plain language. Tell me what to do with your files and programs.")',
        ),
        Example(
            "what can you do",
            'answer("I find, read, edit, move and compare files, look into processes, disks and the network, and run'
            ' commands. Type /tools to see everything.")',
        ),
        Example("how are you today?", 'answer("All is well, thank you. What would you like to do?")'),
        Example("tell me a joke", 'answer("Why do shells never get lost? They always know their path.")'),
        Example("what does chmod do?", 'answer("chmod changes who may read, write and execute a file.")'),
        Example("what is 2 + 2", 'answer("2 + 2 is 4.")'),
        Example("bye", 'answer("Goodbye! Press Ctrl-D to leave the shell.")'),
        Example(
            "are you connected to the internet?",
            'answer("No. I run on this computer, and nothing leaves it unless you approve it.")',
        ),
        Example("你好", 'answer("你好！想做点什么？")', language="zh"),
        Example("谢谢你", 'answer("不客气！")', language="zh"),
        Example(
            "你是谁？",
            'answer("我是 llmsh，一个听得懂日常语言的命令行。告诉我要对文件和程序做什么就行。")',
            language="zh",
        ),
        Example(
            "你能做什么",
            'answer("我可以查找、阅读、编辑、移动和比较文件，查看进程、磁盘和网络，也可以运行命令。'
            '输入 /tools 查看全部功能。")',
            language="zh",
        ),
        Example(
            "软链接是什么？",
            'answer("软链接是指向另一个文件或文件夹的特殊文件，打开它就等于打开它指向的目标。")',
            language="zh",
        ),
    ),
)
def answer(text: str) -> Answer:
    """Say something, when nothing is to be done: greetings, thanks, questions about the shell itself.

    Args:
        text: whole sentences, in the language of the request.
    """
    return Answer(LINE, [(line,) for line in text.splitlines()])
