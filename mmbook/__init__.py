"""Matrix multiplications as cubes: the language, the values and the figures.

``import mmbook as mm`` is the same in CPython and in a page's Python cells.
"""

from __future__ import annotations

from mmbook.errors import MmError

__all__ = ["MmError"]
__version__ = "0.1.0"
