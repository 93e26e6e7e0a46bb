"""``mmbook link``: what a link carries, and a link for what a file holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmbook.errors import LinkError
from mmbook.link import decode, encode
from mmbook.original import command

if TYPE_CHECKING:
    import argparse

__all__ = ["register"]


def register(subparsers: Any) -> None:
    """Add the ways of ``link`` to the command line; the default ``run`` handles."""
    link = subparsers.add_parser(
        "link", help="read and write links", description="Reads and writes the state in links."
    )
    ways = link.add_subparsers(dest="way", required=True, metavar="WAY")
    decoder = ways.add_parser(
        "decode", help="print the state that a link carries, as JSON", description=decode.__doc__
    )
    decoder.add_argument("url", metavar="URL", help="an address, or only its fragment")
    decoder.set_defaults(run=_decode)
    encoder = ways.add_parser(
        "encode", help="print the fragment that carries a state", description=encode.__doc__
    )
    encoder.add_argument(
        "file", metavar="FILE", help="JSON as decode prints it; - is standard input"
    )
    encoder.set_defaults(run=_encode)
    command.register(ways)


def _decode(arguments: argparse.Namespace) -> int:
    text = json.dumps(decode(arguments.url), ensure_ascii=False, indent=2)
    # Half a character, which a page's text can hold, prints as JSON's own escape.
    print(text.encode(errors="backslashreplace").decode())
    return 0


def _encode(arguments: argparse.Namespace) -> int:
    name = "standard input" if arguments.file == "-" else arguments.file
    try:
        data = (
            sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
        )
        state = json.loads(data)
    except OSError as error:
        raise LinkError("the file cannot be read", given=error.strerror, where=name) from error
    except (ValueError, RecursionError) as error:
        raise LinkError("the file is not JSON", given=str(error), where=name) from error
    print(encode(state))
    return 0
