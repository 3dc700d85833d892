"""Tools that change lines of text; anything else is taken as its plain lines."""

MODULES: tuple[str, ...] = (
    "keep",
    "drop",
    "replace",
    "cut",
    "extract_text",
    "split",
    "join_lines",
    "upper",
    "lower",
    "trim",
    "number_lines",
    "wrap",
    "reverse_text",
    "measure",
    "table",
    "parse_json",
)
