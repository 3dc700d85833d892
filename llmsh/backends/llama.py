"""A GGUF model behind llama.cpp's C interface: tokens, evaluation, logits, grammar and state files.

The only file that imports llama_cpp. It uses the C functions and not the package's `Llama` class, which sends this
process's standard output to nowhere while it loads: a prompt that is on the screen already would vanish.
"""

from __future__ import annotations

import ctypes
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from llmsh.backends.base import Message
from llmsh.errors import DamagedModel, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 128
"""Tokens evaluated at once: Ctrl-C is noticed between two chunks, some 0.7 s on two cores."""

SPINS = "1000"
"""How often a thread looks for work before it sleeps. By OpenMP's own count threads that wait for one another keep
the cores from those they wait for: beside two busy processes a plan took five times as long."""


class Engine:
    """A loaded model with one context. `evaluated` are the tokens whose state it holds.

    Args:
        path: the GGUF file.
        context: how many tokens it can hold.
        threads: how many threads compute; 0 for one each physical core.
        adapter: a LoRA adapter for the model, a GGUF file.

    Raises DamagedModel where llama.cpp does not take a file.
    """

    def __init__(self, path: str, context: int, threads: int, adapter: str | None = None) -> None:
        os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # OpenMP reads it once, while it is loaded
        from llama_cpp import llama_cpp

        self._c = llama_cpp
        self._log = llama_cpp.llama_log_callback(_ignore)  # kept: C calls it for as long as the model lives
        llama_cpp.llama_log_set(self._log, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), llama_cpp.llama_model_default_params())
        if not self._model:
            raise DamagedModel(f"llama.cpp cannot load {path}", "llmsh models check says what is wrong with it")
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx, settings.n_batch, settings.n_ubatch = context, CHUNK, CHUNK
        settings.n_threads = settings.n_threads_batch = threads or _physical_cores()
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if not self._context:
            raise DamagedModel(f"llama.cpp cannot make a context of {context} tokens for {path}")
        if adapter is not None:
            self._adapt(adapter)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self.size = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        self.evaluated: list[int] = []
        self._render = self._template()

    def tokens(self, messages: tuple[Message, ...], *, generate: bool) -> list[int]:
        """The tokens of messages in the model's own chat template; `generate` opens the model's turn."""
        return self.tokenize(self._render(messages, generate))

    def tokenize(self, text: str) -> list[int]:
        """The tokens of a text, the model's control tokens among them."""
        data = text.encode("utf-8", "replace")
        buffer = (self._c.llama_token * (len(data) + 8))()
        count = self._c.llama_tokenize(self._vocabulary, data, len(data), buffer, len(buffer), 0, 1)
        return list(buffer[:count])

    def text(self, tokens: Sequence[int]) -> str:
        """The text of tokens."""
        piece = ctypes.create_string_buffer(256)
        data = b""
        for token in tokens:
            length = self._c.llama_token_to_piece(self._vocabulary, token, piece, len(piece), 0, 0)
            data += piece.raw[: max(length, 0)]
        return data.decode("utf-8", "replace")

    def is_end(self, token: int) -> bool:
        """Whether a token ends the model's turn."""
        return bool(self._c.llama_vocab_is_eog(self._vocabulary, token))

    def advance(self, tokens: list[int]) -> None:
        """Evaluate what is not yet evaluated of `tokens`; at least the last, whose logits are wanted."""
        keep = min(shared(self.evaluated, tokens), len(tokens) - 1)
        del self.evaluated[keep:]
        self._c.llama_memory_seq_rm(self._memory, -1, keep, -1)
        for start in range(keep, len(tokens), CHUNK):
            self.append(tokens[start : start + CHUNK])

    def append(self, tokens: list[int]) -> None:
        """Evaluate up to CHUNK more tokens."""
        buffer = (self._c.llama_token * len(tokens))(*tokens)
        if self._c.llama_decode(self._context, self._c.llama_batch_get_one(buffer, len(tokens))) != 0:
            raise UsageError(f"llama.cpp could not evaluate {len(tokens)} tokens", "a larger context may help")
        self.evaluated.extend(tokens)

    def logits(self) -> NDArray[np.float32]:
        """The logits after the last evaluated token, one for each token of the vocabulary; valid until the next."""
        import numpy as np

        pointer = self._c.llama_get_logits_ith(self._context, -1)
        found: NDArray[np.float32] = np.ctypeslib.as_array(pointer, shape=(self.size,))
        return found

    @contextmanager
    def grammar(self, source: str) -> Iterator[Grammar]:
        """A GBNF grammar at its start. Raises UsageError where llama.cpp does not take it."""
        sampler = self._c.llama_sampler_init_grammar(self._vocabulary, source.encode(), b"root")
        if not sampler:
            raise UsageError(
                "llama.cpp does not take the grammar of the tools", "does a plugin's tool have an odd name?"
            )
        try:
            yield Grammar(self._c, sampler)
        finally:
            self._c.llama_sampler_free(sampler)

    def load_state(self, path: str, tokens: list[int]) -> bool:
        """Read back the state that `tokens` leave; False where the file is not that."""
        if not os.path.exists(path):
            return False
        found = (self._c.llama_token * len(tokens))()
        count = ctypes.c_size_t()
        read = self._c.llama_state_seq_load_file(
            self._context, os.fsencode(path), 0, found, len(tokens), ctypes.byref(count)
        )
        if read == 0 or list(found[: count.value]) != tokens:
            self.evaluated.clear()
            self._c.llama_memory_clear(self._memory, 1)
            return False
        self.evaluated = list(tokens)
        return True

    def save_state(self, path: str) -> None:
        """Write the state of all that is evaluated. Raises OSError."""
        data = (self._c.llama_token * len(self.evaluated))(*self.evaluated)
        if not self._c.llama_state_seq_save_file(self._context, os.fsencode(path), 0, data, len(data)):
            raise OSError(f"the state could not be written to {path}")

    def _adapt(self, path: str) -> None:
        """Have an adapter added to the weights at every evaluation."""
        adapter = self._c.llama_adapter_lora_init(self._model, os.fsencode(path))
        adapters = (self._c.llama_adapter_lora_p_ctypes * 1)(adapter)
        scales = (ctypes.c_float * 1)(1.0)
        if not adapter or self._c.llama_set_adapters_lora(self._context, adapters, 1, scales) != 0:
            raise DamagedModel(f"llama.cpp cannot use the adapter {path}", "was it made for another model?")

    def _template(self) -> Any:
        """The model's own chat template, ChatML where the file has none, as a function of messages."""
        from llama_cpp.llama_chat_format import CHATML_CHAT_TEMPLATE, Jinja2ChatFormatter

        source = self._c.llama_model_chat_template(self._model, None)
        end = self._c.llama_vocab_get_text(self._vocabulary, self._c.llama_vocab_eos(self._vocabulary))
        formatter = Jinja2ChatFormatter(
            source.decode() if source else CHATML_CHAT_TEMPLATE, eos_token=(end or b"").decode(), bos_token=""
        )

        def render(messages: tuple[Message, ...], generate: bool) -> str:
            formatter.add_generation_prompt = generate
            shown: list[Any] = [{"role": message.role, "content": _plain(message.content)} for message in messages]
            return str(formatter(messages=shown).prompt)

        return render


