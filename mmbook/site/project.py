"""Where a book's files lie: its pages, its made assets, its site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from mmbook.errors import MmError
from mmbook.site.core import PACKAGE

VIEWER = PACKAGE / "viewer"


@dataclass(frozen=True)
class Project:
    """A folder with an ``mkdocs.yml``."""

    config: Path
    docs: Path
    site: Path

    @property
    def root(self) -> Path:
        """The folder of the configuration file."""
        return self.config.parent

    @property
    def assets(self) -> Path:
        """Where the build puts what the pages load."""
        return self.docs / "assets" / "mm"


def find(config: str | Path = "mkdocs.yml") -> Project:
    """Return the project of a configuration file."""
    path = Path(config).resolve()
    if not path.is_file():
        raise MmError(
            "there is no such configuration file",
            given=str(config),
            remedy="Run the command in the book's folder, or name the file with --config.",
        )
    with path.open("rb") as file:
        settings = yaml_load(file, loader=get_yaml_loader())
    return Project(
        config=path,
        docs=path.parent / str(settings.get("docs_dir", "docs")),
        site=path.parent / str(settings.get("site_dir", "site")),
    )
