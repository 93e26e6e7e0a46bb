"""AdamW for adapters, plain or with LoRA-Pro's equivalent gradient.

LoRA-Pro's Adam (arXiv 2407.18242, appendix) keeps its moments on the equivalent gradient of the
full weight, so it saves no optimizer memory over full fine-tuning.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from mmbook import lora

from .adapt import AdaptedLinear

BETAS = (0.9, 0.999)
EPS = 1e-8


class ProAdam:
    """One full-size pair of moments an adapter; each step moves A and B by the closed form."""

    def __init__(self, adapters: Iterable[AdaptedLinear], lr: float) -> None:
        self.adapters = list(adapters)
        self.lr = lr
        self.steps = 0
        self.first = [np.zeros(tuple(a.base.shape)) for a in self.adapters]
        self.second = [np.zeros(tuple(a.base.shape)) for a in self.adapters]

    def zero_grad(self) -> None:
        """Forget the last gradients."""
        for adapter in self.adapters:
            adapter.A.grad = adapter.B.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Equivalent gradient, Adam's moments of it, and the A, B that make it."""
        self.steps += 1
        fix_first, fix_second = 1 - BETAS[0] ** self.steps, 1 - BETAS[1] ** self.steps
        for n, adapter in enumerate(self.adapters):
            current = lora.Adapter(_array(adapter.A), _array(adapter.B), adapter.scale)
            made = self._equivalent(current, adapter)
            self.first[n] = BETAS[0] * self.first[n] + (1 - BETAS[0]) * made
            self.second[n] = BETAS[1] * self.second[n] + (1 - BETAS[1]) * made**2
            wanted = (self.first[n] / fix_first) / (np.sqrt(self.second[n] / fix_second) + EPS)
            gA, gB = lora.pro_gradients(current, wanted)
            adapter.A -= self.lr * torch.tensor(gA, dtype=torch.float32)
            adapter.B -= self.lr * torch.tensor(gB, dtype=torch.float32)

    def _equivalent(
        self, current: lora.Adapter, adapter: AdaptedLinear
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """g̃ from the adapter's own gradients alone: P_A G + (I - P_A) G P_B."""
        assert adapter.A.grad is not None
        assert adapter.B.grad is not None
        A_plus, B_plus = np.linalg.pinv(current.A), np.linalg.pinv(current.B)
        from_B = A_plus.T @ _array(adapter.B.grad) / current.scale
        from_A = _array(adapter.A.grad) @ B_plus.T / current.scale
        made: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (
            from_B + from_A - current.A @ (A_plus @ from_A)
        )
        return made


def _array(x: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return x.detach().double().numpy()
