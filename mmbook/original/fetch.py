"""Values that lie at addresses in a link of the original: fetched on the reader's word."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from mmbook.data_files import cut, table
from mmbook.edit import with_leaves
from mmbook.errors import LinkError
from mmbook.original.figure import Imported

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_BYTES", "SECONDS", "fetch", "fetched"]

MAX_BYTES = 64 * 2**20
"""The most bytes of one file; the page has the same limit."""
SECONDS = 60.0
"""The longest time that one file may take."""
_PIECE = 2**16


def fetched(imported: Imported, read: Callable[[str], bytes] | None = None) -> Imported:
    """Return what a link gives with the values that lie elsewhere.

    Each file is read as CSV. A matrix keeps the shape that the link gives it: of a larger file it
    takes the beginning, a smaller one it repeats, as the original does, and a notice says so.

    Parameters
    ----------
    imported
        From ``import_link``.
    read
        What reads an address, ``fetch`` if nothing else; every address is read once.

    Raises
    ------
    LinkError
        A file cannot be had; names the address and the reason.
    PackError
        A file is no table of numbers.

    """
    files = {
        address: (read or fetch)(address) for address in dict.fromkeys(imported.downloads.values())
    }
    leaves, notices = {}, [text for text in imported.notices if "not fetched" not in text]
    for name, address in imported.downloads.items():
        leaves[name], notice = cut(table(files[address], address), imported.figure.shapes[name])
        notices += [f"{name}: {notice}"] if notice else []
    figure = with_leaves(imported.figure, leaves)
    return replace(imported, figure=figure, notices=tuple(notices), downloads={})


def fetch(address: str, *, limit: int = MAX_BYTES, seconds: float = SECONDS) -> bytes:
    """Return what lies at an address.

    Raises
    ------
    LinkError
        It is no address of the web, does not answer with status 200, or is too large or too slow.

    """
    _web(address)
    until = time.monotonic() + seconds
    parts: list[bytes] = []
    size = 0
    try:
        with build_opener(_Redirects).open(Request(address), timeout=seconds) as answer:
            if answer.status != 200:
                raise LinkError(
                    "the host did not send the file", given=answer.status, where=address
                )
            while piece := answer.read(_PIECE):
                size += len(piece)
                parts.append(piece)
                if size > limit:
                    possible = f"up to {limit // 2**20} MiB"
                    raise LinkError("the file is too large", possible=possible, where=address)
                if time.monotonic() > until:
                    raise TimeoutError
    except HTTPError as error:
        given = f"status {error.code}"
        raise LinkError("the host did not send the file", given=given, where=address) from error
    except TimeoutError as error:
        given = f"{seconds:g} s"
        raise LinkError("the file takes too long", given=given, where=address) from error
    except (URLError, OSError, ValueError) as error:
        reason = str(getattr(error, "reason", error))
        raise LinkError("the host cannot be reached", given=reason, where=address) from error
    return b"".join(parts)


def _web(address: str) -> None:
    if urlsplit(address).scheme not in ("http", "https"):
        possible = "an address that begins with https:// or http://"
        raise LinkError("values are fetched from the web only", given=address, possible=possible)


class _Redirects(HTTPRedirectHandler):
    """Follows redirections, but only within the web."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _web(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
