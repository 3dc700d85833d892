"""A trained adapter as a GGUF file that llama.cpp loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import gguf
import numpy as np

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
        found = TENSOR.fullmatch(name)
        if found is None:
            raise ValueError(f"{name} is no tensor of an adapter")
        layer, part, side = found.groups()
        writer.add_tensor(f"blk.{layer}.{NAMES[part]}.weight.lora_{side.lower()}", tensor.numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def architecture_of(model: str) -> str:
    """The architecture that a GGUF file names."""
    field = gguf.GGUFReader(model).fields[gguf.Keys.General.ARCHITECTURE]
    return str(bytes(field.parts[field.data[0]]), "utf-8")
