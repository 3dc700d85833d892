"""The folders that a desktop gives its user, by the words that people have for them: "my downloads", 桌面.

Where they lie stands in `user-dirs.dirs`, as xdg-user-dirs writes it; where it does not, a folder of that name in the
home folder is meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType({
    "download": "DOWNLOAD", "downloads": "DOWNLOAD", "下载": "DOWNLOAD", "下載": "DOWNLOAD",
    "desktop": "DESKTOP", "桌面": "DESKTOP",
    "documents": "DOCUMENTS", "文档": "DOCUMENTS", "文檔": "DOCUMENTS",
    "pictures": "PICTURES", "图片": "PICTURES", "圖片": "PICTURES",
    "music": "MUSIC", "音乐": "MUSIC", "音樂": "MUSIC",
    "videos": "VIDEOS", "视频": "VIDEOS", "影片": "VIDEOS",
})  # fmt: skip
SETTING = r'^XDG_{}_DIR="(\$HOME|)(/[^"]*)"'
LARGEST = 1 << 16


def in_user_folder(path: str) -> str | None:
    """A path that starts with such a word, which is no name there, with the folder that the word stands for.

    None for any other path, and where there is no such folder.
    """
    home = "~/" if path.startswith("~/") else ""
    first, _, rest = path.removeprefix("~/").partition("/")
    kind = WORDS.get(re.sub(r"^(my|the|我的) ?", "", first.strip().lower()))
    if kind is None or os.path.lexists(os.path.expanduser(home + first)):
        return None
    folder = _set(kind) or _named(kind)
    return folder and f"{folder}/{rest}".rstrip("/")


def _set(kind: str) -> str | None:
    """Where the user's settings say that it lies."""
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    try:
        with open(os.path.join(settings, "user-dirs.dirs"), encoding="utf-8", errors="replace") as file:
            found = re.search(SETTING.format(kind), file.read(LARGEST), re.MULTILINE)
    except OSError:
        return None
    folder = "~" * bool(found[1]) + found[2].rstrip("/") if found else ""
    place = os.path.realpath(os.path.expanduser(folder))
    if not folder or not os.path.isdir(place) or place in ("/", os.path.realpath(os.path.expanduser("~"))):
        return None  # a folder that is turned off is set to the home folder
    return folder


def _named(kind: str) -> str | None:
    """A folder in the home folder that one of its words names."""
    try:
        names = sorted(os.listdir(os.path.expanduser("~")))
    except OSError:
        return None
    found = (f"~/{name}" for name in names if WORDS.get(name.lower()) == kind)
    return next((path for path in found if os.path.isdir(os.path.expanduser(path))), None)
