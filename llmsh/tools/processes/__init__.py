"""Tools for processes: list, look into, stop."""

MODULES: tuple[str, ...] = ("processes", "process_tree", "stop", "set_priority", "open_files", "ports")
