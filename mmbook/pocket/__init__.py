"""Pocket GPT: a decoder of GPT-2's architecture, small enough to read, train and carry."""

from .load import Trained, load
from .model import Cache, Config, Pocket
from .tokenizer import Tokenizer

__all__ = ["Cache", "Config", "Pocket", "Tokenizer", "Trained", "load"]
