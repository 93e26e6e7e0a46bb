"""The book's typefaces: the subsets it uses, from npm's packages, with a style sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mmbook.errors import VendorError
from mmbook.site import files
from mmbook.site.project import VIEWER

if TYPE_CHECKING:
    from pathlib import Path

_FAMILIES = ("source-serif-4", "source-sans-3", "source-code-pro")
_SHEETS = ("wght.css", "wght-italic.css")
_SUBSETS = ("latin", "latin-ext", "greek")
_NPM = VIEWER / "node_modules" / "@fontsource-variable"
_FACE = re.compile(r"/\* (?P<face>[\w-]+?)-wght-\w+ \*/\s*@font-face \{.*?\}", re.DOTALL)
_FILE = re.compile(r"url\(\./files/([\w-]+\.woff2)\)")


def vendor(target: Path) -> int:
    """Write the fonts, their licences and ``fonts.css``; return how many fonts there are."""
    faces: list[str] = []
    written: list[str] = ["fonts.css"]
    for family in _FAMILIES:
        folder = _NPM / family
        if not folder.is_dir():
            raise VendorError(
                "the fonts are not installed", remedy="Run npm ci in mmbook/viewer (make does)."
            )
        for sheet in _SHEETS:
            for face in _FACE.finditer((folder / sheet).read_text(encoding="utf-8")):
                if face["face"].removeprefix(f"{family}-") not in _SUBSETS:
                    continue
                (name,) = _FILE.findall(face[0])
                files.write(target / name, (folder / "files" / name).read_bytes())
                faces.append(face[0].replace("./files/", "./"))
                written.append(name)
        licence = f"{family}-LICENSE.txt"
        files.write(target / licence, (folder / "LICENSE").read_bytes())
        written.append(licence)
    files.write(target / "fonts.css", ("\n\n".join(faces) + "\n").encode())
    files.keep_only(target, written)
    return len(faces)
