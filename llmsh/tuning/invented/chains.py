"""Row tools behind an invented one, most of them several in a row: the rows are filtered, sorted and saved."""

from __future__ import annotations

from llmsh.tuning.invented.frames import Frame

CHAINS = (
    Frame(
        'where({column}, ">", "{limit!}") | count()',
        "how many {np} have {column} (over|above|of more than) {limit} | "
        "count the {np} with {column} (over|above) {limit}",
        "{column}(大于|超过){limit}的{np}有(多少|几个)",
        "number",
    ),
    Frame(
        'where({column}, "<", "{limit!}") | select({column2})',
        "[show] the {column2} of [all] {np} with {column} (under|below) {limit} | "
        "{np} with {column} below {limit}, only (the|their) {column2}",
        "{column}(小于|低于){limit}的{np}，只(看|要|显示){column2} | {np}里{column}低于{limit}的{column2}",
        "number",
    ),
    Frame(
        'where({column}, ">", "{limit!}") | select({column2}) | save({file})',
        "(save|write) the {column2} of [all] {np} with {column} (over|above) {limit} (to|in|into) {file} | "
        "{np} with {column} above {limit}: (save|put) only (the|their) {column2} (to|into|in) {file}",
        "把{column}(大于|超过|高于){limit}的{np}的{column2}(保存到|写到|存到|存进){file} | "
        "{column}超过{limit}的{np}，只留{column2}，存到{file}",
        "number",
    ),
    Frame(
        'where({column}, ">", "{limit!}") | save({file})',
        "(save|write) the {np} with {column} (over|above) {limit} (to|in|into) {file}",
        "把{column}(大于|超过|高于){limit}的{np}(保存到|存到){file} | {np}里{column}超过{limit}的存到{file}",
        "number",
    ),
    Frame(
        'where({column}, ">", "{limit!}") | sort({column2})',
        "[the] {np} with {column} (over|above) {limit}[,] (sorted|ordered) by {column2}",
        "{column}(大于|超过){limit}的{np}，按{column2}(排序|排)",
        "number",
    ),
    Frame(
        "select({column}) | save({file})",
        "(save|write|put) (only|just|) the {column} of [all] the {np} (to|into|in) {file}",
        "把{np}的{column}(保存到|写到|存到){file} | {np}，只要{column}，存到{file}",
        "any",
    ),
    Frame(
        "sort({column}) | save({file})",
        "(sort|order) [the|all] {np} by {column} and (save|write) (them|it|) (to|in) {file}",
        "{np}按{column}排序后(保存到|存到){file} | 把{np}按{column}排好，存到{file}",
        "any",
    ),
    Frame(
        "sort({column}) | first({few})",
        "[show] [the] {np} (sorted|ordered) by {column}, only the first {few} | "
        "sort the {np} by {column} and (show|give me) the first {few}",
        "{np}按{column}排序，(取|看|只要)前{few}个",
        "any",
    ),
    Frame(
        "sort({column}, descending=True)",
        "[show] [the] {np} by {column}, descending | sort the {np} by {column} (downwards|descending|, reversed)",
        "{np}按{column}(降序|倒序)[排]",
        "any",
    ),
    Frame(
        "largest(by={column}) | select({column2})",
        "[what is] the {column2} of the {most} of the {np} | the {most} of the {np}, only its {column2}",
        "{np}里{most}的那个的{column2}[是什么] | {most}的{np}，只(看|要){column2}",
        "graded",
    ),
    Frame(
        "smallest(by={column}) | select({column2}) | save({file})",
        "(save|write) the {column2} of the {least} of the {np} (to|into|in) {file}",
        "把{np}里{least}的那个的{column2}(存到|写到){file}",
        "graded",
    ),
    Frame(
        'where({column}, "=", {value})',
        "[show|list] [the|all] {np} whose {column} is {value} | {np} where [the] {column} is {value} | "
        "{np}, only those with [the] {column} {value}",
        "{column}(是|为){value}的{np} | {np}里{column}是{value}的",
        "kind",
    ),
    Frame(
        'where({column}, "!=", {value})',
        "[show] [the|all] {np} whose {column} is not {value} | {np} where [the] {column} is not {value} | "
        "{np} except those with [the] {column} {value}",
        "{column}不(是|为){value}的{np} | {np}，{column}是{value}的除外",
        "kind",
    ),
    Frame(
        'where({column}, "=", {value}) | count()',
        "how many {np} have [the] {column} {value} | count the {np} whose {column} is {value}",
        "{column}(是|为){value}的{np}有(几个|多少)",
        "kind",
    ),
    Frame(
        'where({column}, "=", {value}) | select({column2}) | save({file})',
        "save the {column2} of the {np} whose {column} is {value} (to|in|into) {file}",
        "把{column}(是|为){value}的{np}的{column2}(存到|写到){file}",
        "kind",
    ),
    Frame(
        "group({column})",
        "{np} (per|grouped by) {column} | how many {np} (are there|) of each {column}",
        "每(个|种){column}各有多少{np} | {np}按{column}分组计数",
        "words",
    ),
)
"""Row tools behind an invented one, {np} what it gives. Samples of a seed depend on the order."""
