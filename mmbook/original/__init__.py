"""Links of the original tool, mm: read into figures, and written from them.

Nothing in a link is run and nothing is fetched on its word.
"""

from __future__ import annotations

from mmbook.original.export import Exported, export
from mmbook.original.figure import Imported, import_link

__all__ = ["Exported", "Imported", "export", "import_link"]
