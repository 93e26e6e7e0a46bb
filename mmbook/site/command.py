"""``mmbook build``, ``mmbook serve`` and ``mmbook vendor`` on the command line."""

from __future__ import annotations

import argparse
import importlib.util
import os
from pathlib import Path
from typing import Any

from mmbook.errors import MmError, OptionError

_ENGINES = ("mkdocs", "zensical")
_NEEDED = ("jinja2", "markdown", "mkdocs", "pooch", "pygments")


def register(subparsers: Any) -> None:
    """Add the three commands."""
    build = _command(
        subparsers,
        "build",
        _build,
        "make the finished site",
        "Fetches what the pages load, bundles the viewer, evaluates every figure, builds the pages "
        "and gives them their Content-Security-Policy. What stands already is left alone.",
    )
    build.add_argument(
        "--engine", choices=_ENGINES, default="mkdocs", help="what builds the pages (mkdocs)"
    )
    build.add_argument(
        "--site", type=Path, metavar="DIR", help="where the site goes (site_dir of the config)"
    )
    build.add_argument("--strict", action="store_true", help="let no warning pass")
    build.add_argument(
        "--connect",
        action="append",
        metavar="ORIGIN",
        help="an origin, such as https://data.example.org, that pages may fetch data from when the "
        "reader says so; may be given again (those in MMBOOK_CONNECT)",
    )
    serve = _command(
        subparsers,
        "serve",
        _serve,
        "serve the book while it is written",
        "Serves the book on this machine and reloads the browser when a page changes. A bad fence "
        "is shown in its page.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    serve.add_argument("--strict", action="store_true", help="stop at a bad fence or a warning")
    _command(
        subparsers,
        "vendor",
        _vendor,
        "fetch what the pages load",
        "Places Pyodide, numpy, mmbook, the packs of data and the fonts in docs/assets, each "
        "checked against its checksum. Only what is missing is fetched.",
    )


def _command(
    subparsers: Any, name: str, run: Any, summary: str, description: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=summary, description=description
    )
    parser.add_argument(
        "--config", default="mkdocs.yml", metavar="FILE", help="the book's mkdocs.yml (mkdocs.yml)"
    )
    parser.set_defaults(run=run)
    return parser


def _build(arguments: argparse.Namespace) -> None:
    _require_site()
    from mmbook.site.build import build
    from mmbook.site.project import find

    build(
        find(arguments.config),
        name=arguments.engine,
        site=arguments.site and arguments.site.resolve(),
        strict=arguments.strict,
        connect=arguments.connect or os.environ.get("MMBOOK_CONNECT", "").split(),
    )


def _serve(arguments: argparse.Namespace) -> None:
    _require_site()
    from mmbook.site.project import find
    from mmbook.site.serve import serve

    serve(find(arguments.config), host=arguments.host, port=arguments.port, strict=arguments.strict)


def _vendor(arguments: argparse.Namespace) -> None:
    _require_site()
    from mmbook.site.project import find
    from mmbook.site.vendor import vendor

    vendor(find(arguments.config))


def _require_site() -> None:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise MmError(
            "packages of the extra 'site' are missing",
            given=", ".join(missing),
            remedy='Install them with pip install "mmbook[site]".',
        )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(
            OptionError("this is no port", given=text, possible="1 to 65535").summary
        )
    return int(text)
