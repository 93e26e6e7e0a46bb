"""What a real forward pass left behind: tokens, each layer's input, and the attention it gave.

The file is a safetensors file with ``ln_1_output`` (layers × tokens × width), ``attention``
(layers × heads × tokens × tokens), and the tokens as a JSON list of texts in its metadata.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mmbook.errors import CheckpointError
from mmbook.gpt2.tensors import TensorFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Activations"]


class Activations:
    """A recorded forward pass.

    Raises
    ------
    CheckpointError
        The file cannot be read, lacks something, or its shapes do not agree with each other.

    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        file = TensorFile(path)
        self.tokens = _tokens(file)
        """Texts of the tokens, leading spaces included."""
        self.ln_1_output: NDArray[np.float32] = file.read("ln_1_output")
        """Input of each layer's attention: layers × tokens × width."""
        self.attention: NDArray[np.float32] = file.read("attention")
        """Attention weights the model gave: layers × heads × tokens × tokens."""
        given, weights = self.ln_1_output.shape, self.attention.shape
        count = len(self.tokens)
        fits = len(given) == 3 and len(weights) == 4 and given[0] == weights[0]
        if not fits or given[1] != count or weights[2:] != (count, count):
            raise CheckpointError(
                "the shapes do not agree",
                given=f"{count} tokens, ln_1_output {given}, attention {weights}",
                possible="ln_1_output layers × tokens × width, "
                "attention layers × heads × tokens × tokens",
                where=str(self.path),
            )
        self.heads = weights[1]
        self.width = given[2]
        self.text: str = file.metadata.get("text", "".join(self.tokens))


def _tokens(file: TensorFile) -> tuple[str, ...]:
    try:
        tokens = json.loads(file.metadata["tokens"])
    except (KeyError, ValueError, RecursionError):
        tokens = None
    if not isinstance(tokens, list) or not tokens or not all(isinstance(t, str) for t in tokens):
        raise CheckpointError(
            "the metadata has no tokens",
            given=file.metadata.get("tokens"),
            possible="a JSON list of texts under the key tokens",
            where=str(file.path),
        )
    return tuple(tokens)
