"""The notebook widget: a figure whose state the reader's hands and Python share.

Importing this module needs anywidget (the extra ``notebook``).
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from mmbook.errors import MmError
from mmbook.figure import Figure
from mmbook.notebook import script
from mmbook.notebook.page import HEIGHT
from mmbook.pack import write_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

_VALUES = ("expr", "leaves")


class FigureWidget(anywidget.AnyWidget):
    """A figure in a cell's output. Made by ``Figure.widget``.

    ``state`` is the figure's JSON with what the reader changed: settings, camera, step. Assigning
    to it changes the picture. ``step`` is the step of the animation on show, ``None`` where the
    picture is finished. ``figure`` is the figure as it stands now; ``set`` changes it by keywords.
    """

    _esm = script.read("widget.js")
    scene = traitlets.Unicode("").tag(sync=True)
    pack = traitlets.Bytes(b"").tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    height = traitlets.Int(HEIGHT, min=240, max=4000).tag(sync=True)

    def __init__(self, figure: Figure, *, height: int = HEIGHT) -> None:
        scene = figure.scene()
        super().__init__(
            scene=scene.to_json(),
            pack=_packed(scene.arrays),
            state=figure.to_dict(),
            step=figure.animation.get("step"),
            height=height,
        )
        self._made = figure
        self._data = _data(figure)
        self.on_msg(self._answer)

    @property
    def figure(self) -> Figure:
        """The figure as it stands, with what the reader changed."""
        return self._figure(self.state)

    def set(self, expr: str | None = None, /, **changes: Any) -> None:
        """Change the figure by the keywords of ``mmbook.figure``, or give it another expression.

        Raises
        ------
        ExpressionError, LeafError, ShapeError, ValueTooLarge, OptionError

        """
        self.show(self.figure.with_(expr, **changes))

    def show(self, figure: Figure) -> None:
        """Show another figure in the same place."""
        same = _values(figure) == _values(self._made)
        self._made = figure
        self._data = _data(figure)
        with self.hold_sync():
            if not same:
                scene = figure.scene()
                self.pack = _packed(scene.arrays)
                self.scene = scene.to_json()
            self.state = figure.to_dict()

    def _figure(self, record: Mapping[str, Any]) -> Figure:
        given = {
            name: self._data[leaf["data"]]
            for name, leaf in record["leaves"].items()
            if leaf.get("data") in self._data
        }
        return Figure.from_json(record, given)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Compute what the page asks for: a figure with other values."""
        if not isinstance(message, dict) or message.get("do") != "evaluate":
            return
        answer: dict[str, Any] = {"re": message.get("id")}
        try:
            figure = self._figure(json.loads(message["figure"]))
            scene = figure.scene()
        except (MmError, ValueError, KeyError, TypeError) as error:
            self.send({**answer, "error": str(error)})
            return
        self._made = figure
        self.send({**answer, "scene": scene.to_json()}, buffers=[_packed(scene.arrays)])


def _values(figure: Figure) -> dict[str, Any]:
    """Return what of a figure takes computing."""
    record = figure.to_dict()
    epilogs = {name: one.get("epilog", "none") for name, one in figure.results.items()}
    return {**{name: record[name] for name in _VALUES}, "epilogs": epilogs}


def _data(figure: Figure) -> dict[str, NDArray[np.float32]]:
    """Return the given values by their digest, as the JSON names them."""
    leaves = figure.to_dict()["leaves"]
    return {leaves[name]["data"]: array for name, array in figure.arrays.items()}


def _packed(arrays: Mapping[str, NDArray[np.float32]]) -> bytes:
    stream = BytesIO()
    write_pack(stream, arrays)
    return stream.getvalue()
