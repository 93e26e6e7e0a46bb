"""Charts of a race as it runs: the loss so far, and the spectrum of the change."""

from __future__ import annotations

import numpy as np

from mmbook.chart import Chart, chart

from .race import LinearMap, Moment


class Track:
    """Keeps the losses of one runner; the axes stand still from step to step.

    Parameters
    ----------
    task
        What is learned.
    rank
        Of the adapter: its floor is marked.
    steps
        How many steps the x axis has room for.

    """

    def __init__(self, task: LinearMap, rank: int, steps: int = 60) -> None:
        self.losses: list[float] = []
        self._steps = steps
        self._rank = rank
        self._floor = task.floor(rank)
        deepest = task.floor(min(2 * rank, min(task.start.shape) - 1))
        start = task.loss(task.start)
        self._losses = (max(deepest, 1e-3 * start) / 2, 2 * start)
        self._wanted = np.linalg.svd(task.target - task.start, compute_uv=False)

    def charts(self, moment: Moment) -> tuple[Chart, Chart]:
        """The loss up to this moment, and its singular values beside those that are wanted."""
        self.losses.append(moment.loss)
        loss = chart(
            self.losses,
            title="Loss",
            x_label="step",
            log_y=True,
            levels=[(self._floor, f"floor of rank {self._rank}")],
            x_range=(0, self._steps),
            y_range=self._losses,
        )
        spectrum = chart(
            {"ΔW": moment.spectrum, "wanted": self._wanted},
            x=np.arange(1, self._wanted.size + 1),
            kind="bars",
            title="Singular values",
            y_range=(0, 1.2 * float(self._wanted[0])),
        )
        return loss, spectrum
