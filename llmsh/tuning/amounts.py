"""Sizes, ages, dates and numbers as people say them, in figures and in words, English and Chinese."""

from __future__ import annotations

from random import Random

from llmsh.tuning.values_file import Value

ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = (
    "zero",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
DIGITS = "零一二三四五六七八九"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SIZE_UNITS = {
    "": ("bytes", "字节"),
    "K": ("KB K kilobytes kb k KiB", "KB K k kb 千字节"),
    "M": ("MB M megabytes mb MB MiB megs", "MB M 兆 mb 兆字节"),
    "G": ("GB G gigabytes gb GB gigs GiB", "GB G g gb 个G"),
    "T": ("TB terabytes T", "TB T"),
}
AMOUNTS = {
    "": (0, 1, 10, 50, 100, 128, 200, 256, 500, 512, 1000, 1024, 2048, 4096, 5000, 10000),
    "K": (1, 2, 4, 5, 8, 10, 16, 20, 50, 64, 100, 128, 200, 250, 256, 300, 500, 512, 700, 800),
    "M": (1, 1, 2, 3, 4, 5, 8, 10, 10, 15, 20, 25, 30, 50, 64, 75, 100, 100, 150, 200, 250, 300, 500, 700, 800),
    "G": (1, 1, 2, 3, 4, 5, 6, 8, 10, 20, 50),
    "T": (1, 2),
}
SINGULAR = {"KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "bytes": "byte", "TB": "terabyte"}

AGE_UNITS = {"min": ("minute", "分钟"), "h": ("hour", "小时"), "d": ("day", "天"), "w": ("week", "周"),
             "mo": ("month", "个月"), "y": ("year", "年")}  # fmt: skip
AGES = {
    "min": (1, 2, 5, 10, 15, 20, 30, 45, 60, 90), "h": (1, 2, 3, 4, 5, 6, 8, 10, 12, 24, 36, 48, 72),
    "d": (1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 7, 7, 10, 14, 15, 20, 30, 30, 60, 90, 100, 180, 365),
    "w": (1, 1, 2, 2, 3, 4, 6, 8), "mo": (1, 1, 2, 3, 4, 6, 9, 12, 18), "y": (1, 1, 2, 3, 5, 10),
}  # fmt: skip


def words(value: int) -> str:
    """A number in English words, below a hundred."""
    if value < 20:
        return ONES[value]
    ten, one = divmod(value, 10)
    return TENS[ten] + (f"-{ONES[one]}" if one else "")


def characters(value: int) -> str:
    """A number in Chinese characters, in figures from a hundred on."""
    if value >= 100:
        return str(value)
    if value < 10:
        return DIGITS[value]
    ten, one = divmod(value, 10)
    return ("" if ten == 1 else DIGITS[ten]) + "十" + (DIGITS[one] if one else "")


def counted(value: int) -> str:
    """A number in Chinese characters before a measure word."""
    return "两" if value == 2 else characters(value)


def ordinal(value: int) -> str:
    """A number as in 3rd."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def count(rng: Random) -> Value:
    """How many: mostly small and round. One is rare: people do not say "the first 1 files"."""
    common = (2, 3, 3, 4, 5, 5, 5, 6, 7, 8, 10, 10, 10, 12, 15, 20, 20, 25, 30, 50, 100)
    value = rng.choice(common) if rng.random() < 0.85 else rng.randint(2, 50)
    figures = str(value)
    if value > 20:
        return Value(value, (figures,), (figures,))
    return Value(value, (figures, figures, words(value)), (figures, figures, counted(value)))


def number(rng: Random) -> Value:
    """Any whole number, said in figures."""
    value = rng.choice((rng.randint(1, 20), rng.randint(10, 99), rng.randint(100, 999), rng.randint(1000, 40000)))
    return Value(value, (str(value),), (str(value),))


def line(rng: Random) -> Value:
    """A line number."""
    value = rng.choice((rng.randint(1, 12), rng.randint(1, 30), rng.randint(20, 200), rng.randint(100, 999)))
    return Value(value, (str(value),), (str(value),))


def line_range(rng: Random) -> Value:
    """Lines from one number to another."""
    start = rng.choice((1, 1, 2, 3, 5, 10, 20, 50, 100, rng.randint(1, 300)))
    end = start + rng.choice((1, 2, 4, 5, 9, 10, 20, 50, 100, rng.randint(1, 60)))
    joined = (f"{start}-{end}", f"{start} to {end}", f"{start} through {end}", f"{start} to {end}")
    return Value(f"{start}-{end}", joined, (f"{start}到{end}", f"{start}-{end}", f"{start}至{end}"))


def column(rng: Random) -> Value:
    """A column by its number; its word is part of it."""
    value = rng.choice((1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9))
    noun = rng.choice(("column", "column", "field"))
    english = (f"{noun} {value}", f"the {ordinal(value)} {noun}", f"the {ORDINALS[value - 1]} {noun}")
    return Value(value, english, (f"第{value}列", f"第{characters(value)}列", f"第{value}列"))


def row(rng: Random) -> Value:
    """A row by its number: first, 2nd, 第三."""
    value = rng.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10))
    english = (ORDINALS[value - 1], ORDINALS[value - 1], ordinal(value))
    return Value(value, english, (f"第{characters(value)}", f"第{value}"))


def port(rng: Random) -> Value:
    """A port, mostly a well-known one."""
    common = (
        22,
        80,
        80,
        443,
        3000,
        3306,
        5000,
        5432,
        6379,
        8000,
        8000,
        8080,
        8080,
        8888,
        9000,
        9090,
        27017,
        25,
        53,
        21,
    )
    value = rng.choice(common) if rng.random() < 0.85 else rng.randint(1024, 65535)
    return Value(value, (str(value),), (str(value),))


def size(rng: Random) -> Value:
    """A size: 10M and 10 MB, 10MB, ten megabytes, 10兆."""
    unit = rng.choices(("", "K", "M", "G", "T"), (6, 24, 52, 17, 1))[0]
    value = rng.choice(AMOUNTS[unit])
    if unit in ("M", "G") and rng.random() < 0.05:
        return _size_forms(f"{rng.choice((1, 2))}.5", unit)
    return _size_forms(str(value), unit)


def _size_forms(amount: str, unit: str) -> Value:
    english_units, chinese_units = (units.split() for units in SIZE_UNITS[unit])
    english = [f"{amount} {name}" for name in english_units]
    if unit:
        english += [f"{amount}{name}" for name in english_units if len(name) < 3] * 2
        if amount == "1":
            english = [form for form in english if not form.endswith("s")] + [f"a {SINGULAR[english_units[0]]}"]
    elif amount == "1":
        english = ["1 byte", "one byte"]
    if amount.isdecimal() and 1 < int(amount) <= 20 and unit:
        english.append(f"{words(int(amount))} {SINGULAR[english_units[0]]}s")
    chinese = [f"{amount}{name}" for name in chinese_units if name != "个G" or amount.isdecimal()]
    return Value(amount + unit, tuple(english), tuple(chinese))


def age(rng: Random) -> Value:
    """A span of time: 7d and 7 days, a week, 一周."""
    unit = rng.choices(tuple(AGES), (12, 18, 38, 10, 14, 8))[0]
    value = rng.choice(AGES[unit])
    if rng.random() < 0.02:
        return Value("30min", ("half an hour", "30 minutes"), ("半小时", "半个小时"))
    if rng.random() < 0.02:
        return Value("6mo", ("half a year", "six months"), ("半年", "六个月"))
    return _age_forms(value, unit)


def _age_forms(value: int, unit: str) -> Value:
    """The forms of an age; a single week is 7d in a plan, as it is in all examples."""
    english, chinese = AGE_UNITS[unit]
    plan = "7d" if (value, unit) == (1, "w") else f"{value}{unit}"
    if value == 1:
        article = "an" if unit == "h" else "a"
        said: tuple[str, ...] = (f"{article} {english}", f"{article} {english}", f"one {english}", f"1 {english}")
    else:
        said = (f"{value} {english}s",) * 2 + ((f"{words(value)} {english}s",) if value <= 20 else ())
    figures = (f"{value}{chinese}", f"{value}{chinese}", f"{counted(value)}{chinese}")
    more = {"h": (f"{value}个小时",), "w": (f"{value}个星期", f"{counted(value)}个星期")}
    return Value(plan, said, figures + more.get(unit, ()))


def day(rng: Random) -> Value:
    """A day: today, yesterday or a date."""
    style = rng.random()
    if style < 0.35:
        return Value("today", ("today",), ("今天",))
    if style < 0.55:
        return Value("yesterday", ("yesterday",), ("昨天",))
    year, month, date = rng.randint(2018, 2025), rng.randint(1, 12), rng.randint(1, 28)
    if rng.random() < 0.25:
        month, date = 1, 1
    plan = f"{year}-{month:02}-{date:02}"
    name = MONTHS[month - 1]
    english = (plan, plan, f"{name} {date}, {year}", f"{date} {name} {year}", f"{name} {ordinal(date)} {year}")
    return Value(plan, english, (plan, f"{year}年{month}月{date}日", f"{year}年{month}月{date}号"))
