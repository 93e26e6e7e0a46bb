"""Serves the book while it is written: what changes is computed, built and reloaded."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

from mmbook.errors import MmError
from mmbook.site import embed, precompute, vendor, viewer
from mmbook.site.project import VIEWER
from mmbook.site.report import say

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import ObservedWatch

    from mmbook.site.project import Project

log = logging.getLogger("mkdocs.plugins.mmbook")


def serve(project: Project, *, host: str, port: int, strict: bool = False) -> None:
    """Serve the book until it is interrupted.

    A bad fence is shown in its page, unless ``strict``; then the build stops at it.
    """
    _log_to_terminal()
    vendor.vendor(project)
    site = tempfile.mkdtemp(prefix="mmbook-")

    def rebuild() -> None:
        viewer.bundle(project)
        # The pages report what is wrong themselves, where the author looks.
        precompute.precompute(project, tolerant=not strict)
        config = load_config(
            config_file=str(project.config), site_dir=site, site_url=server.url, strict=strict
        )
        config.mdx_configs.setdefault("mmbook", {})["on_error"] = "raise" if strict else "show"
        build_pages(config, serve_url=server.url)
        embed.write_page(Path(site))

    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=site)
    server.error_handler = lambda code: _page(Path(site, f"{code}.html"))
    server.observer = _Sources(project)
    try:
        rebuild()
        for path in (project.docs, project.config, project.root / "overrides", VIEWER / "src"):
            if path.exists():
                server.watch(str(path))
        say("serve", f"the book is at {server.url} (Ctrl+C stops)")
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        say("serve", "stopped")
    except OSError as error:
        raise MmError(
            "the address cannot be served",
            given=f"{host}:{port}: {error.strerror}",
            remedy="Choose another port with --port.",
        ) from error
    finally:
        server.shutdown()
        shutil.rmtree(site, ignore_errors=True)


class _Sources(PollingObserver):
    """Watches what people write, and not what a build writes into the same folders."""

    def __init__(self, project: Project) -> None:
        super().__init__(timeout=0.5)
        assets = project.docs / "assets"
        self._made = (assets / "mm", assets / "fonts", VIEWER / "src" / "schema")

    def schedule(
        self, event_handler: FileSystemEventHandler, path: str | Path, **options: Any
    ) -> ObservedWatch:
        notify = event_handler.on_any_event

        def on_any_event(event: FileSystemEvent) -> None:
            source = Path(str(event.src_path))
            if not any(source.is_relative_to(made) for made in self._made):
                notify(event)

        event_handler.on_any_event = on_any_event  # type: ignore[method-assign]
        return super().schedule(event_handler, path, **options)


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _log_to_terminal() -> None:
    """Show MkDocs' own messages, as its command line does."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
