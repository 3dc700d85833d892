"""Keys beside prompt_toolkit's own: Esc Enter (Alt-Enter) starts a new line instead of sending it."""

from __future__ import annotations

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent


def key_bindings() -> KeyBindings:
    """The bindings of the prompt."""
    bindings = KeyBindings()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
