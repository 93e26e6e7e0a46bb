"""Finds the viewer's scripts for notebooks: they are bundled with the viewer."""

from __future__ import annotations

from pathlib import Path

from mmbook.errors import MmError

_FOLDER = Path(__file__).resolve().parents[1] / "viewer" / "dist" / "notebook"


def read(name: str) -> str:
    """Return the text of a script.

    Raises
    ------
    MmError
        The viewer is not built, as in a checkout where nothing was made yet.

    """
    path = _FOLDER / name
    if not path.is_file():
        raise MmError(
            "the viewer is not built, so that notebooks cannot show figures",
            given=f"mmbook/viewer/dist/notebook/{name}",
            remedy="Run make site, or npm run build in mmbook/viewer.",
        )
    return path.read_text(encoding="utf-8")
