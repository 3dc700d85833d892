"""Tools that choose, order, count and group the rows of anything."""

MODULES: tuple[str, ...] = (
    "first",
    "last",
    "skip",
    "sort",
    "reverse",
    "shuffle",
    "where",
    "select",
    "unique",
    "count",
    "sum",
    "average",
    "largest",
    "smallest",
    "group",
)
