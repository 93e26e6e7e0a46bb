"""`mmbook train pocket` and `mmbook train lora`."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from mmbook.errors import MmError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `train` to the command line."""
    train = commands.add_parser(
        "train",
        help="train pocket GPT or its adapters",
        description="Trains what the book shows, seeded and on text that CPython carries. Needs "
        "PyTorch: the extra train.",
    )
    what = train.add_subparsers(dest="what", required=True)
    base = what.add_parser(
        "pocket",
        help="train pocket GPT on CPython's documentation",
        description="Trains, or goes on from the last checkpoint, and writes the pack "
        "pocket/gpt with the curve, the scores of its heads and PyTorch's own answers.",
    )
    base.add_argument("--steps", type=int, default=3000, help="batches to learn from")
    base.add_argument("--seed", type=int, default=0, help="of weights and batches")
    base.add_argument("--work", type=Path, default=Path("build/pocket"), help="checkpoints")
    base.add_argument("--out", type=Path, default=Path("data/pocket"), help="the finished pack")
    base.set_defaults(run=_pocket)
    tune = what.add_parser(
        "lora",
        help="fine-tune pocket GPT in every way the book compares",
        description="Fine-tunes to CPython's source: fully, with LoRA of five ranks, QLoRA, "
        "LoRA-GA and LoRA-Pro, on the same batches, with several seeds. Finished runs lie in the "
        "working folder and are not repeated. Each learning rate is near the best of those tried "
        "for its method in runs of 120 steps.",
    )
    tune.add_argument(
        "--quick", action="store_true", help="repeat the first steps and compare them with data/"
    )
    tune.add_argument("--work", type=Path, default=Path("build/lora"), help="finished runs")
    tune.add_argument("--out", type=Path, default=Path("data/lora"), help="the finished packs")
    tune.set_defaults(run=_lora)


def _pocket(options: argparse.Namespace) -> int:
    _need_torch()
    from .keep import keep
    from .pocket import Plan, train

    train(options.work, Plan(steps=options.steps, seed=options.seed))
    keep(options.work, options.out, shlex.join(["mmbook", *sys.argv[1:]]))
    return 0


def _lora(options: argparse.Namespace) -> int:
    _need_torch()
    if options.quick:
        from .quick import compare

        return compare()
    from .lora import experiment
    from .recipe import Budget

    command = shlex.join(["mmbook", *sys.argv[1:]])
    experiment(options.work, options.out, Budget(), command)
    return 0


def _need_torch() -> None:
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise MmError(
            "training needs PyTorch",
            remedy="Install the extra: pip install 'mmbook[train]'.",
        ) from error
