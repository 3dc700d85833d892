"""A trained adapter as a GGUF file that llama.cpp loads, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import gguf
import numpy as np

from llmsh.errors import UsageError

if TYPE_CHECKING:
    import torch

NAMES = {
    "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output",
    "gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down",
}  # fmt: skip
"""What llama.cpp calls the layers that transformers calls so."""
TENSOR = re.compile(r".*\.layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])\..*")


def export(path: str, tensors: Mapping[str, torch.Tensor], architecture: str, alpha: int) -> None:
    """Write an adapter in float16. `architecture` is that of the model's own GGUF, such as "qwen2"."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(alpha))
    for name, tensor in tensors.items():
        writer.add_tensor(_name(name), tensor.numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def parameters(path: str, names: Iterable[str]) -> dict[str, np.ndarray]:
    """The tensors of an adapter's GGUF file by the names that training gives them, float32. Raises UsageError."""
    tensors = {tensor.name: tensor.data for tensor in gguf.GGUFReader(path).tensors}
    wanted = {name: _name(name) for name in names}
    if set(wanted.values()) != set(tensors):
        raise UsageError(
            f"the adapter {path} has other layers or another rank", "train with the settings it was made by"
        )
    return {name: np.array(tensors[short], dtype=np.float32) for name, short in wanted.items()}


def _name(name: str) -> str:
    """What llama.cpp calls a tensor of an adapter."""
    found = TENSOR.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} is no tensor of an adapter")
    layer, part, side = found.groups()
    return f"blk.{layer}.{NAMES[part]}.weight.lora_{side.lower()}"


def architecture_of(model: str) -> str:
    """The architecture that a GGUF file names."""
    field = gguf.GGUFReader(model).fields[gguf.Keys.General.ARCHITECTURE]
    return str(bytes(field.parts[field.data[0]]), "utf-8")
