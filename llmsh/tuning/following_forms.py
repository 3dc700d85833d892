"""What people type to repeat the plan before with one thing changed, by what is changed."""

from __future__ import annotations

ANY_EN = (
    "same for {new} | [and] what about {new}? | and {new}? | now {new} | do the same (for|with) {new}"
    " | now the same for {new} | {new} instead | {new} too"
)
ANY_ZH = "{new}呢 | 那{new}呢 | 换成{new} | {new}也一样 | {new}也来一遍 | 再看看{new} | 改成{new} | 对{new}做同样的事"
FORMS = {
    "glob": (f"{ANY_EN} | and the {{new}}? | what about the {{new}}? | only {{new}} this time | for {{new}}", ANY_ZH),
    "file": (f"{ANY_EN} | for {{new}} | and in {{new}}? | not that one, {{new}}", f"{ANY_ZH} | 不是那个，是{{new}}"),
    "folder": (
        "in {new} instead | same in {new} instead | the same in {new} please | and what is in {new}? | [and] in {new}?"
        " | not here, in {new} | [and] inside {new}? | now in {new} | same in {new} | what about {new}?"
        " | [no,] I meant {new} | but in {new}"
        " | the same in {new} | look in {new} instead | and {new}? | try {new} | do that in {new} | for {new}"
        " | now (for|in) the {new} folder",
        "{new}里呢 | 换成{new} | {new}目录里的呢 | 改成在{new}里找 | {new}也看一下 | 在{new}里再来一次 | 不，是{new}"
        " | {new}下面呢",
    ),
    "count": (
        "make it {new} | [no,] {new} | only {new} | {new} instead | show {new} instead | i meant {new} | just {new}"
        " | better {new} | {new} of them",
        "改成{new}个 | 只要{new}个 | {new}个就行 | 要{new}个 | 显示{new}个 | 换成{new}个",
    ),
    "word": (
        f"{ANY_EN} | search [for] {{new}} instead | now look for {{new}} | (not that, |){{new}}",
        f"{ANY_ZH} | 改搜{{new}} | 再搜一下{{new}} | {{new}}的呢 | 那{{new}}的呢 | 那{{new}}的有哪些",
    ),
    "cell": (
        f"{ANY_EN} | [and] those (with|of|from|in) {{new}}? | only {{new}} this time | how about {{new}}?"
        " | the {new} ones",
        f"{ANY_ZH} | {{new}}的呢 | 那{{new}}的呢 | 那{{new}}的有哪些 | {{new}}的有吗",
    ),
    "program": (f"{ANY_EN} | how about {{new}}? | is {{new}} there too?", f"{ANY_ZH} | {{new}}的呢 | {{new}}有吗"),
    "port": (
        f"{ANY_EN} | [and] port {{new}}? | what about port {{new}}?",
        f"{ANY_ZH} | 那 {{new}} 端口呢 | {{new}}端口呢",
    ),
    "user": (
        f"{ANY_EN} | [and] (those of|for) {{new}}? | how about {{new}}?",
        f"{ANY_ZH} | {{new}}的呢 | 那{{new}}的呢",
    ),
    "envvar": (f"{ANY_EN} | how about {{new}}? | and ${{new}}?", f"{ANY_ZH} | {{new}}的呢"),
    "size": (
        "(bigger|larger) than {new} instead | what about {new}? | make it {new} | [and] over {new}? | {new} instead"
        " | and {new}?",
        "{new}呢 | 改成{new} | 那{new}的呢 | 换成{new}",
    ),
    "age": (
        "what about {new}? | make it {new} | {new} instead | and {new}? | [no,] I meant {new} | now with {new}",
        "{new}呢 | 改成{new} | 那{new}的呢 | 换成{new}",
    ),
    "hidden": (
        "[and] the hidden ones too | also the hidden ones | with [the] hidden files"
        " | including hidden (ones|files) [too] | [and] hidden ones too"
        " | show hidden files too | (and|what about) the hidden ones? | dotfiles too"
        " | also those (that start|starting) with a dot",
        "隐藏的也要 | 隐藏的也算上 | 包括隐藏文件 | 隐藏文件也显示 | 连隐藏的一起 | 还有隐藏的呢 | 点开头的也要"
        " | 也看看隐藏文件",
    ),
    "ignore_case": (
        "ignore case | [and] ignoring case | case insensitive | upper or lower case | case does not matter"
        " | [again,] but ignore upper and lower case | no matter the case | regardless of case [please]",
        "忽略大小写 | 不区分大小写 | 大小写都算 | 不管大小写 | 大小写不限 | 不分大小写再来一次",
    ),
    "again": (
        "again | once more | do (it|that) again | repeat that | same again | run that again | one more time | repeat"
        " | try again | the same again",
        "再来一次 | 再来一遍 | 重复一次 | 再做一次 | 再执行一遍 | 再试一次 | 一样的再来一次",
    ),
}
"""Request forms in English and Chinese by what is changed."""
