"""Convert between units: the smallest useful plugin, one tool that touches nothing."""

from __future__ import annotations

from typing import Any

from llmsh.errors import ToolFailed
from llmsh.tool import Example, tool
from llmsh.types import Column, Number

UNITS = {
    "length": "mm 0.001 cm 0.01 m 1 km 1000 inch 0.0254 foot 0.3048 yard 0.9144 mile 1609.344",
    "weight": "mg 0.000001 g 0.001 kg 1 t 1000 ounce 0.028349523125 pound 0.45359237",
    "volume": "ml 0.001 l 1 cup 0.2365882365 pint 0.473176473 gallon 3.785411784",
    "time": "s 1 min 60 h 3600 day 86400 week 604800",
    "data": "B 1 KB 1000 MB 1000000 GB 1000000000 TB 1000000000000 KiB 1024 MiB 1048576 GiB 1073741824",
}
ALSO = {
    "feet": "foot", "ft": "foot", "in": "inch", "inche": "inch", "meter": "m", "metre": "m", "kilometer": "km",
    "kilometre": "km", "lb": "pound", "oz": "ounce", "gram": "g", "kilogram": "kg", "ton": "t", "liter": "l",
    "litre": "l", "second": "s", "minute": "min", "hour": "h", "byte": "b", "celsiu": "c", "fahrenheit": "f",
}  # fmt: skip
"""Other names, in lower case and without a final s."""
SCALES = ("c", "f", "k")


@tool(
    also=("miles", "kilometres", "pounds", "celsius", "fahrenheit", "换算", "公里", "英里", "摄氏", "华氏"),
    examples=(
        Example("how many km are 26.2 miles?", 'convert_units(26.2, "mile", "km")', finds=(42.1648128,)),
        Example("10 pounds in kg", 'convert_units(10.0, "pound", "kg")', finds=(4.5359237,)),
        Example("please convert 98.6 fahrenheit to celsius", 'convert_units(98.6, "F", "C")', finds=(37.0,)),
        Example("5 英里是多少公里", 'convert_units(5.0, "mile", "km")', finds=(8.04672,), language="zh"),
    ),
)
def convert_units(amount: float, unit: str, to: str) -> Number:
    """An amount in another unit: length, weight, volume, time, data, temperature.

    Args:
        amount: how much.
        unit: the unit it is in, such as km, mile, kg, pound, l, gallon, h, MB, C or F.
        to: the unit to convert it to.
    """
    one, two = plain(unit), plain(to)
    if one in SCALES and two in SCALES:
        value = temperature(amount, one, two)
    else:
        (kind, size), (other, wanted) = look_up(unit), look_up(to)
        if kind != other:
            raise ToolFailed(f"{unit} cannot be converted to {to}: one is {kind}, the other {other}")
        value = amount * size / wanted
    return Number((Column("value"),), [(round(value, 9),)], [f"{amount:g} {unit} in {to}"])


def plain(unit: str) -> str:
    """The name of a unit in lower case and in the singular."""
    name = unit.strip().lower()
    name = name if len(name) < 3 else name.removesuffix("s")
    return ALSO.get(name, name)


def look_up(unit: str) -> tuple[str, float]:
    """What a unit measures, and how large it is."""
    for kind, text in UNITS.items():
        words = text.lower().split()
        if plain(unit) in words[::2]:
            return kind, float(words[words.index(plain(unit)) + 1])
    known = ", ".join(name for text in UNITS.values() for name in text.split()[::2])
    raise ToolFailed(f"there is no unit {unit}", f"the units are {known}, C, F, K")


def temperature(amount: float, scale: str, to: str) -> float:
    """A temperature in another scale, by way of kelvin."""
    kelvin = {"c": amount + 273.15, "f": (amount + 459.67) * 5 / 9, "k": amount}[scale]
    return {"c": kelvin - 273.15, "f": kelvin * 9 / 5 - 459.67, "k": kelvin}[to]


def register(registry: Any) -> None:
    """Called once when llmsh starts, and once in the process that runs tools."""
    registry.tool(convert_units)
