"""Tools for the shell itself: folders, command lines, downloads."""

MODULES: tuple[str, ...] = ("change_folder", "working_folder", "run", "fetch")
