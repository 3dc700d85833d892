"""Tools of llmsh round an invented one that takes lines: what is done to them before, and to what it gives."""

from __future__ import annotations

from llmsh.tuning.invented.frames import Frame

STEPS = (
    Frame(
        "read({textfile})",
        "take {textfile} and {np} | {textfile}: {np} | with the lines of {textfile} {np}",
        "用{textfile}{np} | {textfile}，{np} | 拿{textfile}的内容{np}",
    ),
    Frame(
        "read({textfile}) | sort()",
        "sort {textfile}, then {np} | take the sorted lines of {textfile} and {np} | "
        "sort the lines of {textfile} and {np} | {textfile} sorted: {np}",
        "把{textfile}排序，(再|然后){np} | 先把{textfile}排好序，再{np} | {textfile}排序后{np} | "
        "将{textfile}按行排序，{np}",
    ),
    Frame(
        "read({textfile}) | sort(descending=True)",
        "sort {textfile} (in reverse|descending|backwards), then {np} | take {textfile} in descending order and {np}",
        "把{textfile}(倒序|降序)排列，(再|然后){np} | {textfile}倒序排序后{np}",
    ),
    Frame(
        "read({textfile}) | unique()",
        "drop the duplicates of {textfile}, then {np} | {textfile} without duplicates: {np} | "
        "take each different line of {textfile} once and {np}",
        "把{textfile}去重，(再|然后){np} | {textfile}去掉重复行后{np} | 先给{textfile}去重再{np}",
    ),
    Frame(
        "read({textfile}) | sort() | unique()",
        "sort {textfile}, drop the duplicates and {np}",
        "把{textfile}排序去重，(再|然后){np} | {textfile}先排序再去重，然后{np}",
    ),
    Frame(
        "read({textfile}) | first({few})",
        "take the first {few} lines of {textfile} and {np} | only the first {few} lines of {textfile}: {np}",
        "取{textfile}的前{few}行，{np} | {textfile}只要前{few}行，{np}",
    ),
    Frame(
        "read({textfile}) | last({few})",
        "take the last {few} lines of {textfile} and {np}",
        "取{textfile}的最后{few}行，{np} | 用{textfile}最后{few}行{np}",
    ),
    Frame(
        "read({textfile}) | shuffle()",
        "shuffle {textfile}, then {np} | shuffle the lines of {textfile} and {np}",
        "把{textfile}打乱，(再|然后){np} | {textfile}打乱顺序后{np}",
    ),
    Frame(
        "read({textfile}) | sort() | first({few})",
        "sort {textfile}, take the first {few} and {np}",
        "把{textfile}排序，取前{few}行，{np}",
    ),
)
"""What is done to the lines of a file before the invented tool takes them, {np} what that is to do."""
SAVING = (
    Frame(
        "save({file})",
        "{np} and (save|write) (it|the result) (to|in|as) {file} | {np}[,] output to {file}",
        "{np}，(结果|)(存到|保存到|写到){file} | {np}，然后存成{file}",
    ),
)
"""What is done with what it gives, {np} all that comes before."""
