"""Numbers with their units as people say them, in figures and in words: any number, not only those of a list."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from llmsh.tuning.amounts import characters, counted, words
from llmsh.tuning.values_file import Value

TENTHS, HALVES = 0.2, 0.5
"""How often an amount that may be broken has tenths; is a whole and a half, below that share."""
SPELLED = 20
"""Up to here numbers are said in words, and tens."""


class Unit(NamedTuple):
    """How a unit is said behind a number, how Chinese says one and a half of it, and how many there mostly are."""

    most: int
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    halves: tuple[str, ...] = ()
    """None where the numbers are whole."""


UNITS = {
    "n": Unit(60, ("{}",), ("{}",)),
    "few": Unit(16, ("{}",), ("{}",)),
    "days": Unit(40, ("{} days",), ("{}天",)),
    "weeks": Unit(26, ("{} weeks",), ("{}周", "{}个星期", "{}个礼拜")),
    "minutes": Unit(90, ("{} minutes", "{} min", "{} mins"), ("{}分钟",)),
    "degrees": Unit(240, ("{} degrees",), ("{}度",)),
    "grams": Unit(900, ("{} grams", "{} g", "{}g"), ("{}克",)),
    "km": Unit(60, ("{} km", "{} kilometres", "{}km"), ("{}公里", "{}千米"), ("{}公里半",)),
    "cm": Unit(120, ("{} cm", "{} centimetres", "{}cm"), ("{}厘米", "{}公分"), ("{}厘米半",)),
    "hours": Unit(12, ("{} hours", "{}h", "{} hrs"), ("{}小时", "{}个小时", "{}个钟头"), ("{}个半小时", "{}小时半")),
    "kilos": Unit(40, ("{} kilos", "{} kg", "{}kg"), ("{}公斤", "{}千克"), ("{}公斤半",)),
    "pounds": Unit(12, ("{} pounds", "{} lbs"), ("{}斤",), ("{}斤半",)),
    "litres": Unit(30, ("{} litres", "{} l", "{} liters"), ("{}升",), ("{}升半",)),
    "metres": Unit(30, ("{} metres", "{} m", "{} meters"), ("{}米",), ("{}米半",)),
}  # fmt: skip
"""By the kind of [common] that holds the same measure."""


def measured(kind: str, rng: Random) -> Value | None:
    """An amount of a measure, or the number of a room or the like; None where the kind is none."""
    if kind == "number":
        number = rng.randint(1, rng.choice((12, 400)))
        return Value(number, (str(number),), (str(number), characters(number)))
    unit = UNITS.get(kind)
    if unit is None:
        return None
    share, whole = rng.random(), rng.randint(1, rng.choice((min(9, unit.most), unit.most)))
    if not unit.halves:
        return _whole(whole, unit)
    if share < TENTHS:
        return _figures(whole + rng.randint(1, 9) / 10, unit)
    return _half(whole, unit) if share < HALVES else _whole(whole, unit)


def _whole(number: int, unit: Unit) -> Value:
    spelled = number <= SPELLED or (number < 100 and number % 10 == 0)
    english = [form.format(number) for form in unit.english]
    chinese = [form.format(number) for form in unit.chinese]
    if spelled:
        english += [form.format(words(number)) for form in unit.english if form == "{}" or "{} " in form]
        chinese += [form.format(counted(number)) for form in unit.chinese]
    if number == 1:
        english = [form.removesuffix("s") for form in english]
    return Value(float(number) if unit.halves else number, tuple(english), tuple(chinese))


def _half(number: int, unit: Unit) -> Value:
    english = [form.format(f"{number}.5") for form in unit.english]
    chinese = [form.format(f"{number}.5") for form in unit.chinese]
    if number <= SPELLED:
        english += [form.format(f"{words(number)} and a half") for form in unit.english if "{} " in form]
        chinese += [form.format(counted(number)) for form in unit.halves]
    return Value(number + 0.5, tuple(english), tuple(chinese))


def _figures(number: float, unit: Unit) -> Value:
    amount = round(number, 1)
    english = tuple(form.format(amount) for form in unit.english)
    return Value(amount, english, tuple(form.format(amount) for form in unit.chinese))
