from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import mmbook
from mmbook.errors import VendorError
from mmbook.site import wheel
from mmbook.site.core import core_files


def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(wheel.plain()[1]))


def test_the_same_code_gives_the_same_bytes() -> None:
    assert wheel.build() == wheel.build()


def test_the_record_lists_every_file_with_its_digest() -> None:
    with archive() as files:
        record = f"mmbook-{mmbook.__version__}.dist-info/RECORD"
        rows = list(csv.reader(io.StringIO(files.read(record).decode())))
        assert [row[0] for row in rows] == files.namelist()
        for name, digest, size in rows[:-1]:
            data = files.read(name)
            expected = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            assert digest == f"sha256={expected}"
            assert int(size) == len(data)


def test_it_holds_what_runs_in_the_page_and_no_more() -> None:
    names = {name for name, _ in core_files()}
    assert {"mmbook/__init__.py", "mmbook/figure.py", "mmbook/session.py"} <= names
    assert {"mmbook/schema/figure.schema.json", "mmbook/gpt2/__init__.py"} <= names
    for outside in ("markdown", "site", "viewer", "cli", "command"):
        assert not [name for name in names if outside in name], outside


def test_it_runs_by_itself_with_numpy_alone(tmp_path: Path) -> None:
    """A clean interpreter, the wheel's own files, and imports of what the page lacks refused."""
    with archive() as files:
        files.extractall(tmp_path)
    code = f"""
import sys
sys.meta_path.insert(0, type("No", (), {{"find_spec": staticmethod(lambda name, *_: (_ for _ in
    ()).throw(ImportError(name)) if name.split(".")[0] in ("markdown", "jinja2", "mkdocs", "pooch",
    "pygments", "safetensors", "argparse") else None)}})())
sys.path.insert(0, {str(tmp_path)!r})
import mmbook as mm, mmbook.session
assert mm.__file__.startswith({str(tmp_path)!r}), mm.__file__
figure = mm.figure("A @ B", A=mm.eye(2), B=[[1, 2], [3, 4]])
print(figure.evaluate()["A @ B"].tolist(), len(mm.lora.METHODS), "<svg" in mm.chart([1]).html())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.stdout.strip() == "[[1.0, 2.0], [3.0, 4.0]] 5 True", done.stderr


def test_bytecode_takes_the_place_of_sources_where_it_can_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The compiler is a stand-in that does what ``pyodide py-compile`` does, dates included."""
    (tmp_path / "python").touch()
    compiler = tmp_path / "pyodide"
    compiler.write_text(
        f"#!{sys.executable}\n"
        "import sys, zipfile\n"
        "source = sys.argv[-1]\n"
        "target = source.replace('-py3-', '-cp312-')\n"
        "with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, 'w') as new:\n"
        "    for name in old.namelist():\n"
        "        new.writestr(name + 'c' * name.endswith('.py'), old.read(name)[:9])\n"
        "import os; os.unlink(source)\n"
    )
    compiler.chmod(0o755)
    monkeypatch.setattr(wheel.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(wheel.sys, "version_info", (3, 12, 1))
    name, data = wheel.build()
    assert name == f"mmbook-{mmbook.__version__}-cp312-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        names = files.namelist()
        assert "mmbook/figure.pyc" in names
        assert not [name for name in names if name.endswith(".py")]
        assert b"cp312-none-any" in files.read(f"mmbook-{mmbook.__version__}.dist-info/WHEEL")
    assert wheel.build()[1] == data
    compiler.write_text("#!/bin/sh\necho no >&2; exit 1\n")
    with pytest.raises(VendorError, match="no"):
        wheel.build()
