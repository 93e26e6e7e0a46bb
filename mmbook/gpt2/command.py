"""``mmbook pack gpt2``: cuts heads out of a checkpoint and writes their packs."""

from __future__ import annotations

import argparse
import hashlib
import io
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmbook.errors import CheckpointError
from mmbook.pack import write_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.gpt2.activations import Activations
    from mmbook.gpt2.checkpoint import Checkpoint

__all__ = ["pack_gpt2", "register"]

_LICENCE = "Weights: OpenAI's GPT-2, published under a modified MIT licence."


def register(subparsers: Any) -> None:
    """Add ``pack gpt2`` to the command line; its handler is the default ``run``."""
    pack = subparsers.add_parser("pack", help="make array packs", description="Make array packs.")
    kinds = pack.add_subparsers(dest="kind", required=True, metavar="KIND")
    parser = kinds.add_parser(
        "gpt2",
        help="cut attention heads out of a GPT-2 checkpoint",
        description="Writes a pack for each head: weights with biases, the layer's input for a "
        "recorded text, and the attention that the model gave. Refuses if weights and record "
        "disagree. The same files give the same bytes.",
    )
    parser.add_argument(
        "--checkpoint",
        required=True,
        type=Path,
        metavar="FILE",
        help="model.safetensors, or the .index.json of a sharded one; a partial file will do",
    )
    parser.add_argument(
        "--activations",
        required=True,
        type=Path,
        metavar="FILE",
        help="safetensors with ln_1_output, attention, and tokens in its metadata",
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--head",
        nargs="+",
        type=_pair,
        metavar="LAYER,HEAD",
        help="heads to write, counted from 0: --head 5,4 0,2",
    )
    which.add_argument("--all", action="store_true", help="write every head of every layer")
    parser.add_argument(
        "--out", type=Path, default=Path("data"), metavar="DIR", help="folder of packs (data)"
    )
    parser.add_argument("--licence", default=_LICENCE, help="recorded in the packs")
    parser.add_argument("--note", help="recorded in the packs, such as where the record is from")
    parser.set_defaults(run=pack_gpt2)


def pack_gpt2(arguments: argparse.Namespace) -> int:
    """Write the packs that the arguments ask for; progress goes to standard error.

    Raises
    ------
    CheckpointError, PackError
        A file cannot be read or does not hold what is needed, or a pack cannot be written.

    """
    # Here, so that other commands and --help do not need what only this one does.
    from mmbook.gpt2.activations import Activations
    from mmbook.gpt2.checkpoint import HEAD_WIDTH, Checkpoint
    from mmbook.gpt2.extract import extract
    from mmbook.gpt2.pack import pack_name

    checkpoint = Checkpoint(arguments.checkpoint)
    activations = Activations(arguments.activations)
    wanted = (
        [(layer, h) for layer in checkpoint.layers for h in range(checkpoint.width // HEAD_WIDTH)]
        if arguments.all
        else sorted(set(arguments.head))
    )
    provenance = _provenance(arguments, checkpoint, activations)
    weights, loaded = None, -1
    for count, (layer, head) in enumerate(wanted, 1):
        if weights is None or layer != loaded:
            weights, loaded = checkpoint.attention(layer), layer
        arrays, about = extract(checkpoint, weights, activations, layer, head)
        about["command"] = _command(arguments, layer, head)
        path = arguments.out / f"{pack_name(layer, head)}.npz"
        news, size = _update(path, arrays, {**about, **provenance})
        error = about["attention_error"][about["stored"]]
        print(
            f"[{count}/{len(wanted)}] {path}: {news}, {size / 1000:.0f} kB, "
            f"{about['stored']}, attention within {error:.1e}",
            file=sys.stderr,
        )
    return 0


def _pair(text: str) -> tuple[int, int]:
    layer, comma, head = text.partition(",")
    if not comma or not (layer.isdecimal() and head.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no LAYER,HEAD such as 5,4")
    return int(layer), int(head)


def _provenance(
    arguments: argparse.Namespace, checkpoint: Checkpoint, activations: Activations
) -> dict[str, Any]:
    files = {"checkpoint": checkpoint.path, "activations": activations.path}
    sources = {role: {"file": path.name, "sha256": _digest(path)} for role, path in files.items()}
    note = {} if arguments.note is None else {"note": arguments.note}
    return {"sources": sources, "licence": arguments.licence, **note}


def _command(arguments: argparse.Namespace, layer: int, head: int) -> str:
    # Without folders: the same files give the same pack wherever they lie.
    words = ["mmbook", "pack", "gpt2"]
    words += ["--checkpoint", arguments.checkpoint.name]
    words += ["--activations", arguments.activations.name, "--head", f"{layer},{head}"]
    words += ["--licence", arguments.licence] if arguments.licence != _LICENCE else []
    words += ["--note", arguments.note] if arguments.note is not None else []
    return shlex.join(words)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CheckpointError(
            "the file cannot be read", given=error.strerror, where=str(path)
        ) from error


def _update(path: Path, arrays: Mapping[str, Any], about: Mapping[str, Any]) -> tuple[str, int]:
    """Write the pack unless it stands there already; return what was done, and its size."""
    buffer = io.BytesIO()
    write_pack(buffer, arrays, about)
    data = buffer.getvalue()
    if path.is_file() and path.read_bytes() == data:
        return "unchanged", len(data)
    write_pack(path, arrays, about)
    return "written", len(data)
