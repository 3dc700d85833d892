"""LoRA training with PyTorch and PEFT on the weights of a GGUF file; resumable, seeded, within a budget of time.

Three things make it bearable on a CPU: the lower layers keep their weights, so that nothing is computed backwards
through them; logits are made for the plan's tokens only, over the tokens that occur in the data; and the adapter
computes in the weights' own bfloat16, with a float32 copy that the optimizer works on.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from llmsh.tuning.export import parameters
from llmsh.tuning.tokens import Tokens, batches, occurring

LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
SAVE_EVERY = 120.0
"""Seconds between two checkpoints."""


@dataclass(frozen=True)
class Settings:
    """How an adapter is trained. `batch` counts padded tokens, `minutes` are of wall-clock time for all runs together.

    Layers below `first_layer` stay as they are. `start` is an adapter, a GGUF file, to begin with; "" begins anew.
    `interpolate` is the share of the way from there to what was learned that is gone in the end: half of it is better
    than all (measured; Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022).
    """

    rank: int = 16
    alpha: int = 32
    first_layer: int = 8
    rate: float = 4e-4
    warm_up: float = 0.03
    batch: int = 512
    minutes: float = 60.0
    seed: int = 1
    threads: int = 0
    start: str = ""
    interpolate: float = 1.0


@dataclass(frozen=True)
class Trained:
    """What came out: the adapter's tensors by name, how far training went, the share of held back plans it has."""

    tensors: dict[str, torch.Tensor]
    steps: int
    epochs: float
    loss: float
    seconds: float
    exact: float


Watch = Callable[[float, float, float], None]
"""Told the share of the budget that is used (0 to 1), the loss and the tokens a second."""


def train(
    model: str,
    samples: Sequence[Tokens],
    settings: Settings,
    checkpoint: str,
    watch: Watch,
    *,
    held_back: Sequence[Tokens] = (),
) -> Trained:
    """Train an adapter on samples, then try it on those held back; goes on from `checkpoint`, which it writes."""
    torch.manual_seed(settings.seed)
    if settings.threads:
        torch.set_num_threads(settings.threads)
    trainer = _Trainer(model, occurring((*samples, *held_back)), settings)
    trainer.resume(checkpoint)
    started, saved, spent = time.monotonic(), time.monotonic(), trainer.seconds
    tokens = 0
    while trainer.used() < 1:
        batch = trainer.next(samples)
        trainer.step(batch)
        tokens += sum(map(len, batch))
        now = time.monotonic()
        trainer.seconds = spent + now - started
        watch(trainer.used(), trainer.loss, tokens / (now - started))
        if now - saved > SAVE_EVERY:
            trainer.save(checkpoint)
            saved = now
    trainer.save(checkpoint)
    trainer.interpolate()
    exact = trainer.exact(held_back) if held_back else math.nan
    return Trained(trainer.tensors(), trainer.steps, trainer.epochs, trainer.loss, trainer.seconds, exact)


