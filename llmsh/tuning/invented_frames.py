"""Row tools behind an invented one: what people ask of the rows that a tool gives, whatever they are."""

from __future__ import annotations

FRAMES = (
    (
        "count()",
        "how many {np} (are there|do I have|) | (count|number of) [the] {np}",
        "有多少{np} | {np}有多少 | 统计{np}的数量",
        "",
    ),
    (
        "first({count})",
        "[show] [only] the first {count} {np} | {count} {np}, not more",
        "前{count}个{np} | {np}的前{count}个",
        "",
    ),
    (
        "last({count})",
        "[show] the last {count} {np}",
        "最后{count}个{np}",
        "",
    ),
    (
        "sort({column})",
        "[show|list] [the|all] {np} (sorted|ordered) by {column} | sort the {np} by {column}",
        "按{column}排列{np} | 把{np}按{column}排序",
        "any",
    ),
    (
        "sort({column}, descending=True)",
        "[show|list] [the|all] {np} by {column}, (highest|largest) first",
        "把{np}按{column}从大到小排序",
        "number",
    ),
    (
        "largest(by={column})",
        "which [of the] {np} has the (highest|largest|most) {column} | [of] the {np} the one with the highest {column}",
        "{np}中{column}最(高|大)的[是哪个]",
        "number",
    ),
    (
        "smallest(by={column})",
        "which [of the] {np} has the (lowest|smallest|least) {column}",
        "{np}中{column}最(低|小)的[是哪个]",
        "number",
    ),
    (
        'where({column}, ">", "{limit!}")',
        "[show|list] [the|all] {np} with [a] {column} (over|above|of more than|greater than) {limit}",
        "{column}(大于|超过){limit}的{np}",
        "number",
    ),
    (
        'where({column}, "<", "{limit!}")',
        "[show|list] [the|all] {np} with [a] {column} (under|below|of less than) {limit}",
        "{column}(小于|低于){limit}的{np}",
        "number",
    ),
    (
        "select({column})",
        "(only|just) the {column} of the {np} | [show] the {column} of [all] the {np}",
        "只(看|显示){np}的{column}",
        "any",
    ),
    (
        "group({column})",
        "how many {np} (per|for each|by) {column} | count the {np} by {column}",
        "按{column}统计{np}",
        "any",
    ),
    (
        "sum({column})",
        "[what is] the total {column} of [all|the|all the] {np} | add up the {column} of the {np}",
        "{np}的{column}总和",
        "number",
    ),
    (
        "average({column})",
        "[what is] the average {column} of [all|the] {np}",
        "{np}的平均{column}",
        "number",
    ),
    (
        "save({file})",
        "(save|write|export) [the|all] {np} (to|into) {file}",
        "把{np}(保存|写|导出)到{file}",
        "",
    ),
)
"""Row tools behind an invented one: the call, its requests in both languages, and the column it needs."""
COLUMNS_ZH = {
    "year": "年份", "name": "名字", "size": "大小", "rating": "评分", "amount": "金额", "date": "日期", "time": "时间",
    "title": "标题", "author": "作者", "stars": "星级", "minutes": "分钟数", "days": "天数", "city": "城市",
    "battery": "电量", "level": "亮度", "hours": "小时数", "priority": "优先级", "owner": "负责人", "state": "状态",
    "category": "类别", "client": "客户", "pages": "页数", "load": "负载",
}  # fmt: skip
