"""LoRA adapters that ship with llmsh, each beside the record of how it was made (`NAME.json`)."""

from __future__ import annotations

import os


def adapter_path(adapter: str) -> str:
    """The file of an adapter: one that ships where a bare name is given, else the path itself."""
    if os.path.dirname(adapter):
        return adapter
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), adapter)
