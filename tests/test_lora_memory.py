"""Bytes of fine-tuning against the worked example for 7 billion parameters."""

from __future__ import annotations

import pytest

from mmbook.errors import OptionError
from mmbook.lora import Sizes, memory

# Llama-7B's shapes with adapters on queries, keys, values and outputs.
SEVEN = Sizes(7_000_000_000, 32, ((4096, 4096),) * 4, 8)


def test_the_worked_example() -> None:
    assert SEVEN.trained == 8_388_608
    assert memory(SEVEN, "full").total == pytest.approx(112e9)
    assert memory(SEVEN, "lora").total == pytest.approx(14.134e9, rel=1e-4)
    assert memory(SEVEN, "qlora").total == pytest.approx(3.745e9, rel=1e-3)


def test_gpt3_adapters_of_rank_4_and_1() -> None:
    """Hu et al. round 37.7 MB to 35; the repository that says 4.7 million means rank 1."""
    four = Sizes(175_000_000_000, 96, ((12288, 12288),) * 2, 4)
    one = Sizes(175_000_000_000, 96, ((12288, 12288),) * 2, 1)
    assert four.trained == 18_874_368
    assert one.trained == 4_718_592


def test_only_trained_numbers_cost_sixteen_bytes() -> None:
    more = Sizes(SEVEN.parameters, SEVEN.layers, SEVEN.adapted, 9)
    added = memory(more, "qlora").total - memory(SEVEN, "qlora").total
    assert added == pytest.approx(16 * (more.trained - SEVEN.trained))
    assert memory(more, "qlora").frozen == memory(SEVEN, "qlora").frozen


def test_what_cannot_be_explains_itself() -> None:
    with pytest.raises(OptionError, match="1 to 4096"):
        memory(Sizes(10**9, 1, ((4096, 8192),), 5000), "lora")
    with pytest.raises(OptionError, match="qlora"):
        memory(SEVEN, "prompt")  # type: ignore[arg-type]
