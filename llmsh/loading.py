"""The model that answers: fetched, loaded and warmed once, in the foreground or behind the prompt."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os.path import join
from typing import Protocol

from llmsh.backends.base import Backend, Message
from llmsh.backends.scripted import ScriptedBackend
from llmsh.config import Config, Folders
from llmsh.errors import LlmshError
from llmsh.models.adapters import adapter_path
from llmsh.models.catalogue import Catalogue, ModelSpec
from llmsh.models.fetch import ensure
from llmsh.types import ModelInfo, Observe, Progress, Unit

TICK = 0.1
UNEXPECTED = (OSError, ValueError, RuntimeError, MemoryError, ImportError)
"""What loading a library and half a gigabyte may end in besides an error of ours."""
SCRIPT = "script:"
"""`--model script:FILE` answers from a JSON file instead of a model."""


class Stable(Protocol):
    """Gives what every prompt starts with, for a tuned model or one that is not."""

    def __call__(self, *, tuned: bool) -> tuple[Message, ...]:
        """The messages."""
        ...


@dataclass(frozen=True)
class Place:
    """What loading needs to know besides the model's name. `adapter` is a file to use in place of the model's own."""

    catalogue: Catalogue
    config: Config
    folders: Folders
    environment: Mapping[str, str]
    adapter: str | None = None


class ModelLoader:
    """Gives the loaded backend; the first caller loads it, the others wait. `state` is what the toolbar shows."""

    def __init__(self, name: str, place: Place, stable: Stable) -> None:
        self._name, self._place, self._stable = name, place, stable
        self._lock = threading.Lock()
        self._backend: Backend | None = None
        self.state = "not loaded"

    def __call__(self, observe: Observe) -> Backend:
        """The backend. Raises NoModel or ConfigError."""
        while not self._lock.acquire(timeout=TICK):  # it is being loaded behind the prompt: Ctrl-C ends the wait alone
            observe(Progress(self.state))
        try:
            if self._backend is None:
                observe(Progress("loading the model"))
                self._backend = self._load(observe)
            return self._backend
        finally:
            self._lock.release()

    def begin(self) -> None:
        """Load behind the prompt. An error is kept for the first line that needs the model."""
        threading.Thread(target=self._behind, name="model", daemon=True).start()

    def choose(self, name: str) -> ModelSpec:
        """Answer with another model from the next line on. Raises NoModel where there is none of that name."""
        spec = self._place.catalogue.find(name)
        with self._lock:
            self._name, self._backend, self.state = name, None, "not loaded"
        return spec

    @property
    def name(self) -> str:
        """The name the model was asked for by; the default's own where none was."""
        return self._name or self._place.catalogue.default().name

    def _behind(self) -> None:
        try:
            self(self._tell)
        except LlmshError as error:
            self.state = error.message
        except (
            UNEXPECTED
        ):  # a thread that dies writes to the terminal; the first line that needs the model tells it all
            self.state = "not loaded"

    def _tell(self, progress: Progress) -> None:
        done = ""
        if progress.total and progress.unit is Unit.BYTES:
            done = f" {100 * progress.done / progress.total:.0f} %"
        self.state = progress.what + done

    def _load(self, observe: Observe) -> Backend:
        if self._name.startswith(SCRIPT):
            self.state = "ready"
            return ScriptedBackend.from_file(self._name.removeprefix(SCRIPT))
        spec = self._place.catalogue.find(self._name)
        if self._place.adapter is not None:
            spec = replace(spec, adapter=self._place.adapter)
        path = ensure(spec, self._place.folders.cache, observe, environment=self._place.environment)
        from llmsh.backends.decoder import LlamaBackend, Settings  # numpy and llama.cpp: half a second

        config = self._place.config
        states = join(self._place.folders.cache, "states")
        info = ModelInfo(spec.name, spec.sha256 or "", spec.adapter or None)
        adapter = adapter_path(spec.adapter) if spec.adapter else None
        backend = LlamaBackend(Settings(path, info, config.context, config.threads, states, adapter))
        observe(Progress("reading the tools, once for each change of them"))
        backend.warm(self._stable(tuned=adapter is not None))
        self.state = "ready"
        return backend
