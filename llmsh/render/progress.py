"""A bar for what lasts longer than half a second; nothing where nobody watches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from llmsh.language.translator import Translate, as_written
from llmsh.render.stream import SafeStream, shown
from llmsh.types import Progress, Unit
from llmsh.units import show_seconds, show_size

if TYPE_CHECKING:
    from rich.console import Console

DELAY = 0.5


class Display(Protocol):
    """Something that can show how far it has come."""

    def show(self, progress: Progress) -> None:
        """Draw it."""
        ...

    def close(self) -> None:
        """Wipe it away."""
        ...


class Bar:
    """An Observe callback and context manager. `open_display` is called in a thread once `delay` has passed."""

    def __init__(self, open_display: Callable[[], Display] | None, delay: float = DELAY) -> None:
        self._open_display = open_display
        self._delay = delay
        self._latest = Progress("working")
        self._display: Display | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.RLock()

    def __enter__(self) -> Bar:
        """Begin to wait."""
        self._wait()
        return self

    def __call__(self, progress: Progress) -> None:
        """Say how far it has come; a bar that was hidden comes back."""
        with self._lock:
            self._latest = progress
            if self._display is not None:
                self._display.show(progress)
            elif self._timer is None:
                self._wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe it away, whatever happened."""
        self.hide()

    def hide(self) -> None:
        """Step aside, for a question to be asked."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            display, self._timer, self._display = self._display, None, None
            if display is not None:
                display.close()

    def _wait(self) -> None:
        if self._open_display is not None:
            self._timer = timer = threading.Timer(self._delay, lambda: self._open(timer))
            timer.daemon = True
            timer.start()

    def _open(self, timer: threading.Timer) -> None:
        with self._lock:  # hidden in the meantime: the timer that fires is no longer the one that is waited for
            if self._timer is timer and self._open_display is not None:
                self._display = self._open_display()
                self._display.show(self._latest)


class RichDisplay:
    """A spinner, a bar where the total is known, and amounts."""

    def __init__(self, console: Console, translate: Translate = as_written) -> None:
        from rich import progress
        from rich.table import Column

        self._bar = progress.Progress(
            progress.SpinnerColumn("line" if console.options.ascii_only else "dots"),
            progress.TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            progress.BarColumn(bar_width=30),
            progress.TextColumn("{task.fields[amount]}", markup=False, table_column=Column(no_wrap=True)),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._translate = translate
        self._task = self._bar.add_task("", total=None, amount="")
        self._bar.start()

    def show(self, progress: Progress) -> None:
        """Draw it."""
        task = self._bar.tasks[0]
        amount = amount_text(progress, task.speed if progress.unit is Unit.BYTES else None, self._translate)
        what = shown(self._translate(progress.what))
        self._bar.update(self._task, description=what, completed=progress.done, total=progress.total, amount=amount)

    def close(self) -> None:
        """Wipe it away."""
        self._bar.stop()


class LineDisplay:
    """One line that is written over: for a terminal that takes no escape codes (NO_COLOR, TERM=dumb)."""

    def __init__(
        self, stream: SafeStream, translate: Translate = as_written, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._translate = translate
        self._clock = clock
        self._width = 0
        self._next = 0.0

    def show(self, progress: Progress) -> None:
        """Draw it, at most five times a second."""
        if self._clock() < self._next:
            return
        self._next = self._clock() + 0.2
        what = shown(self._translate(progress.what))[:40]
        text = f"{what} {amount_text(progress, translate=self._translate)}".rstrip()
        self._write(text)
        self._width = len(text)

    def close(self) -> None:
        """Wipe it away."""
        self._write("")
        self._stream.write("\r")
        self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()


def amount_text(progress: Progress, speed: float | None = None, translate: Translate = as_written) -> str:
    """How much of how much: "12 MB of 491 MB, 3.4 MB/s", "1,234 of 5,000"; nothing where nothing is known."""
    if not progress.done and progress.total is None:
        return ""
    show: Callable[[float], str] = {Unit.BYTES: show_size, Unit.SECONDS: show_seconds}.get(progress.unit, _whole)
    done = show(progress.done)
    amount = done if progress.total is None else translate(f"{done} of {show(progress.total)}")
    return amount + ("" if not speed else f", {show_size(speed)}/s")


def _whole(number: float) -> str:
    return f"{number:,.0f}"
