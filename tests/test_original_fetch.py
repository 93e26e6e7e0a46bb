"""Values at addresses in a link: fetched only when asked for, checked, cut as in the original."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest

from mmbook import data_files
from mmbook.cli import main
from mmbook.errors import LinkError
from mmbook.figure import Figure
from mmbook.original import import_link
from mmbook.original.fetch import fetch, fetched
from mmbook.pack import read_pack


class _Host(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - emptied by the fixture

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = {"/x.csv": b"1,2,3\n4,5,6\n", "/large.csv": b"1\n" * 4000}.get(self.path)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/x.csv")
            self.end_headers()
        elif self.path == "/slow.csv":
            self.send_response(200)
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"1,")
                self.wfile.flush()
                time.sleep(0.1)
        elif body is None:
            self.send_error(404)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def host() -> Iterator[str]:
    _Host.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def link(host: str, left: tuple[int, int], right: tuple[int, int]) -> str:
    def leaf(name: str, shape: tuple[int, int]) -> dict[str, Any]:
        address = f"{host}/x.csv"
        return {"name": name, "h": shape[0], "w": shape[1], "init": "url", "url": address}

    figure = {"name": "C", "left": leaf("A", left), "right": leaf("B", right)}
    return f"?params={quote(json.dumps(figure))}"


def test_nothing_is_fetched_until_it_is_asked_for(host: str) -> None:
    imported = import_link(link(host, (2, 3), (3, 2)))
    assert _Host.asked == []
    assert set(imported.downloads) == {"A", "B"}
    done = fetched(imported)
    assert _Host.asked == ["/x.csv"]
    assert done.downloads == {}
    values = done.figure.evaluate()
    np.testing.assert_array_equal(values["A"], [[1, 2, 3], [4, 5, 6]])
    # The same file for a matrix of another shape: repeated below, cut on the right.
    np.testing.assert_array_equal(values["B"], [[1, 2], [4, 5], [1, 2]])
    np.testing.assert_array_equal(values["C"], values["A"] @ values["B"])
    (notice,) = done.notices
    assert "B: its file holds 2 × 3 values, repeated and cut to 3 × 2" in notice


@pytest.mark.parametrize("shape", [(1, 1), (5, 7), (2, 3), (3, 1)])
def test_cutting_is_counting_round(shape: tuple[int, int]) -> None:
    leaf = data_files.csv("1,2,3\n4,5,6")
    values = data_files.cut(leaf, shape)[0].array
    assert values is not None
    assert leaf.array is not None
    assert values.shape == shape
    for (i, j), value in np.ndenumerate(values):
        assert value == leaf.array[i % 2, j % 3]


def test_a_host_that_does_not_send_the_file_is_named(host: str) -> None:
    with pytest.raises(LinkError, match="404"):
        fetch(f"{host}/gone.csv")
    with pytest.raises(LinkError, match="too large"):
        fetch(f"{host}/large.csv", limit=1000)
    with pytest.raises(LinkError, match="too long"):
        fetch(f"{host}/slow.csv", seconds=0.3)
    with pytest.raises(LinkError, match="web only"):
        fetch(f"{host}/away")
    with pytest.raises(LinkError, match="web only"):
        fetch("file:///etc/hostname")
    with pytest.raises(LinkError, match="cannot be reached"):
        fetch("http://127.0.0.1:1/x.csv")


def test_the_command_fetches_with_the_flag_only(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address, file = link(host, (2, 3), (3, 3)), tmp_path / "figure.json"
    assert main(["link", "import", address]) == 0
    assert _Host.asked == []
    assert main(["link", "import", address, "--fetch"]) == 2
    assert "--output" in capsys.readouterr().err
    assert _Host.asked == []
    assert main(["link", "import", address, "--fetch", "--output", str(file)]) == 0
    figure = Figure.from_json(file.read_text("utf-8"), read_pack(file.with_suffix(".npz")))
    np.testing.assert_array_equal(figure.evaluate()["A"], [[1, 2, 3], [4, 5, 6]])
    assert capsys.readouterr().out == ""
