"""Turns a finished checkpoint into the pack the book carries, with PyTorch's answers beside it."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from mmbook.pack import write_pack
from mmbook.pocket import Config, Pocket
from mmbook.pocket.corpus import documentation
from mmbook.pocket.heads import scores
from mmbook.pocket.load import REFERENCE
from mmbook.pocket.tokenizer import Tokenizer

from .network import Network

PROMPT = "The following functions return a new list of"
REFERENCE_TOKENS = 64


def keep(folder: Path, out: Path, command: str) -> None:
    """Write `gpt.npz` into `out`: weights rounded to float16, and how they came about."""
    saved = torch.load(folder / "checkpoint.pt", weights_only=True)
    merges = json.loads((folder / "merges.json").read_text())
    words = Tokenizer(tuple((a, b) for a, b in merges))
    config = Config(vocabulary=words.size)
    weights = {name: tensor.half().float().numpy() for name, tensor in saved["network"].items()}
    network = Network(config)
    network.load_state_dict({name: torch.tensor(w) for name, w in weights.items()})
    network.eval()
    corpus = documentation()
    tokens = words.encode(corpus.held_out)[:REFERENCE_TOKENS]
    with torch.no_grad():
        logits = network(torch.tensor([tokens]))[0].numpy()
    model = Pocket(config, weights)
    found = scores(model)
    sample = model.continue_text(words.encode(PROMPT), 60, seed=0)
    about = {
        "command": command,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "plan": saved["plan"],
        "config": asdict(config),
        "corpus": {
            "digest": corpus.digest,
            "train": len(corpus.train),
            "held_out": len(corpus.held_out),
        },
        "curve": saved["curve"],
        "heads": {name: np.round(values, 4).tolist() for name, values in found.items()},
        "sample": {"prompt": PROMPT, "seed": 0, "text": words.decode(sample)},
        "reference_tokens": tokens,
        "merges": merges,
        "licence": "Weights made by this project (MIT) from text of CPython (PSF licence).",
    }
    out.mkdir(parents=True, exist_ok=True)
    # A pack holds matrices: vectors (biases, layer norms) become one row.
    write_pack(
        out / "gpt.npz",
        {**{name: np.atleast_2d(w) for name, w in weights.items()}, REFERENCE: logits},
        about=about,
    )
