"""``mmbook link import`` and ``mmbook link export``: links of the original tool, mm."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmbook.errors import LinkError
from mmbook.figure import Figure
from mmbook.link import encode
from mmbook.original.export import export
from mmbook.original.figure import import_link
from mmbook.pack import read_pack

if TYPE_CHECKING:
    import argparse

__all__ = ["register"]


def register(ways: Any) -> None:
    """Add ``import`` and ``export`` to the ways of ``mmbook link``."""
    importer = ways.add_parser(
        "import",
        help="print the figure that a link of the original tool shows, as JSON",
        description="Reads a link of the original tool. What the figure does not do as the link "
        "says goes to standard error. Nothing in the link is run, and nothing is fetched without "
        "--fetch.",
    )
    importer.add_argument(
        "url", metavar="URL", help="the address, its query, or its JSON; - is standard input"
    )
    importer.add_argument(
        "--fragment",
        metavar="ID",
        help="print the fragment that shows it in the figure of this id, such as playground",
    )
    importer.add_argument(
        "--fetch",
        action="store_true",
        help="fetch values that lie at other addresses; they go where --output says",
    )
    importer.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write the figure here instead of printing it: FILE.json, with its values beside it",
    )
    importer.set_defaults(run=_import)
    exporter = ways.add_parser(
        "export",
        help="print the query that shows a figure in the original tool",
        description="Writes a link of the original tool; what it cannot say is an error.",
    )
    exporter.add_argument(
        "file", metavar="FIGURE", help="the JSON of a figure; - is standard input"
    )
    exporter.add_argument(
        "--data",
        metavar="NAME=URL",
        action="append",
        default=[],
        help="where the values of a matrix given as data lie, as CSV",
    )
    exporter.add_argument(
        "--leave-out",
        action="store_true",
        help="leave out titles, labels and the like instead of stopping, and say so",
    )
    exporter.set_defaults(run=_export)


def _import(arguments: argparse.Namespace) -> int:
    text = arguments.url if arguments.url != "-" else _read("-").decode(errors="replace")
    if arguments.fetch and arguments.output is None:
        problem = "values that are fetched need a place"
        raise LinkError(problem, remedy="Name one with --output figure.json")
    imported = import_link(text)
    if arguments.fetch:
        # What speaks to the web is loaded on the reader's word only.
        from mmbook.original.fetch import fetched

        imported = fetched(imported)
    for notice in imported.notices:
        print(notice, file=sys.stderr)
    for name, address in imported.downloads.items():
        print(f"{name}: {address}", file=sys.stderr)
    record = imported.figure.to_dict()
    if arguments.output is not None:
        imported.figure.save(arguments.output)
    if arguments.fragment is not None:
        print(encode({"figures": {arguments.fragment: record}}))
    elif arguments.output is None:
        shown = json.dumps(record, ensure_ascii=False, indent=2)
        print(shown.encode(errors="backslashreplace").decode())
    return 0


def _export(arguments: argparse.Namespace) -> int:
    downloads = dict(pair.partition("=")[::2] for pair in arguments.data)
    values = Path(arguments.file).with_suffix(".npz")
    arrays = read_pack(values) if arguments.file != "-" and values.is_file() else {}
    figure = Figure.from_json(_read(arguments.file), arrays)
    exported = export(figure, downloads=downloads, leave_out=arguments.leave_out)
    for text in exported.left_out:
        print(f"left out: {text}", file=sys.stderr)
    print(exported.query)
    return 0


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise LinkError("the file cannot be read", given=error.strerror, where=name) from error