class Grammar:
    """A grammar and how far it has come."""

    def __init__(self, c: Any, sampler: Any) -> None:
        self._c, self._sampler = c, sampler

    def allowed(self, tokens: Sequence[int]) -> list[int]:
        """Those of `tokens` that may come next."""
        array = (self._c.llama_token_data * len(tokens))(*[(token, 0.0, 0.0) for token in tokens])
        data = self._c.llama_token_data_array(data=array, size=len(tokens), selected=-1, sorted=False)
        self._c.llama_sampler_apply(self._sampler, ctypes.byref(data))
        return [array[index].id for index in range(len(tokens)) if array[index].logit != -math.inf]

    def accept(self, token: int) -> None:
        """Go on past a token that is allowed."""
        self._c.llama_sampler_accept(self._sampler, token)


def _plain(text: str) -> str:
    """Text that cannot pass for the model's own control tokens, as `<|im_end|>` in a file name would."""
    return text.replace("<|", "< |")


def shared(first: list[int], second: list[int]) -> int:
    """How many tokens two lists share at their start."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))


def _ignore(level: int, text: bytes, data: Any) -> None:
    """llama.cpp's log: its errors reach the user as ours."""


def _physical_cores() -> int:
    import psutil

    return min(psutil.cpu_count(logical=False) or 1, len(os.sched_getaffinity(0)))
