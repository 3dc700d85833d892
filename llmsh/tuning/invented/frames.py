"""One row tool behind an invented one: what people ask of the rows that a tool gives, whatever they are."""

from __future__ import annotations

from typing import NamedTuple


class Frame(NamedTuple):
    """Tools of llmsh beside an invented one: their calls, the requests in both languages, the column they need.

    That is any, one of words, one of a number, one that has a superlative (graded), one whose values are known
    (kind), or none.
    """

    call: str
    en: str
    zh: str
    needs: str = ""


SINGLE = (
    Frame(
        "count()",
        "how many {np} (are there|do I have|) | (count|number of) [the] {np}",
        "有多少{np} | {np}有多少 | 统计{np}的数量",
        "",
    ),
    Frame(
        "first({count})",
        "[show] [only] the first {count} {np} | {count} {np}, not more",
        "前{count}个{np} | {np}的前{count}个",
        "",
    ),
    Frame(
        "last({count})",
        "[show] the last {count} {np}",
        "最后{count}个{np}",
        "",
    ),
    Frame(
        "sort({column})",
        "[show|list] [the|all] {np} (sorted|ordered) by {column} | sort the {np} by {column}",
        "按{column}排列{np} | 把{np}按{column}排序",
        "any",
    ),
    Frame(
        "sort({column}, descending=True)",
        "[show|list] [the|all] {np} by {column}, (highest|largest) first",
        "把{np}按{column}从大到小排序",
        "number",
    ),
    Frame(
        "largest(by={column})",
        "which [of the] {np} has the (highest|largest|most) {column} | [of] the {np} the one with the highest {column}",
        "{np}中{column}最(高|大)的[是哪个]",
        "number",
    ),
    Frame(
        "smallest(by={column})",
        "which [of the] {np} has the (lowest|smallest|least) {column}",
        "{np}中{column}最(低|小)的[是哪个]",
        "number",
    ),
    Frame(
        'where({column}, ">", "{limit!}")',
        "[show|list] [the|all] {np} with {column} (over|above|of more than|greater than) {limit}",
        "{column}(大于|超过){limit}的{np}",
        "number",
    ),
    Frame(
        'where({column}, "<", "{limit!}")',
        "[show|list] [the|all] {np} with {column} (under|below|of less than) {limit}",
        "{column}(小于|低于){limit}的{np}",
        "number",
    ),
    Frame(
        "select({column})",
        "(only|just) the {column} of the {np} | [show] the {column} of [all] the {np}",
        "只(看|显示){np}的{column}",
        "any",
    ),
    Frame(
        "group({column})",
        "how many {np} (per|for each|by) {column} | count the {np} by {column}",
        "按{column}统计{np}",
        "words",
    ),
    Frame(
        "sum({column})",
        "[what is] the total {column} of [all|the|all the] {np} | add up the {column} of the {np}",
        "{np}的{column}总和",
        "number",
    ),
    Frame(
        "average({column})",
        "[what is] the average {column} of [all|the] {np}",
        "{np}的平均{column}",
        "number",
    ),
    Frame(
        "save({file})",
        "(save|write|export) [the|all] {np} (to|into) {file}",
        "把{np}(保存|写|导出)到{file}",
        "",
    ),
    Frame(
        "first({few})",
        "[the] first {few} {np} | only {few} {np}",
        "前{few}个{np} | {np}，只要{few}个",
        "",
    ),
    Frame(
        "largest(by={column})",
        "[which is] the {most} of the {np} | (show|give me) the {most} [one] (of|among) [all] the {np}",
        "{np}(里|中){most}的[是哪个|一个] | {most}的{np}",
        "graded",
    ),
    Frame(
        "smallest(by={column})",
        "[which is] the {least} of the {np} | (show|give me) the {least} [one] (of|among) [all] the {np}",
        "{np}(里|中){least}的[是哪个|一个] | {least}的{np}",
        "graded",
    ),
    Frame(
        "largest({few}, by={column})",
        "the {few} {most} of the {np} | of the {np} the {few} {most}",
        "{most}的{few}个{np} | {np}里{most}的{few}个",
        "graded",
    ),
    Frame(
        "smallest({few}, by={column})",
        "the {few} {least} of the {np} | (show|list) the {few} {least} of the {np}",
        "{least}的{few}个{np} | {np}里{least}的{few}个",
        "graded",
    ),
    Frame(
        "largest({few}, by={column})",
        "[the] {few} {np} with the (highest|most|largest) {column}",
        "{np}里{column}最(高|大|多)的{few}个 | {column}最(高|大|多)的{few}个{np}",
        "number",
    ),
    Frame(
        "smallest({few}, by={column})",
        "[the] {few} {np} with the (lowest|least|smallest) {column}",
        "{np}里{column}最(低|小|少)的{few}个 | {column}最(低|小|少)的{few}个{np}",
        "number",
    ),
    Frame(
        'where({column}, ">=", "{limit!}")',
        "[the] {np} with {column} of at least {limit} | {np}, {column} {limit} or more",
        "{column}(至少|不少于){limit}的{np} | {np}，{column}在{limit}以上",
        "number",
    ),
    Frame(
        'where({column}, "<=", "{limit!}")',
        "[the] {np} with {column} of at most {limit} | {np}, {column} {limit} or less",
        "{column}(最多|不超过){limit}的{np}",
        "number",
    ),
)
"""A row tool behind an invented one, {np} what it gives."""
