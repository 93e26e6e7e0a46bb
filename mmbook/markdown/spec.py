"""From an ``mm`` fence to the ``Figure`` it stands for."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mmbook import gpt2, highlight, levels, packs, schema
from mmbook.errors import MmError, OptionError, TextError
from mmbook.expr import Join, Leaf, Product, parse
from mmbook.figure import Figure, figure
from mmbook.keywords import result, takes_nothing
from mmbook.markdown import body, info, leaf, stage
from mmbook.markdown.control import Control, controls
from mmbook.markdown.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mmbook.markdown.fence import Fence

_PLACEMENT = ("polarity", "left", "right", "result")


class InFence(Exception):  # noqa: N818 - carries an error, is none itself
    """What went wrong, with line and column counted from 1 inside the fence's body."""

    def __init__(self, why: MmError, line: int, column: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.line = line
        self.column = column


@dataclass(frozen=True)
class FigureSpec:
    """An ``mm`` fence once read."""

    fence: Fence
    id: str
    figure: Figure
    caption: str
    height: int | None
    controls: tuple[Control, ...]
    stages: tuple[Stage, ...] = ()
    """Where there are several, the first is ``figure``."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the fence, the one that is shown first in front."""
        return tuple(one.figure for one in self.stages) or (self.figure,)


def figure_spec(fence: Fence, name: str, options: dict[str, str]) -> FigureSpec:
    """Return the figure of a fence; ``InFence`` tells the line of what is wrong."""
    keywords = _options(options)
    made = [Stage(title, _figure(parts, keywords)) for title, parts in stage.read(fence.body)]
    first = made[0].figure
    return FigureSpec(
        fence=fence,
        id=name,
        figure=first,
        caption=options.get("caption", ""),
        height=info.height(options["height"]) if "height" in options else None,
        controls=controls(options["settings"], first) if "settings" in options else (),
        stages=tuple(made) if len(made) > 1 else (),
    )


def _figure(parts: body.Body, keywords: dict[str, Any]) -> Figure:
    try:
        tree = parse(parts.expr)
    except TextError as error:
        raise InFence(error, *parts.line_of_column(error.column or 1)) from error
    leaves = {node.name for node in tree.walk() if isinstance(node, Leaf)}
    products = {node.name for node in tree.walk() if isinstance(node, Product)}
    joined = {node.name for node in tree.walk() if isinstance(node, Join)}
    values: dict[str, Any] = {}
    results: dict[str, Any] = {}
    for use in parts.uses:
        try:
            values |= _supply(use.value, leaves, needed=not use.taken)
        except MmError as error:
            raise InFence(error, use.line) from error
    for setting in parts.settings:
        try:
            if setting.name in products:
                results[setting.name] = _result(setting.value)
            elif setting.name in leaves:
                values[setting.name] = leaf.leaf(setting.value)
            elif setting.taken:
                continue
            elif setting.name in joined:
                raise takes_nothing(setting.name)
            else:
                raise OptionError(
                    "the expression has no matrix of this name",
                    given=setting.name,
                    possible=sorted(leaves | products),
                )
        except MmError as error:
            raise InFence(error, setting.line) from error
    special = {
        "highlights": _highlights(parts.highlights),
        "merges": _merges(parts.merges),
        "levels": _levels(parts.levels, leaves),
    }
    try:
        return figure(parts.expr, leaves=values, results=results, **special, **keywords)
    except TextError as error:
        if error.column is None:
            raise
        raise InFence(error, *parts.line_of_column(error.column)) from error


def _levels(lines: Iterable[body.Setting], leaves: set[str]) -> dict[str, Any]:
    """Read ``W = nf4, 64`` of every line that concerns this stage: a codebook, and the block."""
    found: dict[str, Any] = {}
    for line in lines:
        name, equals, given = (part.strip() for part in line.value.partition("="))
        name = name.strip("`")
        if line.taken and name not in leaves:
            continue
        codebook, _, block = (part.strip() for part in given.partition(","))
        try:
            if not (equals and codebook and (not block or block.isdecimal())):
                possible = "levels: matrix = nf4, 64"
                raise OptionError("these are no levels", given=line.value, possible=possible)
            found |= levels.read(
                {name: {"values": codebook, **({"block": int(block)} if block else {})}}
            )
        except MmError as error:
            raise InFence(error, line.line) from error
    return found


def _merges(lines: Iterable[body.Setting]) -> dict[str, list[str]]:
    """Read ``W1 = W, A, B`` of every line."""
    merges = {}
    for line in lines:
        name, equals, sources = (part.strip() for part in line.value.partition("="))
        names = [part.strip().strip("`") for part in sources.split(",")]
        if not (name and equals and all(names)):
            possible = "merge: matrix = earlier matrix, earlier matrix"
            error = OptionError("this merges nothing", given=line.value, possible=possible)
            raise InFence(error, line.line)
        merges[name.strip("`")] = names
    return merges


def _highlights(lines: Iterable[body.Setting]) -> dict[str, Any]:
    """Read ``group: x[0:8], A1`` of every line."""
    groups: dict[str, Any] = {}
    for line in lines:
        group, colon, members = (part.strip() for part in line.value.partition(":"))
        try:
            if not (group and colon and members):
                possible = "highlight: name of the group: x[0:8], A1"
                raise OptionError("this highlights nothing", given=line.value, possible=possible)
            if group in groups:
                raise OptionError("this group is given twice in one fence", given=group)
            groups |= highlight.read({group: members})
        except MmError as error:
            raise InFence(error, line.line) from error
    return groups


def suggest(given: str, possible: Iterable[str]) -> str | None:
    """Return a question that names the likeliest meaning of a misspelt option."""
    close = difflib.get_close_matches(given, list(possible), n=1)
    return f"Did you mean {close[0]}?" if close else None


def _options(options: dict[str, str]) -> dict[str, Any]:
    possible = (*info.FIGURE_OPTIONS, *schema.OPTION_GROUPS)
    keywords: dict[str, Any] = {}
    for name, text in options.items():
        if name in ("id", "height", "caption", "settings"):
            continue
        if name in ("title", "alt"):
            keywords[name] = text
        elif name == "camera":
            keywords[name] = info.camera(text)
        elif name in schema.OPTION_GROUPS:
            keywords[name] = info.setting(name, text)
        else:
            raise OptionError(
                "a figure has no such option",
                given=name,
                possible=possible,
                remedy=suggest(name, possible),
            )
    return keywords


def _supply(text: str, names: set[str], *, needed: bool) -> dict[str, Any]:
    """Return every matrix of the expression that the pack has; its labels come with it."""
    function, arguments, keywords = leaf.call(text)
    source: Mapping[str, Any]
    if function == "gpt2" and len(arguments) == 2 and not keywords:
        source = gpt2.head(*arguments)
    elif function == "pack" and len(arguments) == 1 and not keywords:
        source = packs.load(*arguments)
    else:
        raise OptionError(
            "use takes a pack", given=text, possible=("gpt2(layer, head)", 'pack("name")')
        )
    found = {name: source[name] for name in names if name in source}
    if needed and not found:
        raise OptionError(
            "the pack has none of the expression's matrices",
            given=", ".join(sorted(names)),
            possible=sorted(source),
        )
    return found


def _result(text: str) -> dict[str, Any]:
    """Read ``epilog; alg=…; blocks=i,j,k; polarity=…``, each part optional."""
    options: dict[str, Any] = {}
    for position, part in enumerate(text.split(";")):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals and position == 0:
            options["epilog"] = key
        elif key == "blocks":
            options["blocks"] = _blocks(value)
        elif key in ("alg", "epilog"):
            options[key] = value
        elif key in _PLACEMENT:
            options.setdefault("layout", {})[key] = value
        else:
            raise OptionError(
                "a product has no such option",
                given=part.strip(),
                possible=("an epilog first", "alg=…", "blocks=i,j,k", *_PLACEMENT),
            )
    return result(**options)


def _blocks(text: str) -> tuple[int, ...]:
    numbers = [part.strip() for part in text.split(",")]
    if len(numbers) != 3 or not all(number.isdecimal() for number in numbers):
        raise OptionError(
            "blocks are three whole numbers", given=text, possible="i,j,k, such as 8,1,1"
        )
    return tuple(map(int, numbers))
