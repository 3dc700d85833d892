"""Tools for files and folders: those that look, then those that change."""

LOOKING = (
    "list_files", "tree", "find_files", "file_info", "file_type", "read", "disk_usage",
    "count_text", "count_each", "search", "search_files", "count_matches",
    "compare_files", "compare_folders", "compare_lines", "checksum", "check_checksums", "find_duplicates",
    "list_archive", "list_trash",
)  # fmt: skip
CHANGING: tuple[str, ...] = (
    "write", "append", "save", "edit", "set_lines", "insert_lines", "delete_lines", "copy", "move", "rename", "delete",
    "restore", "empty_trash", "make_folder", "make_link", "touch", "set_permissions", "set_owner", "archive", "extract",
    "split_file", "join_files",
)  # fmt: skip
MODULES: tuple[str, ...] = (*LOOKING, *CHANGING)
