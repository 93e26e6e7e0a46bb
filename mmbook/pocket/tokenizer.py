"""Byte-pair encoding, trained from nothing (Sennrich, Haddow, Birch 2016, algorithm 1).

Bytes are the alphabet, so any text can be encoded; merges stay inside a word and the space
before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

Pair = tuple[int, int]
WORDS = re.compile(r" ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
BYTES = 256


@dataclass(frozen=True)
class Tokenizer:
    """The merges in the order in which they were found; token 256 + n is the n-th merge."""

    merges: tuple[Pair, ...]
    _rank: dict[Pair, int] = field(init=False, repr=False, compare=False)
    _bytes: list[bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = [bytes([b]) for b in range(BYTES)]
        for left, right in self.merges:
            table.append(table[left] + table[right])
        object.__setattr__(self, "_bytes", table)
        object.__setattr__(self, "_rank", {pair: n for n, pair in enumerate(self.merges)})

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(self._bytes)

    def encode(self, text: str) -> list[int]:
        """Token numbers; merges are applied in the order in which they were found."""
        known: dict[str, list[int]] = {}
        tokens: list[int] = []
        for word in WORDS.findall(text):
            if word not in known:
                known[word] = self._encode_word(list(word.encode()))
            tokens += known[word]
        return tokens

    def _encode_word(self, tokens: list[int]) -> list[int]:
        while len(tokens) > 1:
            ranks = [self._rank.get(pair, len(self.merges)) for pair in pairwise(tokens)]
            best = min(ranks)
            if best == len(self.merges):
                break
            tokens = merge(tokens, self.merges[best], BYTES + best)
        return tokens

    def decode(self, tokens: Iterable[int]) -> str:
        """The text; bytes that are no character become the replacement sign."""
        return b"".join(self._bytes[t] for t in tokens).decode(errors="replace")

    def text_of(self, token: int) -> str:
        """One token as a label."""
        return self._bytes[token].decode(errors="replace")


def merge(tokens: list[int], pair: Pair, new: int) -> list[int]:
    """Replace every occurrence of the pair, from the left."""
    result: list[int] = []
    at = 0
    while at < len(tokens):
        if tuple(tokens[at : at + 2]) == pair:
            result.append(new)
            at += 2
        else:
            result.append(tokens[at])
            at += 1
    return result


def train(text: str, count: int) -> Tokenizer:
    """Find `count` merges: each time the most frequent adjacent pair, the first seen if tied."""
    words = [(list(word.encode()), n) for word, n in Counter(WORDS.findall(text)).items()]
    merges: list[Pair] = []
    pairs: Counter[Pair] = Counter()
    for tokens, n in words:
        for pair in pairwise(tokens):
            pairs[pair] += n
    while len(merges) < count and pairs:
        best = max(pairs, key=pairs.__getitem__)
        new = BYTES + len(merges)
        merges.append(best)
        for at, (tokens, n) in enumerate(words):
            if best[0] not in tokens:
                continue
            merged = merge(tokens, best, new)
            if len(merged) == len(tokens):
                continue
            for pair in pairwise(tokens):
                pairs[pair] -= n
            for pair in pairwise(merged):
                pairs[pair] += n
            words[at] = (merged, n)
        pairs = +pairs
    return Tokenizer(tuple(merges))
