"""Trains pocket GPT on CPython's documentation: seeded, checkpointed, resumable."""

from __future__ import annotations

import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from mmbook.pocket import tokenizer
from mmbook.pocket.corpus import Corpus, documentation
from mmbook.pocket.model import Config

from .batches import draw, lay
from .network import Network

MERGES = 512


@dataclass(frozen=True)
class Plan:
    """How long and how fast."""

    steps: int = 3000
    batch: int = 16
    lr: float = 2e-3
    warmup: int = 100
    weight_decay: float = 0.1
    dropout: float = 0.1
    seed: int = 0
    measure_every: int = 100

    def rate(self, step: int) -> float:
        """Linear warm-up, then a cosine down to a tenth."""
        if step < self.warmup:
            return self.lr * (step + 1) / self.warmup
        progress = (step - self.warmup) / max(1, self.steps - self.warmup)
        return self.lr * (0.1 + 0.45 * (1 + math.cos(math.pi * min(1.0, progress))))


def train(folder: Path, plan: Plan, corpus: Corpus | None = None) -> Path:
    """Train, or go on from the last checkpoint in `folder`; the finished file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    text = corpus or documentation()
    words = _tokenizer(folder, text)
    config = Config(vocabulary=words.size)
    learn = torch.tensor(words.encode(text.train))
    measure = lay(torch.tensor(words.encode(text.held_out)), config.context)
    torch.manual_seed(plan.seed)
    network = Network(config, plan.dropout)
    decayed = [p for p in network.parameters() if p.dim() > 1]
    rest = [p for p in network.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": plan.weight_decay},
            {"params": rest, "weight_decay": 0},
        ],
        lr=plan.lr,
        betas=(0.9, 0.99),
    )
    checkpoint, curve, step = folder / "checkpoint.pt", [], 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["plan"] != asdict(plan) or saved["corpus"] != text.digest:
            raise SystemExit(
                f"{checkpoint} was made by another plan or text: choose another folder"
            )
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["rng"])
        curve, step = saved["curve"], saved["step"]
    started = time.monotonic()
    while step < plan.steps:
        # A generator for each step makes a resumed run the same as one that never stopped.
        batch = draw(learn, plan.batch, config.context, np.random.RandomState((plan.seed, step)))
        for group in optimizer.param_groups:
            group["lr"] = plan.rate(step)
        network.train()
        loss = network.loss(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % plan.measure_every == 0 or step == plan.steps:
            curve.append([step, float(loss), held_out_loss(network, measure)])
            saved = {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "rng": torch.get_rng_state(),
                "curve": curve,
                "step": step,
                "plan": asdict(plan),
                "corpus": text.digest,
            }
            torch.save(saved, checkpoint)
            print(
                f"step {step}/{plan.steps}  loss {curve[-1][1]:.3f}  held out {curve[-1][2]:.3f}"
                f"  {time.monotonic() - started:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return checkpoint


@torch.no_grad()
def held_out_loss(network: Network, windows: torch.Tensor) -> float:
    """Mean loss over windows, without dropout, in nats a token."""
    network.eval()
    losses = [float(network.loss(part)) for part in windows.split(16)]
    return float(np.average(losses, weights=[len(part) for part in windows.split(16)]))


def _tokenizer(folder: Path, text: Corpus) -> tokenizer.Tokenizer:
    path = folder / "merges.json"
    if path.exists():
        return tokenizer.Tokenizer(tuple((a, b) for a, b in json.loads(path.read_text())))
    words = tokenizer.train(text.train, MERGES)
    path.write_text(json.dumps(words.merges))
    return words