class _Trainer:
    """The model with its adapter, the optimizer, and how far it has come."""

    def __init__(self, model: str, vocabulary: list[int], settings: Settings) -> None:
        self._settings = settings
        folder, name = os.path.split(os.path.abspath(model))
        device = "cuda" if torch.cuda.is_available() else "cpu"
        loaded: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.bfloat16)
        base: Any = loaded.to(device)
        layers = list(range(settings.first_layer, base.config.num_hidden_layers))
        config = LoraConfig(
            r=settings.rank, lora_alpha=settings.alpha, target_modules=list(LAYERS), layers_to_transform=layers
        )
        self._peft: Any = get_peft_model(base, config, autocast_adapter_dtype=False)
        self._body = base.model
        self._ids = torch.full((base.config.vocab_size,), -1, device=device)
        self._ids[vocabulary] = torch.arange(len(vocabulary), device=device)
        self._head = base.lm_head.weight.detach()[vocabulary].contiguous()
        self._device = device
        self._parameters = [item for item in self._peft.parameters() if item.requires_grad]
        if settings.start:
            self._begin_with(settings.start)
        self._masters = [item.detach().float().clone() for item in self._parameters]
        self._begun = [master.clone() for master in self._masters]
        self._optimizer = torch.optim.AdamW(self._masters, lr=settings.rate, weight_decay=0.01, betas=(0.9, 0.98))
        self._epoch, self._place = 0, 0
        self._order: list[list[Tokens]] = []
        self._batches = 0
        self.steps, self.seconds, self.loss = 0, 0.0, math.nan

    def _begin_with(self, path: str) -> None:
        """Take the weights of an adapter that was trained before, with the same rank and layers."""
        names = [name for name, item in self._peft.named_parameters() if item.requires_grad]
        found = parameters(path, names)
        with torch.no_grad():
            for name, parameter in zip(names, self._parameters, strict=True):
                parameter.copy_(torch.from_numpy(found[name]))

    def used(self) -> float:
        """The share of the budget that is used."""
        return min(1.0, self.seconds / (60 * self._settings.minutes))

    @property
    def epochs(self) -> float:
        """How often each sample was seen."""
        return self._epoch + self._place / max(1, self._batches)

    def next(self, samples: Sequence[Tokens]) -> list[Tokens]:
        """The next batch. Each epoch has an order of its own, which the seed decides."""
        if not self._order:
            self._order = batches(samples, self._settings.batch, self._settings.seed + self._epoch)
        if self._place >= len(self._order):
            self._epoch, self._place = self._epoch + 1, 0
            self._order = batches(samples, self._settings.batch, self._settings.seed + self._epoch)
        self._place, self._batches = self._place + 1, len(self._order)
        return self._order[self._place - 1]

    def step(self, batch: Sequence[Tokens]) -> None:
        """Learn from one batch."""
        loss = self._loss(batch)
        torch.autograd.backward(loss)
        for master, parameter in zip(self._masters, self._parameters, strict=True):
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self._masters, 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = self._settings.rate * _schedule(self.used(), self._settings.warm_up)
        self._optimizer.step()
        with torch.no_grad():
            for master, parameter in zip(self._masters, self._parameters, strict=True):
                parameter.copy_(master)
        value = float(loss.detach())
        self.loss = value if math.isnan(self.loss) else 0.98 * self.loss + 0.02 * value
        self.steps += 1

    def interpolate(self) -> None:
        """Go back to a point between where training began and where it has come to."""
        with torch.no_grad():
            for begun, master, parameter in zip(self._begun, self._masters, self._parameters, strict=True):
                master.copy_(torch.lerp(begun, master, self._settings.interpolate))
                parameter.copy_(master)

    def exact(self, samples: Sequence[Tokens]) -> float:
        """The share of samples of which every token that counts in full is the likeliest after those before it."""
        right = 0
        with torch.no_grad():
            for batch in batches(samples, self._settings.batch, self._settings.seed):
                logits, wanted, weights, rows = self._logits(batch)
                wrong = rows[(logits.argmax(-1) != wanted) & (weights == 1)]
                right += len(batch) - len(set(wrong.tolist()))
        return right / len(samples)

    def _loss(self, batch: Sequence[Tokens]) -> torch.Tensor:
        """Weighted mean cross entropy of the plans' tokens."""
        logits, wanted, weights, _ = self._logits(batch)
        losses = torch.nn.functional.cross_entropy(logits.float(), wanted, reduction="none")
        return (losses * weights).sum() / weights.sum()

    def _logits(self, batch: Sequence[Tokens]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """For each of the plans' tokens: logits, the one that is wanted, its weight, the sample it is of.

        Padding stands behind all else, where nothing looks.
        """
        longest = max(len(sample) for sample in batch)
        ids = torch.zeros((len(batch), longest), dtype=torch.long)
        weights = torch.zeros((len(batch), longest))
        for row, sample in enumerate(batch):
            ids[row, : len(sample)] = torch.tensor((*sample.prompt, *sample.plan))
            weights[row, len(sample.prompt) : len(sample)] = torch.tensor(sample.weights())
        ids, weights = ids.to(self._device), weights.to(self._device)[:, 1:]
        learned = weights > 0
        hidden = self._body(input_ids=ids, use_cache=False).last_hidden_state[:, :-1][learned]
        logits = torch.nn.functional.linear(hidden, self._head)
        return logits, self._ids[ids[:, 1:][learned]], weights[learned], learned.nonzero()[:, 0]

    def tensors(self) -> dict[str, torch.Tensor]:
        """The adapter: `model.layers.N....lora_A` of shape (rank, in) and `lora_B` of shape (out, rank), float32."""
        names = [name for name, item in self._peft.named_parameters() if item.requires_grad]
        return {name: master.detach().cpu() for name, master in zip(names, self._masters, strict=True)}

    def save(self, path: str) -> None:
        """Write a checkpoint."""
        state = {
            "settings": asdict(self._settings), "masters": self._masters, "optimizer": self._optimizer.state_dict(),
            "steps": self.steps, "epoch": self._epoch, "place": self._place, "seconds": self.seconds, "loss": self.loss,
            "batches": self._batches,
        }  # fmt: skip
        torch.save(state, f"{path}.new")
        os.replace(f"{path}.new", path)

    def resume(self, path: str) -> None:
        """Go on from a checkpoint, if there is one."""
        if not os.path.exists(path):
            return
        state = torch.load(path, map_location=self._device)
        with torch.no_grad():
            for master, parameter, value in zip(self._masters, self._parameters, state["masters"], strict=True):
                master.copy_(value)
                parameter.copy_(value)
        self._optimizer.load_state_dict(state["optimizer"])
        self.steps, self.seconds, self.loss = (state[name] for name in ("steps", "seconds", "loss"))
        self._epoch, self._place, self._batches = state["epoch"], state["place"], state["batches"]


def _schedule(used: float, warm_up: float) -> float:
    """The learning rate's share: up in a line, then down along a cosine to a twentieth."""
    if used < warm_up:
        return max(used, 0.001) / warm_up
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * (used - warm_up) / (1 - warm_up)))
